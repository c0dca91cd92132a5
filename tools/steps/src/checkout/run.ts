import { relative } from 'node:path';
import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import { namingInputs } from '../naming-inputs.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const folder = insideWorkspace(ctx.workspace, inputs.path);
  const { changed, commit, ref } = await namingInputs({ folder: 'path', paths: 'sparsePaths' }, () =>
    ctx.git.of(inputs.repoUrl).checkout({
      url: inputs.repoUrl,
      ref: inputs.ref,
      folder,
      depth: inputs.depth,
      ...(inputs.sparsePaths.length === 0 ? {} : { paths: inputs.sparsePaths }),
    }),
  );
  const path = relative(ctx.workspace, folder) || '.';
  return {
    changed,
    outputs: { commit, ref: ref ?? inputs.ref, path },
    summary: `${path} is at ${commit} of ${inputs.repoUrl}`,
  };
}
