import type { StepContext } from '@luban-ci/core';
import type { FileChange } from '@luban-ci/forge';
import type { ApiCommits } from '@luban-ci/git';
import { type GivenForge, openForge } from './open-forge.ts';

type Commit = Parameters<ApiCommits['commit']>[1];

/** Commits by the API of the forge that a repository is on. */
export function apiCommits(given: GivenForge, ctx: StepContext): ApiCommits {
  return {
    commit: async ({ url, branch }, commit) => {
      const { forge, name } = await openForge(url, given, ctx);
      const { expectedHead, message, author } = commit;
      const asked = { branch, expectedHead, message, changes: fileChanges(commit) };
      return await forge.commitFiles(name, forge.features.commitAuthor ? { ...asked, author } : asked);
    },
  };
}

function fileChanges({ changes, created }: Commit): FileChange[] {
  return [...changes].map(([path, file]): FileChange => {
    if (file === undefined) return { action: 'delete', path };
    return { action: created.includes(path) ? 'create' : 'update', path, content: file.bytes };
  });
}
