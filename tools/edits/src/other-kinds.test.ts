import { expect, test } from 'vitest';
import { applyEdit, type EditInput, parseEdit } from './edit.ts';
import { textFile, textOf } from './files.ts';

const image = 'ghcr.io/acme/storefront';
const digest = `sha256:${'2'.repeat(64)}`;

/** The text of a file after an edit of it. */
function after(edit: EditInput, path: string, text: string): string {
  const outcome = applyEdit(parseEdit(edit), new Map([[path, textFile(text)]]));
  const file = outcome.outcome === 'changed' ? outcome.changes.get(path) : undefined;
  return file === undefined ? text : textOf(file, path);
}

test('a Helm image is set at its path, and another image there is refused', () => {
  const text = `a:\n  image: {repository: ${image}, tag: "1"} # a\nb:\n  image: ${image}:1\nc: {image: {repository: other}}\n`;
  const edit = (at: string): EditInput => ({
    kind: 'helm-set-image',
    version: 1,
    path: 'v.yaml',
    at,
    image,
    to: { tag: '2' },
  });

  expect(after(edit('a.image'), 'v.yaml', text)).toBe(text.replace('tag: "1"', 'tag: "2"'));
  expect(after(edit('b.image'), 'v.yaml', text)).toBe(text.replace(':1\nc', ':2\nc'));
  expect(() => after(edit('c.image'), 'v.yaml', text)).toThrow(`v.yaml does not name the image ${image} as c.image`);
});

test('a digest where a chart has no key for one is refused alone, and said beside a tag', () => {
  const text = `image:\n  repository: ${image}\n  tag: 1.0.0\n`;
  const edit: EditInput = { kind: 'helm-set-image', version: 1, path: 'v.yaml', at: 'image', image, to: { digest } };

  const both = applyEdit(
    parseEdit({ ...edit, to: { tag: '1.1.0', digest }, pin: 'always' }),
    new Map([['v.yaml', textFile(text)]]),
  );

  expect(() => after(edit, 'v.yaml', text)).toThrow('v.yaml has no digest as image, so it cannot be set there');
  expect(both).toMatchObject({ notes: [`v.yaml has no key for the digest of ${image}; the tag alone is set`] });
  expect(after(edit, 'v.yaml', text.replace('1.0.0', `1.0.0@sha256:${'1'.repeat(64)}`))).toContain(
    `tag: 1.0.0@${digest}\n`,
  );
});

test('every part that a Flux marker can ask for is set, behind block and flow values', () => {
  const marker = (part: string): string => `# {"$imagepolicy": "flux-system:shop${part}"}`;
  const text = [
    `image: ghcr.io/acme/old:1.0.0 ${marker('')}`,
    `name: ghcr.io/acme/old ${marker(':name')}`,
    `spec: {tag: '1.0.0'} ${marker(':tag')}`,
    `digest: "" ${marker(':digest')}`,
    'tag: 1.0.0 # {"$imagepolicy": "flux-system:other:tag"}',
    '',
  ].join('\n');
  const edit = { kind: 'flux-set-image', version: 1, path: 'r.yaml', policy: 'flux-system:shop', image } as const;

  const edited = after({ ...edit, to: { tag: '1.10', digest } }, 'r.yaml', text);

  expect(edited.split('\n').map((line) => line.replace(/ #.*/, ''))).toEqual([
    `image: ${image}:1.10`,
    `name: ${image}`,
    "spec: {tag: '1.10'}",
    `digest: "${digest}"`,
    'tag: 1.0.0',
    '',
  ]);
  expect(() => after({ ...edit, to: { tag: '1.10' } }, 'r.yaml', text)).toThrow(/wants the digest of flux-system:shop/);
  expect(() => after({ ...edit, policy: 'a:b', to: { tag: '1' } }, 'r.yaml', text)).toThrow(
    /no marker of the policy a:b/,
  );
});

test('a scalar that two layouts know is written once, by the one that knows what it is part of', () => {
  const marker = (part: string): string => `# {"$imagepolicy": "flux-system:shop${part}"}`;
  const old = `1.0.0@sha256:${'1'.repeat(64)}`;
  const text = `image:\n  repository: ${image} ${marker(':name')}\n  tag: ${old} ${marker(':tag')}\n`;
  const edit: EditInput = {
    kind: 'set-image',
    version: 1,
    paths: ['v.yaml'],
    image,
    to: { tag: '1.1.0', digest },
    policies: ['flux-system:shop'],
  };

  const once = after(edit, 'v.yaml', text);

  expect(once).toBe(text.replace(old, `1.1.0@${digest}`));
  expect(after(edit, 'v.yaml', once)).toBe(once);
});

test('a value is set by its path: keys with dots, items by what they say, and its own type', () => {
  const text = 'p:\n- {name: a, value: "1"}\n- {name: b, value: 1} # b\n"x.y": [true, ~]\n---\nz: 1\n';
  const set = (at: string, value: string | number | boolean | null, document = 0): string =>
    after({ kind: 'set-value', version: 1, path: 'f.yaml', at, value, document }, 'f.yaml', text);

  expect(set('p[name=b].value', 2)).toBe(text.replace('value: 1}', 'value: 2}'));
  expect(set('p[0].value', '1.10')).toBe(text.replace('"1"', '"1.10"'));
  expect(set('["x.y"][0]', false)).toBe(text.replace('[true', '[false'));
  expect(set('["x.y"][1]', 'null')).toBe(text.replace('~', '"null"'));
  expect(set('z', 2, 1)).toBe(text.replace('z: 1', 'z: 2'));
  expect(() => set('p[name=c].value', 1)).toThrow('f.yaml has no item with name=c for p[name=c].value');
  expect(() => set('p[', 1)).toThrow(/is not a path/);
  expect(() => set('q.r', 1)).toThrow('f.yaml has no q.r');
  expect(() => set('p', 1)).toThrow(/something other than text/);
});

test('the revision of one chart or repository changes in every source that uses it', () => {
  const source = (repoUrl: string, more: string): string => `{repoURL: ${repoUrl}, ${more}}`;
  const text = [
    'apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: a}\nspec:',
    `  sources:\n  - ${source('https://git.example/acme/deploy.git', 'targetRevision: main')} # here`,
    `  - ${source('https://charts.example', 'chart: shop, targetRevision: 1.2.3')}\n---`,
    'apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: b}\nspec:\n  template:\n    spec:',
    `      source: ${source('git@git.example:acme/deploy', 'targetRevision: "main"')}\n`,
  ].join('\n');
  const edit = { kind: 'argocd-set-revision', version: 1, path: 'a.yaml' } as const;
  const repoUrl = 'https://git.example/acme/deploy';

  expect(after({ ...edit, revision: 'v2', source: { repoUrl } }, 'a.yaml', text)).toBe(text.replaceAll('main', 'v2'));
  expect(after({ ...edit, revision: '1.10', source: { chart: 'shop' } }, 'a.yaml', text)).toBe(
    text.replace('1.2.3', '"1.10"'),
  );
  expect(after({ ...edit, revision: 'v2', source: { repoUrl }, application: 'b' }, 'a.yaml', text)).toBe(
    text.replace('"main"', '"v2"'),
  );
  expect(() => after({ ...edit, revision: 'v2', source: { chart: 'x' } }, 'a.yaml', text)).toThrow(
    'a.yaml has no such source',
  );
});

test('an edit of an unknown kind is refused with the kinds that there are', () => {
  expect(() => parseEdit({ kind: 'toString', version: 1 })).toThrow('this edit cannot be used');
});
