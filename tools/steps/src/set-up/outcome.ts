import type { StepResult } from '@luban-ci/core';
import type { Ensured, Removed } from '@luban-ci/kube';

/** What became of one thing that a step looked after. */
export type Outcome = Ensured | Removed;

const changes = ['created', 'updated', 'removed'];

interface SetUpOutputs {
  changedObjects: string[];
  leftObjects: string[];
}

/**
 * One sentence, lists and a diff of all that was looked after. In a dry run nothing has changed, and the same is told as
 * what would.
 */
export function setUpResult<Outputs extends object>(
  subject: string,
  outcomes: readonly Outcome[],
  dryRun: boolean,
  outputs: Outputs,
): StepResult<Outputs & SetUpOutputs> {
  const changed = outcomes.filter(({ outcome }) => changes.includes(outcome));
  const left = outcomes.filter(({ outcome }) => outcome === 'foreign');
  return {
    changed: changed.length > 0 && !dryRun,
    outputs: { ...outputs, changedObjects: changed.map(toldOf), leftObjects: left.map(({ name }) => name) },
    summary: `${subject} ${sentence(changed, left, dryRun)}`,
    diff: outcomes.map(({ diff }) => diff).join(''),
  };
}

/** The same result, naming the pull request that somebody has to merge, if any. */
export function awaitingMerge<Outputs>(result: StepResult<Outputs>, url: string | undefined): StepResult<Outputs> {
  return url === undefined ? result : { ...result, summary: `${result.summary}; ${url} is to be merged` };
}

function toldOf({ outcome, name }: Outcome): string {
  return `${outcome} ${name}`;
}

function sentence(changed: readonly Outcome[], left: readonly Outcome[], dryRun: boolean): string {
  const kept =
    left.length === 0 ? '' : `; ${left.length} that somebody else made ${left.length === 1 ? 'stays' : 'stay'}`;
  if (changed.length === 0) return `is as it should be${kept}`;
  const counts = changes.flatMap((each) => {
    const count = changed.filter(({ outcome }) => outcome === each).length;
    return count === 0 ? [] : [`${count} ${each}`];
  });
  return `${dryRun ? 'would have' : 'has'} ${counts.join(', ')}${kept}`;
}
