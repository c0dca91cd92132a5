import { setSecret } from '@actions/core';
import { loadStep, type StepId } from '@luban-ci/steps';
import { capabilities } from '@luban-ci/steps/capabilities';
import type { Surroundings } from '../host.ts';
import { runAs } from '../run-on-host.ts';
import { schemasWithoutCompiler } from '../schemas-without-compiler.ts';
import { stopSignal } from '../stop-signal.ts';
import { processSurroundings } from '../surroundings.ts';
import { createSink } from './log.ts';
import { readInputs } from './read-inputs.ts';
import { spell } from './spell.ts';
import { writeFailure, writeOutputs } from './write-outputs.ts';

/** A step as a GitHub Action: inputs of `with:`, step outputs, groups and a job summary. */
export const runAsAction = runAs({
  id: 'github-action',
  spell,
  readInputs,
  hide: setSecret,
  writeOutputs,
  writeFailure,
  createSink,
  identify: (env) => ({
    ...(env['GITHUB_RUN_ID'] ? { url: runUrl(env) } : {}),
    ...(env['GITHUB_ACTOR'] ? { requestedBy: env['GITHUB_ACTOR'] } : {}),
  }),
});

function runUrl(env: Surroundings['env']): string {
  return `${env['GITHUB_SERVER_URL']}/${env['GITHUB_REPOSITORY']}/actions/runs/${env['GITHUB_RUN_ID']}`;
}

/** The whole of an action's program: loads the step, runs it, and ends with its exit code. */
export async function runStepAsAction(id: StepId): Promise<void> {
  schemasWithoutCompiler();
  const step = await loadStep(id);
  process.exitCode = await runAsAction(step, capabilities, processSurroundings(), stopSignal());
}
