import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { describeEntry, type EditInput, type RecordEntry } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { imageVersion } from '../image-version.ts';
import { namingInputs } from '../naming-inputs.ts';
import { imageEntry, readOverlay } from '../overlay-state.ts';
import { authorFor, runProvenance } from '../provenance.ts';
import { recordedVersions } from './recorded-versions.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Result = StepResult<OutputsOf<typeof step>>;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<Result> {
  const { conventions } = ctx;
  const { gitopsRepoUrl: url, deployEnv, appName } = inputs;
  const git = ctx.git.of(url);
  const name = { project: inputs.projectName, app: appName };
  const folder = conventions.overlayOf(deployEnv, name);
  const branch = inputs.gitopsBranch ?? conventions.branchOf(deployEnv);
  const overlay = await namingInputs({ ref: 'gitopsBranch' }, () => readOverlay(git, url, branch, folder));
  const image = imageEntry(overlay, conventions.imageOf(name), folder).name;

  const order = inputs.requestedAt ?? ctx.clock.now().toISOString();
  const key = ['rollback', deployEnv, inputs.to, order].join(' ');
  const versions = await recordedVersions(git, { url, branch, folder, image });
  const wanted = wantedVersion(versions, inputs.to, key);
  if (wanted === undefined) throw nothingToRestore(inputs.to, folder, versions.slice(1).map(describeEntry));

  const landed = await git.land({
    url,
    branch,
    edits: [editFor(wanted, { folder, image, key, order }, ctx)],
    message: `Roll ${appName} back to ${wanted.tag ?? wanted.digest} in ${deployEnv}`,
    deadlineSeconds: inputs.deadlineSeconds,
    dryRun: ctx.dryRun,
    ...authorFor(ctx.run),
  });
  for (const note of landed.notes) ctx.log.info(note);
  if (landed.outcome === 'superseded') throw overtaken(landed.by, order, deployEnv);
  const verb = { landed: 'is', 'would land': 'would be', 'already there': 'was already' }[landed.outcome];
  return {
    changed: landed.changed,
    outputs: { image, imageTag: wanted.tag, digest: wanted.digest, commit: landed.commit, gitopsBranch: branch },
    summary: `${deployEnv} ${verb} back at ${describeEntry(wanted)}`,
    ...('diff' in landed ? { diff: landed.diff } : {}),
  };
}

/** What to go back to. A retry finds what its first run has put in place, and asks for nothing else. */
function wantedVersion(versions: readonly RecordEntry[], to: string, key: string): RecordEntry | undefined {
  const [current, ...earlier] = versions;
  if (current?.key === key) return current;
  if (to !== 'previous') return versions.find((entry) => isMeant(entry, to));
  return earlier.find((entry) => !isSameImage(entry, current));
}

/** Going back to another tag of the same image would change nothing that runs. */
function isSameImage(left: RecordEntry, right: RecordEntry | undefined): boolean {
  if (left.digest !== undefined && right?.digest !== undefined) return left.digest === right.digest;
  return left.tag === right?.tag;
}

function editFor(
  wanted: RecordEntry,
  { folder, image, key, order }: { folder: string; image: string; key: string; order: string },
  ctx: ContextOf<typeof step>,
): EditInput {
  const { sourceRepository, sourceCommit, promotedFrom } = wanted;
  return {
    kind: 'kustomize-set-image',
    version: 1,
    folder,
    image,
    to: imageVersion({ imageTag: wanted.tag, digest: wanted.digest }),
    pin: 'as-listed',
    record: ctx.conventions.config.record === 'none' ? 'none' : 'write',
    provenance: {
      key,
      at: ctx.clock.now().toISOString(),
      order,
      ...(sourceRepository === undefined ? {} : { sourceRepository }),
      ...(sourceCommit === undefined ? {} : { sourceCommit }),
      ...(promotedFrom === undefined ? {} : { promotedFrom }),
      ...runProvenance(ctx.run),
    },
  };
}

function isMeant(entry: RecordEntry, to: string): boolean {
  return entry.tag === to || entry.digest === to || (to.length >= 7 && entry.sourceCommit?.startsWith(to) === true);
}

function nothingToRestore(to: string, folder: string, earlier: string[]): StepError {
  const known =
    earlier.length === 0 ? 'Nothing else was recorded there.' : `Recorded there: ${earlier.slice(0, 5).join('; ')}.`;
  return new StepError(`${folder} has no ${to === 'previous' ? 'earlier image' : `record of ${to}`} to go back to`, {
    hint: known,
  });
}

/** A rollback that was asked for before what is in place is not what anybody wants any more, and has to be said. */
function overtaken(by: RecordEntry, order: string, deployEnv: string): StepError {
  return new StepError(`${describeEntry(by)} came to ${deployEnv} after this rollback was asked for, ${order}`, {
    hint: 'If it shall still go back, ask for the rollback again.',
  });
}
