import type { Conventions } from '@luban-ci/conventions';
import { InputError, type InputsOf, type OutputsOf, type StepResult } from '@luban-ci/core';
import { kustomizationPaths, recordName } from '@luban-ci/edits';
import type { Git } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { inFolder } from '../environments/paths.ts';
import { type EnvironmentsWanted, type Overlay, readEnvironments } from '../environments/read-environments.ts';
import { eventLine } from './event-line.ts';
import { imageEvents } from './image-events.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;

/** A commit may be about something else in the same file, so more of them are looked at than are listed. */
const versionsPerEvent = 3;

export async function run(inputs: Inputs, ctx: ContextOf<typeof step>): Promise<StepResult<OutputsOf<typeof step>>> {
  const { gitopsRepoUrl: url, image, limit } = inputs;
  const deployEnv = inputs.deployEnv ?? ctx.conventions.firstEnvironment();
  const branch = ctx.conventions.branchOf(deployEnv);
  const git = ctx.git.of(url);
  const { folder, application } = await wantedOverlay(git, inputs, { deployEnv, branch }, ctx.conventions);

  const paths = [...kustomizationPaths(folder), inFolder(folder, recordName)];
  const history = await git.historyOfFiles({ url, branch, paths, limit: limit * versionsPerEvent + 1 });
  const all = imageEvents(history, folder).filter((each) => image === undefined || each.image === image);
  const events = all.slice(0, limit);
  for (const event of events) ctx.log.info(eventLine(event));
  const more = history.more || all.length > limit;
  return {
    changed: false,
    outputs: { application, deployEnv, gitopsBranch: branch, events: events.map((each) => ({ ...each })), more },
    summary: `${application} in ${deployEnv}: ${events.length} ${events.length === 1 ? 'event' : 'events'}${more ? ', and older ones' : ''}`,
  };
}

/** The one that is named, else the conventional one, else the only one. @throws InputError naming those there are */
async function wantedOverlay(
  git: Git,
  { gitopsRepoUrl: url, appName: application }: Inputs,
  { deployEnv, branch }: { deployEnv: string; branch: string },
  conventions: Conventions,
): Promise<Overlay> {
  const environments = [deployEnv];
  const named = await overlaysIn(git, url, { environments, application }, conventions);
  const usual = conventions.overlayOf(deployEnv, { project: '', app: application ?? '' });
  const conventional = named.find(({ folder }) => folder === usual);
  const [only, ...others] = named;
  const found = conventional ?? (others.length === 0 ? only : undefined);
  if (found !== undefined) return found;
  const all = await overlaysIn(git, url, { environments }, conventions);
  const known = all.slice(0, 20).map((each) => each.application);
  const what = named.length > 1 ? 'several applications' : 'no such application';
  throw new InputError(`${url} has ${what} in ${deployEnv} on ${branch}`, [
    { field: 'appName', expected: `expected one of ${known.join(', ') || 'none; nothing is set up there'}` },
  ]);
}

async function overlaysIn(
  git: Git,
  url: string,
  wanted: EnvironmentsWanted,
  conventions: Conventions,
): Promise<readonly Overlay[]> {
  const [state] = await readEnvironments(git, url, wanted, conventions);
  return state?.overlays ?? [];
}
