import { glob, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { type ClusterAtHand, clusterAtHand, withoutCluster } from './cluster-at-hand.ts';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const cluster = await clusterAtHand();

/** Workflows that both refuse. A value that is missing may still come after they are linted. */
const unsound = [
  'circle-of-tasks',
  'exit-handler-reads-the-entry-point',
  'input-without-argument',
  'output-of-nobody',
  'parameter-outside-enum',
  'template-ref-to-nowhere',
  'template-that-is-not-there',
  'variable-that-is-not-there',
];

/** What Argo's own linter says of files, together with what they refer to; namespaces do not matter to it here. */
async function lint(
  cluster: ClusterAtHand | undefined,
  files: readonly string[],
): Promise<[number | undefined, string]> {
  await using folder = await temporaryFolder();
  const copies = await Promise.all(
    files.map(async (file, index) => {
      const copy = folder.at(`${index}-${basename(file)}`);
      const text = await readFile(join(repository, file), 'utf8');
      await writeFile(copy, text.replaceAll(/^ {2}namespace: .*\n/gm, ''));
      return copy;
    }),
  );
  const ended = await cluster?.argo(['lint', '--offline', '--no-color', ...copies]);
  return [ended?.exitCode, `${ended?.stdout}${ended?.stderr}`];
}

describe.skipIf(cluster === undefined)(
  `argo lint${cluster === undefined ? ` (${withoutCluster})` : ''}`,
  { timeout: 120_000 },
  () => {
    test('finds nothing in the workflows that ship, nor in their examples', async () => {
      const files = await Array.fromAsync(glob('workflows/*/{template,example}.yaml', { cwd: repository }));

      const [exitCode, said] = await lint(cluster, files);

      expect([exitCode, said]).toEqual([0, expect.stringContaining('no linting errors found')]);
      expect(files.length).toBeGreaterThanOrEqual(8);
    });

    test('finds in the workflows of this folder only what argo-local refuses', async () => {
      const files = await Array.fromAsync(glob('e2e/parity/workflows/*.yaml', { cwd: repository }));

      const [, said] = await lint(cluster, ['e2e/parity/surroundings.yaml', ...files]);

      const found = [...said.matchAll(/in "([\w-]+)" \(Workflow\)/g)].map(([, name = '']) => name);
      expect([...new Set(found)].sort()).toEqual(unsound);
    });
  },
);
