import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { applyEdit, parseEdit } from './edit.ts';
import { textFile, textOf } from './files.ts';
import type { ImageVersion } from './image-version.ts';

/**
 * Files in the layouts of well-known repositories. What an edit has to change is marked `⟦before|after⟧`; every other
 * byte has to stay.
 */
const corpus = join(import.meta.dirname, 'corpus');
const storefront = 'ghcr.io/acme/storefront';
const digest = `sha256:${'2'.repeat(64)}`;

const cases: Record<string, { image?: string; to: ImageVersion }> = {
  anchors: { to: { tag: '1.10.0' } },
  'argocd-application': { to: { tag: '1.10.0' } },
  'argocd-multi-source': { to: { tag: '1.10.0' } },
  'argocd-source-override': { to: { tag: '1.10.0' } },
  'chart-bitnami': { image: 'docker.io/bitnami/redis', to: { tag: '7.4.0-debian-12-r2', digest } },
  'chart-ingress': { image: 'registry.k8s.io/ingress-nginx/controller', to: { tag: 'v1.11.1', digest } },
  'chart-monitoring': { image: 'quay.io/prometheus-operator/prometheus-operator', to: { tag: 'v0.76.0', digest } },
  'chart-strings': { to: { tag: '1.10' } },
  'custom-tags': { to: { tag: '2026-11-21' } },
  'flux-kustomization': { to: { tag: '1.10.0' } },
  'kustomize-overlay': { to: { tag: '1.10' } },
  'kustomize-renamed': { to: { tag: 'v2', digest } },
  'long-lines': { to: { tag: '1.1' } },
  'manifest-every-kind': { to: { tag: '1.10.0', digest } },
  'manifest-json': { to: { tag: '1.10.0' } },
};

/** The same file as editors on other systems leave it. */
const spellings: Record<string, (text: string) => string> = {
  'as it is': (text) => text,
  'with Windows line ends': (text) => text.replaceAll('\n', '\r\n'),
  'with a byte order mark': (text) => `\ufeff${text}`,
  'without a newline at its end': (text) => text.replace(/\n+$/, ''),
};

async function markedFile(name: string): Promise<{ path: string; marked: string }> {
  const [path = ''] = await readdir(join(corpus, name));
  return { path, marked: await readFile(join(corpus, name, path), 'utf8') };
}

function side(marked: string, part: 1 | 2): string {
  return marked.replaceAll(/⟦([^|]*)\|([^⟧]*)⟧/g, `$${part}`);
}

/** The text after setting the image, as often as is asked for. */
function setTimes(
  times: number,
  path: string,
  text: string,
  { image = storefront, to }: { image?: string; to: ImageVersion },
): string {
  const edit = parseEdit({ kind: 'set-image', version: 1, paths: [path], image, to });
  return Array.from({ length: times }).reduce<string>((current) => {
    const outcome = applyEdit(edit, new Map([[path, textFile(current)]]));
    const file = outcome.outcome === 'changed' ? outcome.changes.get(path) : undefined;
    return file === undefined ? current : textOf(file, path);
  }, text);
}

test('every folder of the corpus is a case', async () => {
  expect((await readdir(corpus)).sort()).toEqual(Object.keys(cases).sort());
});

describe.each(Object.entries(cases))('%s', (name, wanted) => {
  test.each(Object.entries(spellings))('%s: exactly the marked bytes change, once', async (_, spelling) => {
    const { path, marked } = await markedFile(name);
    const [before, after] = [spelling(side(marked, 1)), spelling(side(marked, 2))];

    expect(setTimes(1, path, before, wanted)).toBe(after);
    expect(setTimes(2, path, before, wanted)).toBe(after);
    expect(before).not.toBe(after);
  });
});
