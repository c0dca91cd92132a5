import type { RegisteredApplication } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import { compareOrder, type RecordEntry } from '@luban-ci/edits';
import type { RemoteRef } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { imageTagOf } from '../image-tag.ts';
import { readOverlay } from '../overlay-state.ts';
import { isSameRepository } from '../same-repository.ts';
import { gitopsRepositoryFor } from '../sibling-repository.ts';
import { isOn } from './sources.ts';
import type { step } from './step.ts';

/** What the record of the first environment says was deployed from a source repository. */
export interface DeployedCommits {
  has(head: RemoteRef): boolean;
  /** When the newest deployment was asked for; `undefined` where there was none. */
  lastAskedAt: string | undefined;
}

/** @throws StepError or RetryableError when the GitOps repository cannot be read; one that has no overlay yet has no deployment */
export async function readDeployedCommits(
  application: RegisteredApplication,
  { conventions, git }: ContextOf<typeof step>,
): Promise<DeployedCommits> {
  const url = gitopsRepositoryFor(application.source, application, conventions);
  const provider = conventions.config.default_git_provider;
  const entries = isOn(provider, url, conventions.config)
    ? await entriesAt(url, application, { conventions, git })
    : [];
  const ours = entries.filter((entry) => isSameRepository(entry.sourceRepository ?? '', application.source));
  return {
    has: ({ ref, commit }) =>
      ours.some((each) => each.sourceCommit === commit && (!isTag(ref) || each.tag === imageTagOf(ref, commit))),
    lastAskedAt: ours
      .flatMap(({ order }) => order ?? [])
      .toSorted(compareOrder)
      .at(-1),
  };
}

async function entriesAt(
  url: string,
  name: RegisteredApplication,
  { conventions, git }: Pick<ContextOf<typeof step>, 'conventions' | 'git'>,
): Promise<readonly RecordEntry[]> {
  const environment = conventions.firstEnvironment();
  const folder = conventions.overlayOf(environment, name);
  try {
    const { record } = await readOverlay(git.of(url), url, conventions.branchOf(environment), folder);
    return Object.values(record);
  } catch (error) {
    if (error instanceof InputError) return [];
    throw error;
  }
}

function isTag(ref: string): boolean {
  return ref.startsWith('refs/tags/');
}
