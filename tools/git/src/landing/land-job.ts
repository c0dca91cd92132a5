import { InputError } from '@luban-ci/core';
import { type Edit, type EditInput, parseEdit } from '@luban-ci/edits';
import type { GitSettings, Person } from '../git-settings.ts';
import { checkRefName } from '../ref-name.ts';
import type { CommitTrailers } from './commit-message.ts';

/** Where to land, and how long to try. */
export interface LandTarget {
  url: string;
  /** Short name. */
  branch: string;
  /** How long to go on while others land too, or while the server is away. */
  deadlineSeconds?: number;
  /** Branch to start from where `branch` does not exist yet. */
  createFrom?: string;
  /** Commit that nobody needs any more: a `branch` that is there still starts again from `createFrom`, in the same push. */
  leftOver?: string;
  /** Say what would be landed, push nothing. */
  dryRun?: boolean;
}

/** What becomes one commit. */
export interface CommitRequest {
  /** Applied in order. */
  edits: readonly EditInput[];
  /** Without trailers; those come from the edits' provenance and from `trailers`. */
  message: string;
  /** Who asked for it; the committer of the settings where nobody is named. */
  author?: Person;
  trailers?: CommitTrailers;
}

/** A checked commit request: all that is needed to make the commit on any tip, by anybody. */
export interface CommitJob {
  edits: readonly Edit[];
  message: string;
  author: Person;
  trailers: CommitTrailers;
}

/** Checked requests with their target. */
export interface LandJob {
  branch: string;
  /** One commit each, in one push. */
  commits: readonly CommitJob[];
  deadline: Date;
  deadlineSeconds: number;
  createFrom: string | undefined;
  leftOver: string | undefined;
  dryRun: boolean;
}

const usualDeadlineSeconds = 120;

/** @throws InputError naming what cannot be used */
export function landJob(settings: GitSettings, target: LandTarget, requests: readonly CommitRequest[]): LandJob {
  const deadlineSeconds = target.deadlineSeconds ?? usualDeadlineSeconds;
  if (requests.length === 0 || requests.some(({ edits }) => edits.length === 0))
    throw new InputError('there is no edit to land');
  return {
    branch: checkRefName(target.branch, 'branch'),
    commits: requests.map((request) => ({
      edits: request.edits.map(parseEdit),
      message: request.message,
      author: request.author ?? settings.committer,
      trailers: request.trailers ?? {},
    })),
    deadline: new Date(settings.clock.now().getTime() + deadlineSeconds * 1000),
    deadlineSeconds,
    createFrom: target.createFrom === undefined ? undefined : checkRefName(target.createFrom, 'createFrom'),
    leftOver: target.leftOver,
    dryRun: target.dryRun ?? false,
  };
}
