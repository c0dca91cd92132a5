import { resolve } from 'node:path';
import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { mayNameImage } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { knownEnvironments } from '../environments/known-environments.ts';
import { imageTable } from './image-table.ts';
import { imagesOfBranch, type NamedImage } from './images-of-branch.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Outputs = OutputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<Outputs>> {
  const environments = knownEnvironments(inputs.environments, ctx.conventions.config.environments);
  const branches = [...new Set(environments.map(ctx.conventions.branchOf))];
  const read = (await Promise.all(branches.map((branch) => readBranch(branch, inputs, ctx)))).flat();
  if (read.length === 0) throw withoutBranches(inputs.gitopsRepoUrl, branches);
  const found = read.map(({ branch, files }) => {
    const here = environments.filter((each) => ctx.conventions.branchOf(each) === branch);
    return imagesOfBranch({ ...inputs, files, branch, environments: here }, ctx.conventions);
  });

  const places = found.flatMap((each) => each.places);
  const notes = found.flatMap((each) => each.notes);
  for (const line of imageTable(places)) ctx.log.info(line);
  for (const note of notes) ctx.log.warn(note);
  return {
    changed: false,
    outputs: {
      places: places.map((each) => ({ ...each })),
      files: [...new Set(places.map(({ branch, file }) => `${branch}:${file}`))],
      notes,
      commits: read.map(({ branch, commit }) => ({ branch, commit })),
      fetched: read.reduce((sum, { fetched }) => sum + fetched, 0),
    },
    summary: summaryOf(inputs.image, places),
  };
}

async function readBranch(branch: string, { gitopsRepoUrl: url, cacheFolder }: Inputs, ctx: Context) {
  const folder = cacheFolder === undefined ? undefined : resolve(ctx.workspace, cacheFolder);
  const request = { url, branch, choice: 'files that may name an image', isWanted: mayNameImage, folder };
  const kept = await ctx.git.of(url).keptFiles(request);
  if (kept === undefined) ctx.log.warn(`${url} has no branch ${branch}`);
  return kept === undefined ? [] : [{ branch, ...kept }];
}

function withoutBranches(url: string, branches: readonly string[]): StepError {
  return new StepError(`${url} has no branch ${branches.join(', ')}`, {
    hint: 'Check the address, and which branch luban-config names for each environment.',
  });
}

function summaryOf(image: string, places: readonly NamedImage[]): string {
  if (places.length === 0) return `nothing names ${image}`;
  const counted = (values: readonly unknown[], what: string): string => {
    const count = new Set(values).size;
    return `${count} ${what}${count === 1 ? '' : 's'}`;
  };
  const applications = counted(
    places.map(({ application }) => application),
    'application',
  );
  const versions = counted(
    places.flatMap(({ tag, digest }) => ((tag ?? digest) === undefined ? [] : [`${tag} ${digest}`])),
    'version',
  );
  return `${image} is named ${places.length} times, by ${applications} in ${versions}`.replace('1 times', 'once');
}
