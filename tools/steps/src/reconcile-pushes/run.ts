import { repositoriesKey } from '@luban-ci/conventions';
import { type InputsOf, messageOf, type OutputsOf, RetryableError, StepError, type StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { withProvider } from '../gitops-place.ts';
import { openHeadsMemory } from './heads-memory.ts';
import { reconcileRepository } from './reconcile-repository.ts';
import { sourcesOn } from './sources.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  given: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const ctx = { ...given, conventions: withProvider(inputs.forge, given.conventions) };
  const kube = await ctx.kubernetes.client();
  const memory = await openHeadsMemory(kube, inputs.headsNamespace);
  const known = sourcesOn(ctx.conventions.config.default_git_provider, ctx.conventions);
  const sources = known.filter(({ project }) => inputs.projectName === undefined || project === inputs.projectName);
  const [started, waiting]: [string[], string[]] = [[], []];
  const problems = new Map<string, unknown>();
  for (const application of sources) {
    const key = repositoriesKey(application);
    ctx.signal.throwIfAborted();
    try {
      const done = await reconcileRepository(application, memory.recall(key), { inputs, ctx, kube });
      for (const push of done.started) ctx.log.info(`${ctx.dryRun ? 'would start' : 'started'} ${push}`);
      for (const push of done.waiting) ctx.log.info(`the event may still come: ${push}`);
      started.push(...done.started);
      waiting.push(...done.waiting);
      if (!ctx.dryRun) await memory.keep(key, done.seen);
    } catch (error) {
      problems.set(application.source, error);
    }
  }
  if (problems.size > 0) throw notAll(problems);
  return {
    changed: started.length > 0 && !ctx.dryRun,
    outputs: { started, waiting, repositories: sources.length },
    summary: summaryOf(started.length, waiting.length, sources.length, ctx.dryRun),
  };
}

/** The others were looked at all the same; what another try may mend is tried again. */
function notAll(problems: ReadonlyMap<string, unknown>): Error {
  const lines = [...problems].map(([source, error]) => `${source}: ${messageOf(error)}`);
  const message = `${problems.size === 1 ? 'A repository' : `${problems.size} repositories`} could not be reconciled: ${lines.join('; ')}`;
  const [cause] = problems.values();
  const mayMend = [...problems.values()].some((error) => error instanceof RetryableError);
  if (mayMend) return new RetryableError(message, { cause });
  return new StepError(message, {
    cause,
    hint: 'All others are done. One that is gone is left out of luban-repositories.',
  });
}

function summaryOf(started: number, waiting: number, repositories: number, dryRun: boolean): string {
  const looked = `${repositories} ${repositories === 1 ? 'repository' : 'repositories'}`;
  const late = waiting === 0 ? '' : `; ${waiting} may still come`;
  if (started === 0) return `nothing was lost in ${looked}${late}`;
  const pushes = `${started} ${started === 1 ? 'push' : 'pushes'}`;
  return dryRun ? `would make up for ${pushes} in ${looked}${late}` : `made up for ${pushes} in ${looked}${late}`;
}
