import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { blobIdOf, type Files, type RepositoryFile, readSetUpRecord, setUpRecordName } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { ensureFiles, type FilesEnsured, withRecorded } from '../infra/ensure-files.ts';
import { authorFor } from '../provenance.ts';
import { awaitingMerge, setUpResult } from '../set-up/outcome.ts';
import { titleOf } from '../set-up/repository-set-up.ts';
import { overlayValues } from './overlay-values.ts';
import { type OverlaySetUp, overlaySetUp } from './place.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const setUp = await overlaySetUp(inputs, ctx);
  const { url: infraRepoUrl, namespace, folder: overlay } = setUp;
  const outputs = { infraRepoUrl, namespace, overlay };
  if (inputs.infraType === 'cd' && setUp.isBuild) {
    const summary = `${namespace} is the namespace that builds run in: the infra repository of type ci has its overlay`;
    return { changed: false, outputs: { ...outputs, changedObjects: [], leftObjects: [] }, summary, diff: '' };
  }
  const { outcomes, waitsFor } = await (inputs.remove ? removeOverlay : ensureOverlay)(setUp, inputs, ctx);
  const told = { ...outputs, pullRequestUrl: waitsFor };
  return awaitingMerge(setUpResult(`The overlay ${overlay} of ${infraRepoUrl}`, outcomes, ctx.dryRun, told), waitsFor);
}

async function ensureOverlay(setUp: OverlaySetUp, inputs: Inputs, ctx: Context): Promise<FilesEnsured> {
  const template = inputs.template ?? `infra-${inputs.infraType}-overlay`;
  const rendered: Files = await ctx.templates.render(template, overlayValues(setUp, inputs), inputs.templateValues);
  const files: Files = new Map([...rendered].map(([path, file]) => [`${setUp.folder}/${path}`, file]));
  const present = await presentFiles(setUp);
  if (present === undefined) throw withoutRepository(setUp, inputs);
  const recorded = readSetUpRecord(present, recordOf(setUp)).keys();
  const wanted = withRecorded(files, recorded);
  return ensureFiles(setUp, wish(setUp, wanted, inputs, ctx), present);
}

/** The overlay goes as a whole or not at all: half of one is nothing that Argo CD could apply. */
async function removeOverlay(setUp: OverlaySetUp, inputs: Inputs, ctx: Context): Promise<FilesEnsured> {
  const present = (await presentFiles(setUp)) ?? new Map();
  const name = nameOf(setUp);
  if (present.size === 0) return { outcomes: [{ name, outcome: 'absent', diff: '' }] };
  const record = readSetUpRecord(present, recordOf(setUp));
  const theirs = [...present].filter(
    ([path, { bytes }]) => path !== recordOf(setUp) && blobIdOf(bytes) !== record.get(path),
  );
  if (theirs.length > 0 || record.size === 0) {
    const paths = theirs.map(([path]) => path.slice(setUp.folder.length + 1)).join(', ');
    return { outcomes: [{ name: `${name} (it holds somebody’s ${paths})`, outcome: 'foreign', diff: '' }] };
  }
  return ensureFiles(setUp, wish(setUp, withRecorded(new Map(), record.keys()), inputs, ctx), present);
}

/** Everything in the overlay; `undefined` where the repository or its branch is not there. */
async function presentFiles({ git, url, branch, folder, forge, name }: OverlaySetUp): Promise<Files | undefined> {
  const isThere =
    (await forge.getRepository(name)) !== undefined && (await forge.getBranch(name, branch)) !== undefined;
  return isThere ? (await git.readFiles(url, `refs/heads/${branch}`, [folder])).files : undefined;
}

function withoutRepository({ url, branch }: OverlaySetUp, { infraType }: Inputs): StepError {
  return new StepError(`There is no infra repository ${url} with a branch ${branch}`, {
    hint: `Set it up first (luban-infra-setup-template, or setup-infra-repo with infra-type ${infraType}).`,
  });
}

function wish(
  setUp: OverlaySetUp,
  files: ReadonlyMap<string, RepositoryFile | undefined>,
  { remove, mode, deadlineSeconds }: Inputs,
  { run: identity }: Context,
) {
  const { folder, namespace } = setUp;
  return {
    ...{ name: nameOf(setUp), record: recordOf(setUp), files, mode, deadlineSeconds },
    message: remove ? `Take away the overlay of ${namespace}` : `Set up the overlay of ${namespace}`,
    source: `luban/infra-${folder.slice('overlays/'.length)}`,
    ...authorFor(identity),
  };
}

function recordOf({ folder }: OverlaySetUp): string {
  return `${folder}/${setUpRecordName}`;
}

function nameOf(setUp: OverlaySetUp): string {
  return `Overlay ${titleOf(setUp)}/${setUp.folder}`;
}
