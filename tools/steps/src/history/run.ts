import { InputError, type InputsOf, type OutputsOf, type StepResult } from '@luban-ci/core';
import { kustomizationPaths, recordName } from '@luban-ci/edits';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { inFolder, type Overlay, readEnvironments } from '../environments/read-environments.ts';
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
  const [state] = await readEnvironments(git, url, [deployEnv], ctx.conventions);
  const conventional = ctx.conventions.overlayOf(deployEnv);
  const { folder, application } = wantedOverlay(state?.overlays ?? [], inputs, { deployEnv, branch, conventional });

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
function wantedOverlay(
  overlays: readonly Overlay[],
  { gitopsRepoUrl, appName }: Inputs,
  { deployEnv, branch, conventional }: { deployEnv: string; branch: string; conventional: string },
): Overlay {
  const named = overlays.filter(({ application }) => appName === undefined || application === appName);
  const [only, ...others] = named;
  const found = named.find(({ folder }) => folder === conventional) ?? (others.length === 0 ? only : undefined);
  if (found !== undefined) return found;
  const known = overlays.map(({ application }) => application);
  const several = named.length > 1 ? `several applications in ${deployEnv}` : `no such application in ${deployEnv}`;
  throw new InputError(`${gitopsRepoUrl} has ${several} on ${branch}`, [
    {
      field: 'appName',
      expected: `expected one of ${known.slice(0, 20).join(', ') || 'none; nothing was set up there'}`,
    },
  ]);
}
