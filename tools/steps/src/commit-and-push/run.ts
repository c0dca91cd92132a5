import { InputError, type InputsOf, type OutputsOf, type StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import { authorFor, runProvenance } from '../provenance.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { branch } = inputs;
  const folder = insideWorkspace(ctx.workspace, inputs.path);
  const { origin, edits } = await ctx.git.of('').workTreeChanges(folder);
  const url = inputs.repoUrl ?? origin;
  const files = edits.map(({ path }) => path);
  if (url === undefined)
    throw new InputError(`${inputs.path} does not say where to push to`, [
      { field: 'repoUrl', expected: 'required when the work tree has no origin' },
    ]);
  const git = ctx.git.of(url);
  if (edits.length === 0) {
    const { commit } = await git.resolveRef(url, `refs/heads/${branch}`);
    return { changed: false, outputs: { commit, branch, files }, summary: `nothing was changed in ${inputs.path}` };
  }
  const landed = await git.land({
    url,
    branch,
    edits,
    message: inputs.message,
    trailers: runProvenance(ctx.run),
    deadlineSeconds: inputs.deadlineSeconds,
    dryRun: ctx.dryRun,
    ...(inputs.createFrom === undefined ? {} : { createFrom: inputs.createFrom }),
    ...authorFor(ctx.run),
  });
  const verb = landed.changed ? 'landed on' : ctx.dryRun ? 'would land on' : 'are already on';
  return {
    changed: landed.changed,
    outputs: { commit: landed.commit, branch, files },
    summary: `${files.join(', ')} ${verb} ${branch} of ${url}`,
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}
