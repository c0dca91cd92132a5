import type { ImageSource } from '@luban-ci/builders';
import type { InputsOf } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import type { step } from './step.ts';

/** The commit to build, fetched into `folder` only when a builder wants it here. */
export function imageSource(inputs: InputsOf<typeof step>, ctx: ContextOf<typeof step>, folder: string): ImageSource {
  const { repoUrl, revision, subPath } = inputs;
  return {
    repoUrl,
    revision,
    subPath,
    checkout: async () => {
      const git = ctx.git.of(repoUrl);
      await git.checkout({ url: repoUrl, ref: revision, folder, depth: 1 });
      const { committedAt } = await git.readCommit(repoUrl, revision);
      return { folder: insideWorkspace(folder, subPath, 'subPath'), committedAt };
    },
  };
}
