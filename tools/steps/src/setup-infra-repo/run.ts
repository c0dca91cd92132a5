import type { InputsOf, OutputsOf, StepResult } from '@luban-ci/core';
import {
  applyEdits,
  type Files,
  type RepositoryFile,
  readSetUpRecord,
  setUpFilesEdit,
  setUpRecordName,
} from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { ensureFiles, type FilesEnsured, withRecorded } from '../infra/ensure-files.ts';
import { type InfraSetUp, infraName, infraSetUp } from '../infra/infra-place.ts';
import { authorFor } from '../provenance.ts';
import { ensureContent } from '../set-up/ensure-content.ts';
import { ensureRepository } from '../set-up/ensure-repository.ts';
import { awaitingMerge, type Outcome, setUpResult } from '../set-up/outcome.ts';
import { removeRepository } from '../set-up/remove-repository.ts';
import { titleOf } from '../set-up/repository-set-up.ts';
import { knownValues } from './known-values.ts';
import { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const { project, app } = infraName(inputs, ctx.conventions);
  const setUp = await infraSetUp(inputs, step.id, `${project}/${app}`, ctx);
  const { url: infraRepoUrl } = setUp;
  const { outcomes, waitsFor } = inputs.remove
    ? { outcomes: [await removeRepository(setUp)] }
    : await ensureAll(setUp, inputs, ctx);
  const outputs = { infraRepoUrl, pullRequestUrl: waitsFor };
  return awaitingMerge(setUpResult(`The infra repository ${infraRepoUrl}`, outcomes, ctx.dryRun, outputs), waitsFor);
}

async function ensureAll(setUp: InfraSetUp, inputs: Inputs, ctx: Context): Promise<FilesEnsured> {
  const template = inputs.template ?? `infra-${inputs.infraType}-base`;
  // What cannot be rendered is said before anything is made.
  const files = await ctx.templates.render(template, knownValues(setUp), inputs.templateValues);
  const message = `Begin with ${template}`;
  const { repository, ensured } = await ensureRepository(setUp);
  const content = await ensureContent(setUp, repository, {
    ...{ branches: [setUp.branch], files: asWritten(files), message },
    ...authorFor(ctx.run),
  });
  const outcomes: Outcome[] = [ensured, ...content.outcomes];
  // An empty repository was just filled with all of it; what a branch would have that is not there was told with it.
  if (content.wasEmpty || (ctx.dryRun && content.missing.length > 0)) return { outcomes };
  const base = await ensureBase(setUp, files, { template, inputs, ctx });
  return { ...base, outcomes: [...outcomes, ...base.outcomes] };
}

/** The template's files, and the record that says so. */
function asWritten(files: Files): Files {
  const { changes } = applyEdits([setUpFilesEdit(setUpRecordName, files)], new Map());
  const written = [...changes].flatMap(([path, file]): [string, RepositoryFile][] =>
    file === undefined ? [] : [[path, file]],
  );
  return new Map(written);
}

async function ensureBase(
  setUp: InfraSetUp,
  files: Files,
  { template, inputs, ctx }: { template: string; inputs: Inputs; ctx: Context },
): Promise<FilesEnsured> {
  const branch = `refs/heads/${setUp.branch}`;
  const { files: recorded } = await setUp.git.readFiles(setUp.url, branch, [setUpRecordName]);
  const wanted = withRecorded(files, readSetUpRecord(recorded, setUpRecordName).keys());
  const { files: present } = await setUp.git.readFiles(setUp.url, branch, [setUpRecordName, ...wanted.keys()]);
  const { mode, deadlineSeconds } = inputs;
  const about = { record: setUpRecordName, files: wanted, source: 'luban/infra-base', mode, deadlineSeconds };
  const name = `Files ${titleOf(setUp)} on ${setUp.branch}`;
  const message = `Bring the files of ${template} up to date`;
  return ensureFiles(setUp, { ...about, name, message, ...authorFor(ctx.run) }, present);
}
