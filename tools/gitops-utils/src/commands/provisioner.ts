import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serialiseConfigMap } from '@luban-ci/conventions';
import { type ExitCode, exitCodes, inStyle, silentLog, systemClock } from '@luban-ci/core';
import { painted, type Surroundings, textOfValue, variableOf } from '@luban-ci/hosts';
import { capabilities } from '@luban-ci/steps/capabilities';
import { type ProvisionerCommand, provisionerCommands } from '../provisioner/command-table.ts';
import { meaningOf } from '../provisioner/page.ts';
import { fileFor, type Plan, type PlannedStep, plannedSteps } from '../provisioner/planned-steps.ts';
import { readCommand } from '../provisioner/read-command.ts';
import { runStep } from './run-step.ts';

/**
 * `luban provisioner <command>`, which scripts know as `luban-provisioner`: the original's commands and options, each done
 * by steps. What means nothing any more is said on standard error.
 */
export async function provisionerCommand(around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const given = readCommand(around.argv, around.env);
  if (given === undefined || given.help) {
    around.writeOut(given === undefined ? overview() : helpOf(given.command));
    return around.argv.length === 0 ? exitCodes.badInput : exitCodes.done;
  }
  const { env, cwd } = around;
  const plan = await plannedSteps(given, { env, cwd, variablesOf: (name) => variablesOf(name, around, signal) });
  for (const note of plan.notes) around.writeErr(`${painted('yellow', '!', around.isTerminal)} ${note}\n`);
  const folder = await mkdtemp(join(around.temporaryFolder, 'luban-provisioner-'));
  try {
    const files = await writtenFiles(folder, plan);
    for (const planned of plan.steps) {
      const code = await runPlanned(planned, { plan, files, dryRun: given.dryRun }, around, signal);
      if (code !== exitCodes.done) return code;
    }
    return exitCodes.done;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The configuration may hold logins: nobody else reads it, and it goes with the run. */
async function writtenFiles(folder: string, { files }: Plan): Promise<Record<string, string>> {
  await chmod(folder, 0o700);
  const paths = await Promise.all(
    Object.entries(files).map(async ([input, data]) => {
      const path = fileFor(folder, input);
      await writeFile(path, serialiseConfigMap(data), { mode: 0o600 });
      return [input, path] as const;
    }),
  );
  return Object.fromEntries(paths);
}

interface Running {
  plan: Plan;
  files: Readonly<Record<string, string>>;
  dryRun: boolean;
}

/** As flags, where no variable of the surroundings wins; secrets where flags are not taken. */
async function runPlanned(
  { step, inputs, workspace }: PlannedStep,
  { plan, files, dryRun }: Running,
  around: Surroundings,
  signal: AbortSignal,
): Promise<ExitCode> {
  const { loadStep } = await import('@luban-ci/steps');
  const { inputShapeOf } = await import('@luban-ci/core');
  const shape = inputShapeOf((await loadStep(step)).contract, capabilities);
  const all = Object.entries({ ...files, ...kubeconfigOf(around), ...inputs });
  const flags = all.flatMap(([name, value]) =>
    value === undefined || !(name in shape) ? [] : [`--${inStyle(name, 'kebab')}=${textOfValue(value)}`],
  );
  const argv = [
    ...flags,
    ...(dryRun ? ['--dry-run'] : []),
    ...(workspace === undefined ? [] : [`--workspace=${workspace}`]),
  ];
  return runStep(step, { ...around, argv, env: { ...around.env, LUBAN_HOST: 'cli', ...plan.secrets } }, signal);
}

/** The original's scripts name a kubeconfig as kubectl does. */
function kubeconfigOf({ env }: Surroundings): Record<string, string> {
  const named = env[variableOf('kubeconfig')] || env['KUBECONFIG'];
  return named === undefined || named === '' ? {} : { kubeconfig: named };
}

async function variablesOf(template: string, around: Surroundings, signal: AbortSignal): Promise<readonly string[]> {
  const { cwd: workspace, temporaryFolder, env } = around;
  const ctx = { workspace, temporaryFolder, log: silentLog, signal, dryRun: true, clock: systemClock, run: {} };
  const templates = await capabilities.templates.create({ templatesPath: env[variableOf('templatesPath')] }, ctx);
  return templates.variables(template);
}

function overview(): string {
  const commands = provisionerCommands.map(({ words, steps }) => `  ${words.padEnd(26)}${steps.join(', ')}`);
  return `luban-provisioner <command>: the commands of the original, done by steps\n\n${commands.join('\n')}\n`;
}

function helpOf({ words, steps, options, otherwise }: ProvisionerCommand): string {
  const lines = options.map(({ name, required, means }) => {
    const note = required === true ? ' (required)' : '';
    return `  --${name.padEnd(22)}${meaningOf(means).replaceAll('`', '')}${note}`;
  });
  return `luban-provisioner ${words}: ${steps.join(', ')}\n\n${lines.join('\n')}\n  --${'dry-run'.padEnd(22)}what would change, and no change\n\n${otherwise.replaceAll('`', '')}\n`;
}
