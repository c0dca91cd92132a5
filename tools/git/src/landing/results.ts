import type { Folding, LandResult } from './land.ts';
import { hasChanges, type PlannedCommit } from './plan-stack.ts';

interface Circumstances {
  attempts: number;
  folding?: Folding;
}

/** Results of commits that are on the branch now. Without an id there was nothing to write for that commit. */
export function landedResults(
  planned: readonly PlannedCommit[],
  ids: readonly (string | undefined)[],
  base: string,
  circumstances: Circumstances,
): LandResult[] {
  return planned.map((commit, at) => {
    const id = ids[at];
    if (id === undefined) return settledResult(commit, base, circumstances);
    return { ...told(commit, circumstances), outcome: 'landed', changed: true, commit: id, diff: commit.diff };
  });
}

/** Results of a plan that is not carried out. */
export function wouldLandResults(
  planned: readonly PlannedCommit[],
  base: string,
  circumstances: Circumstances,
): LandResult[] {
  return planned.map((commit) => {
    if (!hasChanges(commit)) return settledResult(commit, base, circumstances);
    return { ...told(commit, circumstances), outcome: 'would land', changed: false, commit: base, diff: commit.diff };
  });
}

function settledResult(planned: PlannedCommit, base: string, circumstances: Circumstances): LandResult {
  const { outcomes } = planned.applied;
  const settled = { ...told(planned, circumstances), changed: false, commit: base } as const;
  const superseded = outcomes.find(({ outcome }) => outcome === 'superseded');
  if (superseded?.outcome === 'superseded') return { ...settled, outcome: 'superseded', by: superseded.by };
  const isRequest = outcomes.every((each) => each.outcome === 'unchanged' && each.why === 'same request');
  return { ...settled, outcome: 'already there', why: isRequest ? 'same request' : 'same content' };
}

function told(
  { notes, applied }: PlannedCommit,
  { attempts, folding }: Circumstances,
): Pick<LandResult, 'notes' | 'attempts' | 'folding' | 'edits'> {
  return {
    notes: folding === undefined ? notes : [...notes, foldingNote(folding)],
    attempts,
    ...(folding === undefined ? {} : { folding }),
    edits: applied.outcomes.map(({ outcome }) => outcome),
  };
}

function foldingNote(folding: Folding): string {
  if (folding.role === 'folded') return 'landed by another writer who was first in line';
  return `landed in one push with the edits of ${folding.others === 1 ? 'another writer' : `${folding.others} other writers`}`;
}
