import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { insideWorkspace } from '../inside-workspace.ts';
import { namingInputs } from '../naming-inputs.ts';
import { authorFor, runProvenance } from '../provenance.ts';
import type { step } from './step.ts';

const verbs = {
  landed: 'landed on',
  'would land': 'would land on',
  'already there': 'are already on',
  superseded: 'are superseded on',
};

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { branch } = inputs;
  const folder = insideWorkspace(ctx.workspace, inputs.path);
  const { url: origin, edits } = await namingInputs({ folder: 'path' }, () => ctx.git.here.readWorkTree(folder));
  const url = inputs.repoUrl ?? origin;
  const files = edits.flatMap((edit) => ('path' in edit ? [edit.path] : []));
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
  return {
    changed: landed.changed,
    outputs: { commit: landed.commit, branch, files },
    summary: `${files.join(', ')} ${verbs[landed.outcome]} ${branch} of ${url}`,
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}
