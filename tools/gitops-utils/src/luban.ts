import { type ExitCode, exitCodeOf, exitCodes, InputError } from '@luban-ci/core';
import { failureLines, painted, type Surroundings } from '@luban-ci/hosts';
import { isStepId, stepIds } from '@luban-ci/steps';
import { runStep } from './commands/run-step.ts';
import { usage } from './usage.ts';

/** A command beside the steps; answers its exit code. */
type Command = (around: Surroundings, signal: AbortSignal) => Promise<ExitCode>;

/** Each is loaded only when it is used. */
const commands: Record<string, () => Promise<Command>> = {
  steps: async () => (await import('./commands/list-steps.ts')).listSteps,
  explain: async () => (await import('./commands/explain.ts')).explain,
  run: async () => (await import('./commands/run-workflow.ts')).runWorkflowCommand,
  playground: async () => (await import('./commands/playground.ts')).playgroundCommand,
  drift: async () => (await import('./commands/drift.ts')).driftCommand,
  provisioner: async () => (await import('./commands/provisioner.ts')).provisionerCommand,
  secrets: async () => (await import('./commands/secrets.ts')).secretsCommand,
  demo: async () => (await import('./demo/demo.ts')).demo,
};

/** The command line: the first word is a step or one of the commands. */
export async function runLuban(around: Surroundings, signal: AbortSignal): Promise<ExitCode> {
  const [first, ...argv] = around.argv;
  const within = { ...around, argv };
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    around.writeOut(usage);
    return first === undefined ? exitCodes.badInput : exitCodes.done;
  }
  try {
    if (isStepId(first)) return await runStep(first, within, signal);
    const load = Object.hasOwn(commands, first) ? commands[first] : undefined;
    if (load === undefined) throw unknownCommand(first);
    return await (await load())(within, signal);
  } catch (error) {
    const [sentence = '', ...rest] = failureLines(signal.aborted ? signal.reason : error, (field) => field);
    around.writeErr(`${painted('red', '✗', around.isTerminal)} ${[sentence, ...rest].join('\n  ')}\n`);
    return exitCodeOf(error);
  }
}

function unknownCommand(given: string): InputError {
  const known = [...stepIds, ...Object.keys(commands)];
  const most = Math.max(...known.map((name) => sharedStart(name, given)));
  const near = known.filter((name) => (most >= 3 && sharedStart(name, given) === most) || name.includes(given));
  const hint = near.length === 0 ? '"luban steps" lists what there is.' : `Did you mean ${near.join(', ')}?`;
  return new InputError(`luban has no command or step called ${JSON.stringify(given)}`, [], { hint });
}

/** How many letters two words begin with alike. */
function sharedStart(one: string, other: string): number {
  const at = [...one].findIndex((letter, index) => letter !== other[index]);
  return at === -1 ? one.length : at;
}
