import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { applyEdit, parseEdit } from './edit.ts';
import { textFile, textOf } from './files.ts';

const image = 'registry.example:5000/team/app';
const open = '\u0001';
const close = '\u0002';
const path = 'env/file.yaml';

/** Ways to write a text that all mean it. */
function spelling(value: string): fc.Arbitrary<string> {
  const plain = /^[A-Za-z][\w./:@-]*$/.test(value) ? [value] : [];
  return fc.constantFrom(...plain, `"${value}"`, `'${value}'`);
}

const tag = fc.constantFrom('v1.2.3', '1.10', '0x1f', '2026-01-01', 'on', '1e3', '007', 'null', 'sha-0a1b');
const comment = fc.constantFrom('', ' # keep: [x', '   #', ` # ${image}:1`, ' #\ttab');
const gap = fc.constantFrom('', '\n', '# a comment: {x\n', `# ${image}:9\n\n`);
const others = fc.constantFrom(
  'date: 2026-01-01\n',
  'script: |\n  image: registry.example:5000/team/app:1\n\n  end\n',
  'ref: !reference [a, b]\n',
  'flow: {a: "on", b: [1, ~]}\n',
  'repository: registry.example:5000/team/app\n',
  "quoted: 'it''s'\n",
  'shared: &s {a: 1}\nuse: *s\nmerged: {<<: *s, b: 2}\n',
  'imagePullPolicy: Always\n',
);

/** A scalar that may change, between marks. */
function target(value: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return value.chain(spelling).map((text) => `${open}${text}${close}`);
}

const reference = target(tag.map((each) => `${image}:${each}`));

/** Values of a chart that name the image in one of the ways that charts have. */
const chart = fc.oneof(
  fc
    .record({ tag: target(tag), after: comment, gap })
    .map(
      (given) =>
        `web:\n  image:\n    registry: registry.example:5000\n    repository: team/app${given.after}\n${given.gap}    tag: ${given.tag}${given.after}\n    pullPolicy: Always\n`,
    ),
  fc
    .record({ tag: target(tag), after: comment })
    .map(({ tag: text, after }) => `web: {image: {tag: ${text}, repository: "${image}", digest: ""}}${after}\n`),
  fc.record({ text: reference, after: comment }).map(({ text, after }) => `image: ${text}${after}\n`),
  fc
    .record({ tag: target(tag), after: comment })
    .map(({ tag: text, after }) => `jobs:\n- image: ${image}${after}\n  imageTag: ${text}${after}\n`),
);

/** A manifest of some kind, alone or as one document of several. */
const manifest = fc
  .record({
    kind: fc.constantFrom('Deployment', 'CronJob', 'Pod', 'SomethingElse'),
    list: fc.constantFrom('containers', 'initContainers', 'ephemeralContainers'),
    text: reference,
    after: comment,
    isFlow: fc.boolean(),
    documents: fc.constantFrom(
      '',
      '---\n',
      '# one\n---\nkind: ConfigMap\napiVersion: v1\ndata: {a: "registry.example:5000/team/app:1"}\n---\n',
    ),
    gap,
  })
  .map(({ kind, list, text, after, isFlow, documents, gap: between }) => {
    const containers = isFlow
      ? `    ${list}: [{name: a, image: ${text}}, {name: b, image: other/app:1}]${after}\n`
      : `    ${list}:\n    - name: a\n${between}      image: ${text}${after}\n    - image: "${image}-side:1"\n`;
    return `${documents}apiVersion: v1\nkind: ${kind}\nspec:\n  template:\n${containers}`;
  });

/** A file with marks around what one edit may change; all else is generated around it. */
const marked = fc
  .record({
    body: fc.oneof(
      fc
        .tuple(fc.uniqueArray(others, { maxLength: 3 }), chart, gap)
        .map(([rest, body, between]) => [...rest, between, body].join('')),
      manifest,
    ),
    start: fc.constantFrom('', '\ufeff', '# hello\n\n'),
    newline: fc.constantFrom('\n', '\r\n'),
    endsWithNewline: fc.boolean(),
  })
  .map(({ body, start, newline, endsWithNewline }) => {
    const text = endsWithNewline ? start + body : (start + body).replace(/\n+$/, '');
    return text.replaceAll('\n', newline);
  });

const newTag = fc.constantFrom('v9.9.9', '1.20', 'off', '2027-02-02', '0b11', '12_0', 'latest');

function setTag(text: string, to: string): string {
  const edit = parseEdit({ kind: 'set-image', version: 1, paths: [path], image, to: { tag: to } });
  const outcome = applyEdit(edit, new Map([[path, textFile(text)]]));
  const file = outcome.outcome === 'changed' ? outcome.changes.get(path) : undefined;
  return file === undefined ? text : textOf(file, path);
}

/** Every scalar of a file with the type that YAML 1.1 gives it. */
function leaves(text: string): string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value === 'object' && value !== null && !(value instanceof Date)) Object.values(value).forEach(visit);
    else found.push(`${typeof value} ${String(value)}`);
  };
  const read = parseAllDocuments(text.replace('\ufeff', ''), { version: '1.1', logLevel: 'silent' });
  for (const document of read) visit(document.toJS());
  return found;
}

test('in any layout, setting a tag leaves every byte outside the marked scalars as it was', () => {
  const property = fc.property(marked, newTag, (text, to) => {
    const outside = text
      .split(new RegExp(`${open}[^${close}]*${close}`))
      .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'));

    const edited = setTag(text.replaceAll(new RegExp(`[${open}${close}]`, 'g'), ''), to);

    expect(edited).toMatch(new RegExp(`^${outside.join('[^\\r\\n]+')}$`));
    expect(edited).toContain(to);
  });

  fc.assert(property, { numRuns: 300 });
});

test('in any layout, setting a tag twice is setting it once, and only the named image reads otherwise', () => {
  const property = fc.property(marked, newTag, (text, to) => {
    const before = text.replaceAll(new RegExp(`[${open}${close}]`, 'g'), '');

    const once = setTag(before, to);

    const [was, is] = [leaves(before), leaves(once)];
    const differing = is.filter((leaf, at) => leaf !== was[at]);
    expect(setTag(once, to)).toBe(once);
    expect(is.length).toBe(was.length);
    expect([`string ${to}`, `string ${image}:${to}`]).toEqual(expect.arrayContaining([...new Set(differing)]));
    expect(differing.length).toBe(1);
  });

  fc.assert(property, { numRuns: 300 });
});
