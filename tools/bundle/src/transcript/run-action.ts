import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inStyle } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import type { StepId } from '@luban-ci/steps';
import { temporaryFolder } from '@luban-ci/testing';

/** What an action said and wrote. */
export interface ActionRun {
  exitCode: number;
  stdout: string;
  stderr: string;
  /** What it appended to the file behind `GITHUB_OUTPUT`, as the runner reads it. */
  outputs: Record<string, string>;
  summary: string;
}

export interface ActionOptions {
  /** By contract name; what is missing is not given. */
  inputs: Readonly<Record<string, string>>;
  /** `GITHUB_WORKSPACE`; absolute. */
  workspace: string;
}

const dist = fileURLToPath(new URL('../../../../actions/dist/', import.meta.url));

/** Runs the built program of an action as a runner does: inputs in the environment, answers in files. */
export async function runAction(id: StepId, { inputs, workspace }: ActionOptions): Promise<ActionRun> {
  await using runner = await temporaryFolder();
  const files = { GITHUB_OUTPUT: runner.at('output'), GITHUB_STEP_SUMMARY: runner.at('summary') };
  for (const file of Object.values(files)) await writeFile(file, '');
  const given = Object.entries(inputs).map(([name, value]) => [`INPUT_${inStyle(name, 'kebab').toUpperCase()}`, value]);
  const env = {
    ...plainEnvironment(),
    ...files,
    ...Object.fromEntries(given),
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: workspace,
    RUNNER_TEMP: runner.path,
  };
  const ended = await runProgram(process.execPath, [join(dist, `${id}.mjs`)], {
    cwd: workspace,
    env,
    timeoutSeconds: 30,
  });
  return {
    ...ended,
    outputs: outputsIn(await readFile(files.GITHUB_OUTPUT, 'utf8')),
    summary: await readFile(files.GITHUB_STEP_SUMMARY, 'utf8'),
  };
}

/** `name<<delimiter`, lines, delimiter: as the runner documents it under "multiline strings". */
function outputsIn(text: string): Record<string, string> {
  const blocks = text.matchAll(/^(?<name>[^<\n]+)<<(?<delimiter>.+)\n(?<value>[\s\S]*?)\n\k<delimiter>$/gm);
  return Object.fromEntries([...blocks].map(({ groups }) => [groups?.['name'] ?? '', groups?.['value'] ?? '']));
}
