import {
  type Capabilities,
  createLog,
  createRedactor,
  type ExitCode,
  executeStep,
  exitCodeOf,
  exitCodes,
  fieldsOf,
  inputShapeOf,
  type Step,
  type StepContext,
  systemClock,
} from '@luban-ci/core';
import { trustCompany } from './company-authorities.ts';
import type { GivenInputs, Host, Surroundings } from './host.ts';

/** Runs one step on one host, from reading its inputs to the exit code. Never throws: a failure is told and counted. */
export type RunAs = (
  step: Step,
  capabilities: Capabilities,
  around: Surroundings,
  signal: AbortSignal,
) => Promise<ExitCode>;

/** What runs steps on this host. */
export function runAs(host: Host): RunAs {
  return (...given) => runOnHost(host, ...given);
}

async function runOnHost(host: Host, ...[step, capabilities, around, signal]: Parameters<RunAs>): Promise<ExitCode> {
  const redactor = createRedactor();
  const outcome = { contract: step.contract, redact: redactor.redact };
  const sink = host.createSink(around);
  try {
    await using _ = await trustCompany(around);
    const fields = fieldsOf(inputShapeOf(step.contract, capabilities));
    const given = await host.readInputs(fields, around);
    const hide = (secret: string): void => {
      redactor.add(secret);
      host.hide?.(secret);
    };
    for (const secret of secretsOf(fields, given)) hide(secret);
    const ctx: StepContext = {
      workspace: given.workspace,
      temporaryFolder: around.temporaryFolder,
      log: createLog(sink.write, redactor),
      signal,
      dryRun: given.dryRun,
      clock: systemClock,
      run: host.identify(around.env),
      hide,
    };
    const result = await executeStep(step, given.values, ctx, capabilities);
    sink.endGroup();
    await host.writeOutputs(result, outcome, around);
    return exitCodes.done;
  } catch (error) {
    sink.endGroup();
    await host.writeFailure(signal.aborted ? signal.reason : error, outcome, around);
    return exitCodeOf(error);
  }
}

function secretsOf(fields: readonly { name: string; secret: boolean }[], given: GivenInputs): string[] {
  return fields
    .filter((field) => field.secret)
    .map((field) => given.values[field.name])
    .filter((value) => typeof value === 'string');
}
