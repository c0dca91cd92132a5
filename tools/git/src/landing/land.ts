import { InputError } from '@luban-ci/core';
import { type AppliedEdits, type Edit, type EditInput, parseEdit, type RecordEntry } from '@luban-ci/edits';
import type { GitSettings, Person } from '../git-settings.ts';
import { parseGitUrl } from '../git-url.ts';
import { checkRefName } from '../ref-name.ts';
import { openWorkRepository } from '../work-repository.ts';
import type { CommitTrailers } from './commit-message.ts';
import { pushByRecompute } from './push-by-recompute.ts';

export interface LandRequest {
  url: string;
  /** Short name. */
  branch: string;
  /** Applied in order, in one commit. */
  edits: readonly EditInput[];
  /** Without trailers; those come from the edits' provenance and from `trailers`. */
  message: string;
  /** Who asked for it; the committer of the settings where nobody is named. */
  author?: Person;
  trailers?: CommitTrailers;
  /** How long to go on while others land too, or while the server is away. */
  deadlineSeconds?: number;
  /** Branch to start from where `branch` does not exist yet. */
  createFrom?: string;
  /** Say what would be landed, push nothing. */
  dryRun?: boolean;
}

export type LandResult = {
  /** Sentences worth saying: hand edits, missing order keys, deliberate downgrades. */
  notes: string[];
  attempts: number;
  /** What each edit came to, in their order. */
  edits: AppliedEdits['outcomes'][number]['outcome'][];
} & (
  | { outcome: 'landed'; changed: true; commit: string; diff: string }
  /** Nothing was pushed; `commit` is the tip that this was decided on. */
  | { outcome: 'would land'; changed: false; commit: string; diff: string }
  | { outcome: 'already there'; changed: false; commit: string; why: 'same content' | 'same request' }
  | { outcome: 'superseded'; changed: false; commit: string; by: RecordEntry }
);

/** A checked request: what every way of landing gets. */
export interface LandJob {
  branch: string;
  edits: readonly Edit[];
  message: string;
  author: Person;
  trailers: CommitTrailers;
  deadline: Date;
  deadlineSeconds: number;
  createFrom: string | undefined;
  dryRun: boolean;
}

const usualDeadlineSeconds = 120;

/**
 * Lands edits on a branch: applied to its newest tip, in one commit, or not at all.
 *
 * @throws InputError when the branch does not exist or an edit cannot be used; StepError when the server refuses for
 * good; RetryableError when the deadline has passed
 */
export async function land(settings: GitSettings, request: LandRequest): Promise<LandResult> {
  const remote = parseGitUrl(request.url, settings.allowFile);
  const job = jobFor(settings, request);
  await using repository = await openWorkRepository(settings, remote);
  return await pushByRecompute(repository, job);
}

function jobFor(settings: GitSettings, request: LandRequest): LandJob {
  const deadlineSeconds = request.deadlineSeconds ?? usualDeadlineSeconds;
  if (request.edits.length === 0) throw new InputError('there is no edit to land');
  return {
    branch: checkRefName(request.branch, 'branch'),
    edits: request.edits.map(parseEdit),
    message: request.message,
    author: request.author ?? settings.committer,
    trailers: request.trailers ?? {},
    deadline: new Date(settings.clock.now().getTime() + deadlineSeconds * 1000),
    deadlineSeconds,
    createFrom: request.createFrom === undefined ? undefined : checkRefName(request.createFrom, 'createFrom'),
    dryRun: request.dryRun ?? false,
  };
}
