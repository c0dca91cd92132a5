import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import { describeEntry, type EditInput } from '@luban-ci/edits';
import type { LandResult } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { gitopsPlace } from '../gitops-place.ts';
import { imageVersion } from '../image-version.ts';
import { namingInputs } from '../naming-inputs.ts';
import { authorFor, runProvenance } from '../provenance.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Outputs = OutputsOf<typeof step>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<StepResult<Outputs>> {
  const { conventions } = ctx;
  const name = { project: inputs.projectName, app: inputs.appName };
  const deployEnv = inputs.deployEnv ?? conventions.firstEnvironment();
  const gitopsBranch = inputs.gitopsBranch ?? conventions.branchOf(deployEnv);
  const gitopsRepoUrl = gitopsPlace(name, inputs, conventions);

  const landed = await namingInputs({ branch: 'gitopsBranch' }, () =>
    ctx.git.of(gitopsRepoUrl).land({
      url: gitopsRepoUrl,
      branch: gitopsBranch,
      edits: [editFor(inputs, deployEnv, ctx)],
      message: `Deploy ${inputs.appName} ${inputs.imageTag} to ${deployEnv}`,
      deadlineSeconds: inputs.deadlineSeconds,
      dryRun: ctx.dryRun,
      ...authorFor(ctx.run),
    }),
  );
  for (const note of landed.notes) ctx.log.info(note);
  return {
    changed: landed.changed,
    outputs: {
      commit: landed.commit,
      gitopsRepoUrl,
      gitopsBranch,
      deployEnv,
      superseded: landed.outcome === 'superseded',
      supersededBy: landed.outcome === 'superseded' ? describeEntry(landed.by) : undefined,
    },
    summary: summaryOf(landed, inputs, `${deployEnv} (${gitopsBranch} of ${gitopsRepoUrl})`),
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}

function editFor(inputs: Inputs, deployEnv: string, ctx: ContextOf<typeof step>): EditInput {
  const order = inputs.orderKey ?? inputs.requestedAt ?? ctx.clock.now().toISOString();
  return {
    kind: 'kustomize-set-image',
    version: 1,
    folder: ctx.conventions.overlayOf(deployEnv, { project: inputs.projectName, app: inputs.appName }),
    image: inputs.image,
    to: imageVersion(inputs),
    pin: 'as-listed',
    allowDowngrade: inputs.allowDowngrade,
    record: ctx.conventions.config.record === 'none' ? 'none' : 'write',
    provenance: {
      // a branch and a release tag on it are often pushed in the same second: the tag of the image tells them apart
      key: ['deploy', deployEnv, inputs.imageTag, inputs.revision ?? '', order].join(' '),
      at: ctx.clock.now().toISOString(),
      order,
      ...(inputs.repoUrl === undefined ? {} : { sourceRepository: inputs.repoUrl }),
      ...(inputs.revision === undefined ? {} : { sourceCommit: inputs.revision }),
      ...runProvenance(ctx.run),
    },
  };
}

function summaryOf(landed: LandResult, { image, imageTag }: Inputs, where: string): string {
  const what = `${image}:${imageTag}`;
  if (landed.outcome === 'landed') return `${what} landed in ${where} as ${landed.commit}`;
  if (landed.outcome === 'would land') return `${what} would land in ${where}`;
  if (landed.outcome === 'superseded') return `${what} is superseded in ${where} by ${describeEntry(landed.by)}`;
  return `${what} is in ${where} already`;
}
