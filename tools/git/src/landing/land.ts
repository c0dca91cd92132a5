import type { AppliedEdits, RecordEntry } from '@luban-ci/edits';
import type { GitSettings } from '../git-settings.ts';
import { parseGitUrl } from '../git-url.ts';
import { openWorkRepository } from '../work-repository.ts';
import { type CommitRequest, type LandTarget, landJob } from './land-job.ts';
import { landOnBranch } from './land-on-branch.ts';

export type LandRequest = LandTarget & CommitRequest;

export type LandResult = {
  /** Sentences worth saying: hand edits, missing order keys, deliberate downgrades. */
  notes: string[];
  /** Pushes to the branch that this call tried. */
  attempts: number;
  /** How it got onto the branch, when others were landing too. */
  folding?: Folding;
  /** What each edit came to, in their order. */
  edits: AppliedEdits['outcomes'][number]['outcome'][];
} & (
  | { outcome: 'landed'; changed: true; commit: string; diff: string }
  /** Nothing was pushed; `commit` is the tip that this was decided on. */
  | { outcome: 'would land'; changed: false; commit: string; diff: string }
  | { outcome: 'already there'; changed: false; commit: string; why: 'same content' | 'same request' }
  | { outcome: 'superseded'; changed: false; commit: string; by: RecordEntry }
);

/** This call landed others' edits with its own, or another writer landed this call's. */
export type Folding = { role: 'leader'; others: number } | { role: 'folded' };

/**
 * Lands edits on a branch: applied to its newest tip, in one commit, or not at all.
 *
 * @throws InputError when the branch does not exist or an edit cannot be used; StepError when the server refuses for
 * good; RetryableError when the deadline has passed
 */
export async function land(settings: GitSettings, request: LandRequest): Promise<LandResult> {
  const [result] = await landAll(settings, request, [request]);
  return result as LandResult;
}

/** The same for several commits, one on top of the other: all of them in one push, or none. Answers in their order. */
export async function landAll(
  settings: GitSettings,
  target: LandTarget,
  commits: readonly CommitRequest[],
): Promise<LandResult[]> {
  const remote = parseGitUrl(target.url, settings.allowFile);
  const job = landJob(settings, target, commits);
  await using repository = await openWorkRepository(settings, remote);
  return await landOnBranch(repository, job);
}
