import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { describeEntry } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { imageVersion } from '../image-version.ts';
import { imageEntry, readOverlay } from '../overlay-state.ts';
import { authorFor, runProvenance } from '../provenance.ts';
import { recordedVersions } from './recorded-versions.ts';
import type { step } from './step.ts';

export async function run(
  inputs: InputsOf<typeof step>,
  ctx: ContextOf<typeof step>,
): Promise<StepResult<OutputsOf<typeof step>>> {
  const { conventions } = ctx;
  const { gitopsRepoUrl: url, deployEnv, appName } = inputs;
  const git = ctx.git.of(url);
  const folder = conventions.overlayOf(deployEnv);
  const branch = inputs.gitopsBranch ?? conventions.branchOf(deployEnv);
  const image = imageEntry(
    await readOverlay(git, url, branch, folder),
    conventions.imageOf({ project: inputs.projectName, app: appName }),
    folder,
  ).name;

  const [current, ...earlier] = await recordedVersions(git, { url, branch, folder, image });
  const wanted = earlier.find((entry) => inputs.to === 'previous' || isMeant(entry, inputs.to));
  if (wanted === undefined) throw nothingToRestore(inputs.to, folder, earlier.map(describeEntry));

  const order = inputs.requestedAt ?? ctx.clock.now().toISOString();
  const landed = await git.land({
    url,
    branch,
    edits: [
      {
        kind: 'kustomize-set-image',
        version: 1,
        folder,
        image,
        to: imageVersion({ imageTag: wanted.tag, digest: wanted.digest }),
        pin: 'as-listed',
        provenance: {
          key: ['rollback', deployEnv, wanted.tag ?? wanted.digest, order].join(' '),
          at: ctx.clock.now().toISOString(),
          order,
          ...(wanted.sourceRepository === undefined ? {} : { sourceRepository: wanted.sourceRepository }),
          ...(wanted.sourceCommit === undefined ? {} : { sourceCommit: wanted.sourceCommit }),
          ...runProvenance(ctx.run),
        },
      },
    ],
    message: `Roll ${appName} back to ${wanted.tag ?? wanted.digest} in ${deployEnv}`,
    deadlineSeconds: inputs.deadlineSeconds,
    dryRun: ctx.dryRun,
    ...authorFor(ctx.run),
  });
  const replaced = current === undefined ? '' : ` in place of ${describeEntry(current)}`;
  return {
    changed: landed.changed,
    outputs: { image, imageTag: wanted.tag, digest: wanted.digest, commit: landed.commit, gitopsBranch: branch },
    summary: `${deployEnv} ${landed.changed ? 'is' : ctx.dryRun ? 'would be' : 'was already'} back at ${describeEntry(wanted)}${replaced}`,
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}

function isMeant(
  entry: { tag?: string | undefined; digest?: string | undefined; sourceCommit?: string | undefined },
  to: string,
): boolean {
  return entry.tag === to || entry.digest === to || (to.length >= 7 && entry.sourceCommit?.startsWith(to) === true);
}

function nothingToRestore(to: string, folder: string, earlier: string[]): StepError {
  const known =
    earlier.length === 0 ? 'Nothing else was recorded there.' : `Recorded there: ${earlier.slice(0, 5).join('; ')}.`;
  return new StepError(`${folder} has no ${to === 'previous' ? 'earlier image' : `record of ${to}`} to go back to`, {
    hint: known,
  });
}
