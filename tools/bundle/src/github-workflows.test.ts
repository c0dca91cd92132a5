import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const files = ['.github/workflows/ci.yml', '.github/workflows/deploy.yml'];

const Use = z.object({ uses: z.string(), with: z.record(z.string(), z.unknown()).default({}) });
const Workflow = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(z.unknown()) })) });
const Action = z.object({ inputs: z.record(z.string(), z.object({ required: z.boolean().default(false) })) });

async function usesIn(file: string): Promise<z.output<typeof Use>[]> {
  const { jobs } = Workflow.parse(parse(await readFile(join(root, file), 'utf8')));
  return Object.values(jobs).flatMap(({ steps }) => steps.flatMap((step) => Use.safeParse(step).data ?? []));
}

/** Folder of one of our own actions; undefined for somebody else's. */
function ownAction(uses: string): string | undefined {
  return /^(?:\.|luban-ci\/luban-ci)\/(?<folder>actions\/[a-z-]+)(?:@v\d+)?$/.exec(uses)?.groups?.['folder'];
}

test.for(files)('%s names the actions of others by their commit', async (file) => {
  const foreign = (await usesIn(file)).map(({ uses }) => uses).filter((uses) => ownAction(uses) === undefined);

  expect(foreign.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test.for(files)('%s gives our actions inputs that they have, and all that they require', async (file) => {
  const own = (await usesIn(file)).filter(({ uses }) => ownAction(uses) !== undefined);

  for (const { uses, with: given } of own) {
    const { inputs } = Action.parse(parse(await readFile(join(root, `${ownAction(uses)}/action.yml`), 'utf8')));
    const required = Object.keys(inputs).filter((name) => inputs[name]?.required === true);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(Object.keys(given)).toEqual(expect.arrayContaining(required));
  }
  expect(own.length).toBeGreaterThan(0);
});

test.skipIf(!hasProgram('actionlint'))('actionlint: finds nothing in the workflows', async () => {
  const linted = await runProgram('actionlint', files, { cwd: root, env: plainEnvironment() });

  expect(linted).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});
