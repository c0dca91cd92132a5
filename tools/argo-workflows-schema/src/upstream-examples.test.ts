import { existsSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { isManifestKind } from './manifest.ts';
import { createManifestReader } from './read-manifest.ts';

const modules = process.env['GOMODCACHE'] ?? join(process.env['GOPATH'] ?? join(homedir(), 'go'), 'pkg/mod');
const examples = join(modules, 'github.com/argoproj/argo-workflows/v3@v3.7.14/examples');

/** Argo reads this one, but drops the value: its AnyString ignores lists without a word. */
const droppedSilently = ['github-path-filter-workflowtemplate.yaml'];

describe.skipIf(!existsSync(examples))("Argo's own examples, where its Go module is downloaded", () => {
  it('are all valid', async () => {
    const reader = createManifestReader();
    const invalid: string[] = [];
    let checked = 0;

    for await (const file of glob('**/*.yaml', { cwd: examples })) {
      const documents = await manifestsIn(join(examples, file));
      checked += documents.length;
      if (documents.some((document) => reader.problemsOf(document).length > 0)) invalid.push(basename(file));
    }

    expect(invalid).toEqual(droppedSilently);
    expect(checked).toBeGreaterThan(190);
  });
});

/** Documents that are YAML to the letter; a few examples have flow lists that only Go's parser takes. */
async function manifestsIn(file: string): Promise<unknown[]> {
  const documents = parseAllDocuments(await readFile(file, 'utf8'), { merge: true, logLevel: 'silent' });
  return [...documents]
    .filter((document) => document.errors.length === 0)
    .map((document): unknown => document.toJS())
    .filter((value) => typeof value === 'object' && value !== null && 'kind' in value && isManifestKind(value.kind));
}
