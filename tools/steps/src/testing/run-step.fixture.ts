import { tmpdir } from 'node:os';
import { type Clock, executeStep, type Log, type RunIdentity, type StepResult, silentLog } from '@luban-ci/core';
import { fixedClock } from '@luban-ci/testing';
import { capabilities } from '../capabilities/capabilities.ts';
import { loadStep, type StepId } from '../load-step.ts';

/** What a test wants otherwise than usual. */
export interface RunOptions {
  workspace?: string;
  dryRun?: boolean;
  clock?: Clock;
  log?: Log;
  run?: RunIdentity;
}

/** Runs a step with its real capabilities, as a host does. */
export async function runStep(
  id: StepId,
  inputs: Record<string, unknown>,
  options: RunOptions = {},
): Promise<StepResult<Record<string, unknown>>> {
  const ctx = {
    workspace: options.workspace ?? tmpdir(),
    temporaryFolder: tmpdir(),
    log: options.log ?? silentLog,
    signal: new AbortController().signal,
    dryRun: options.dryRun ?? false,
    clock: options.clock ?? fixedClock(),
    run: options.run ?? {},
  };
  return executeStep(await loadStep(id), inputs, ctx, capabilities);
}

/** The error of a run that has to fail; what else it came to is an error of its own. */
export async function failureOf(run: Promise<StepResult<unknown>>): Promise<unknown> {
  const outcome = await run.then(
    (result) => new Error(`it was expected to fail, but: ${result.summary}`),
    (error: unknown) => error,
  );
  return outcome;
}
