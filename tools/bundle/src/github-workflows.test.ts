import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { z } from 'zod';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const files = (
  await Array.fromAsync(glob(['.github/workflows/*.yml', 'e2e/runners/github/*.yml'], { cwd: root }))
).sort();

const Text = z.record(z.string(), z.string()).default({});
const Use = z.object({ uses: z.string(), with: z.record(z.string(), z.unknown()).default({}), secrets: Text });
const Job = z.looseObject({ steps: z.array(z.unknown()).default([]), outputs: Text });
const Input = z.object({ description: z.string().default(''), required: z.boolean().default(false) });
const Inputs = z.record(z.string(), Input).default({});
const Action = z.object({ inputs: Inputs });
const Called = z.object({ inputs: Inputs, secrets: Inputs, outputs: z.record(z.string(), z.unknown()).default({}) });
const Workflow = z.object({ jobs: z.record(z.string(), Job), on: z.unknown() });
const Reusable = z.object({ workflow_call: Called });

/** What can be used by an address: an action, or a workflow of ours that others call. */
interface Offer {
  inputs: z.output<typeof Inputs>;
  secrets: z.output<typeof Inputs>;
  outputs: string[];
}

async function workflowIn(file: string): Promise<z.output<typeof Workflow>> {
  return Workflow.parse(parse(await readFile(join(root, file), 'utf8')));
}

/** Every `uses` of a file, of its steps and of its jobs. */
async function usesIn(file: string): Promise<z.output<typeof Use>[]> {
  const jobs = Object.values((await workflowIn(file)).jobs);
  return jobs.flatMap((job) => [job, ...job.steps].flatMap((each) => Use.safeParse(each).data ?? []));
}

/** Path of one of our own actions or workflows; undefined for somebody else's. */
function ownPath(uses: string): string | undefined {
  const own =
    /^(?:\.|luban-ci\/luban-ci)\/(?<path>(?:actions|e2e\/runners)\/[a-z-]+|\.github\/workflows\/[a-z-]+\.yml)(?:@v\d+)?$/;
  return own.exec(uses)?.groups?.['path'];
}

async function offerAt(path: string): Promise<Offer> {
  if (!path.endsWith('.yml')) {
    const { inputs } = Action.parse(parse(await readFile(join(root, path, 'action.yml'), 'utf8')));
    return { inputs, secrets: {}, outputs: [] };
  }
  const { inputs, secrets, outputs } = Reusable.parse((await workflowIn(path)).on).workflow_call;
  return { inputs, secrets, outputs: Object.keys(outputs) };
}

test.for(files)('%s names the actions of others by their commit', async (file) => {
  const foreign = (await usesIn(file)).map(({ uses }) => uses).filter((uses) => ownPath(uses) === undefined);

  expect(foreign.filter((uses) => !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses))).toEqual([]);
});

test.for(files)('%s gives what is ours inputs and secrets that it has, and all that it requires', async (file) => {
  const own = (await usesIn(file)).filter(({ uses }) => ownPath(uses) !== undefined);

  for (const { uses, with: given, secrets: told } of own) {
    const { inputs, secrets } = await offerAt(ownPath(uses) ?? '');
    const required = (known: Offer['inputs']) => Object.keys(known).filter((name) => known[name]?.required === true);
    expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(given)));
    expect(Object.keys(given)).toEqual(expect.arrayContaining(required(inputs)));
    expect(Object.keys(secrets)).toEqual(expect.arrayContaining(Object.keys(told)));
    expect(Object.keys(told)).toEqual(expect.arrayContaining(required(secrets)));
  }
  expect(own.length).toBeGreaterThan(0);
});

test.for(files)('%s reads outputs of our workflows that they have', async (file) => {
  const text = await readFile(join(root, file), 'utf8');
  const { jobs } = await workflowIn(file);

  for (const [id, job] of Object.entries(jobs)) {
    const path = ownPath(Use.safeParse(job).data?.uses ?? '');
    const outputs = path === undefined ? Object.keys(job.outputs) : (await offerAt(path)).outputs;
    const read = text.matchAll(new RegExp(`\\b(?:needs|jobs)\\.${id}\\.outputs\\.([\\w-]+)`, 'g'));
    expect(outputs).toEqual(expect.arrayContaining([...read].map(([, name]) => name)));
  }
});

test.for(files)('%s says of an input that it hands on what the one who gets it says', async (file) => {
  const called = Reusable.safeParse((await workflowIn(file)).on).data?.workflow_call.inputs ?? {};

  for (const { uses, with: given } of (await usesIn(file)).filter((use) => ownPath(use.uses) !== undefined)) {
    const { inputs } = await offerAt(ownPath(uses) ?? '');
    const handedOn = Object.keys(given).filter((name) => given[name] === `\${{ inputs.${name} }}`);
    const said = (by: Offer['inputs']) => handedOn.map((name) => `${name}: ${by[name]?.description}`);
    expect(said(called)).toEqual(said(inputs));
  }
});

test.skipIf(!hasProgram('actionlint'))('actionlint: finds nothing in the workflows', async () => {
  const linted = await runProgram('actionlint', files, { cwd: root, env: plainEnvironment() });

  expect(linted).toEqual({ exitCode: 0, stdout: '', stderr: '' });
});
