import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { applyEdits, parseEdit, textFile, textOf } from '@luban-ci/edits';
import type { Found } from './comparators.ts';
import { alternately, type Contender, type Missing } from './measure.ts';
import type { BenchPlace } from './place.ts';
import { type BenchResult, medianNamed } from './result.ts';

const image = 'quay.io/payment/cart-service';
const file = 'kustomization.yaml';

/** As people write it: comments, a blank line, a document start, quotes, a flow map, Windows line ends in one line. */
const overlay = `---
# the sandbox of the cart
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization

resources:
- ../../base # everything but the image
commonLabels: { team: "on", tier: 'shop' }
images:
  - name: ${image}   # set by CI
    newTag: "1.0.0"
  - name: quay.io/payment/other
    newTag: 2.0.0
`;

const wanted = overlay.replace('"1.0.0"', '"1.1.0"');

interface Tool {
  name: string;
  /** Writes the file of a folder anew. */
  edit(folder: string): Promise<unknown> | unknown;
}

/** B1: sets one image in one overlay. Everybody starts from the same file; what they leave behind is compared. */
export async function benchEditOneImage(place: BenchPlace): Promise<BenchResult> {
  const { tools, missing } = await available(place);
  const remarks: Record<string, string> = {};
  const contenders: Contender[] = [];
  for (const tool of tools) {
    const folder = join(place.folder, tool.name.replaceAll(/\W+/g, '-'));
    await mkdir(folder);
    await writeFile(join(folder, file), overlay);
    await tool.edit(folder);
    remarks[tool.name] = remark(await readFile(join(folder, file), 'utf8'));
    const run = async () => {
      await writeFile(join(folder, file), overlay);
      await tool.edit(folder);
    };
    contenders.push({ name: tool.name, run });
  }
  const samples = await alternately(contenders, { rounds: 10, warmUp: 1 });
  // The edit alone: what a program adds to it is its start, which has a benchmark of its own.
  const ours = 'ours, as a function';
  const others = samples.filter(({ name }) => !name.startsWith('ours'));
  const fastest = others.map(({ name }) => medianNamed(samples, name)).sort((a, b) => a - b)[0];
  return {
    id: 'B1',
    title: 'one image in one overlay, edit only',
    samples,
    missing,
    remarks,
    bars: [
      { what: 'lines that ours changes', measured: changedLines(remarks[ours]), allowed: 1, unit: 'line' },
      ...(fastest === undefined
        ? []
        : [
            {
              what: 'ours beside the fastest other',
              measured: medianNamed(samples, ours) / fastest,
              allowed: 1,
              unit: '×',
            },
          ]),
    ],
  };
}

async function available(place: BenchPlace): Promise<{ tools: Tool[]; missing: Missing[] }> {
  const { comparators, start } = place;
  const missing: Missing[] = [];
  const tools: Tool[] = [
    { name: 'ours, as a function', edit: ourFunction },
    {
      name: 'ours, as a program',
      edit: (cwd) =>
        start(process.execPath, [place.luban, 'kustomize-set-image', '--image', image, '--image-tag', '1.1.0'], {
          cwd,
          env: { NODE_COMPILE_CACHE: join(place.folder, 'compiled') },
        }),
    },
  ];
  const add = (name: string, found: Found, edit: (path: string) => Tool['edit']): void => {
    if ('missing' in found) missing.push({ name, missing: found.missing });
    else tools.push({ name, edit: edit(found.path) });
  };
  const byYq = (path: string, flags: string[]) => (cwd: string) =>
    start(path, [...flags, `(.images[] | select(.name == "${image}").newTag) = "1.1.0"`, file], { cwd });
  add('js-yaml load and dump, as a function', comparators.jsYaml, jsYaml);
  add(
    'kustomize edit set image, as a program',
    comparators.kustomize,
    (path) => (cwd) => start(path, ['edit', 'set', 'image', `${image}=${image}:1.1.0`], { cwd }),
  );
  add('yq (Go), as a program', comparators.goYq, (path) => byYq(path, ['-i']));
  add('yq (Python), as a program', comparators.pythonYq, (path) => byYq(path, ['-y', '-i']));
  add('ruamel.yaml, as a program', comparators.python, (path) => (cwd) => start(path, ['-c', ruamelScript], { cwd }));
  return { tools, missing };
}

async function ourFunction(folder: string): Promise<void> {
  const path = join(folder, file);
  const edit = parseEdit({ kind: 'kustomize-set-image', version: 1, folder: '', image, to: { tag: '1.1.0' } });
  const { changes } = applyEdits([edit], new Map([[file, textFile(await readFile(path, 'utf8'))]]));
  const changed = changes.get(file);
  if (changed !== undefined) await writeFile(path, textOf(changed, file));
}

function jsYaml(path: string): Tool['edit'] {
  return async (folder) => {
    const { load, dump } = await import(pathToFileURL(path).href);
    const target = join(folder, file);
    const content = load(await readFile(target, 'utf8'));
    for (const each of content.images) if (each.name === image) each.newTag = '1.1.0';
    await writeFile(target, dump(content));
  };
}

const ruamelScript = `
from ruamel.yaml import YAML
yaml = YAML(); yaml.preserve_quotes = True
with open("${file}") as source: content = yaml.load(source)
for image in content["images"]:
    if image["name"] == "${image}": image["newTag"] = "1.1.0"
with open("${file}", "w") as target: yaml.dump(content, target)
`;

/** How many lines are not as they should be. */
function remark(text: string): string {
  const [before, after] = [overlay.split('\n'), text.split('\n')];
  const changed = before.filter((line) => !after.includes(line)).length;
  return `${changed} of ${before.length - 1} lines changed${text === wanted ? ', no stray byte' : ''}`;
}

function changedLines(said = ''): number {
  return Number.parseInt(said, 10);
}
