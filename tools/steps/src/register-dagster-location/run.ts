import { type InputsOf, type OutputsOf, StepError, type StepResult } from '@luban-ci/core';
import { type DagsterLocation, readDagsterLocations, textOf, workspaceName } from '@luban-ci/edits';
import type { LandRequest } from '@luban-ci/git';
import type { ContextOf } from '../capabilities/capabilities.ts';
import { authorFor } from '../provenance.ts';
import { awaitingMerge, type Outcome, setUpResult } from '../set-up/outcome.ts';
import { setUpMessage, titleOf } from '../set-up/repository-set-up.ts';
import { type LocationSetUp, locationSetUp } from './place.ts';
import { proposeLocation, removeLeftOver } from './propose-location.ts';
import type { step } from './step.ts';

type Inputs = InputsOf<typeof step>;
type Context = ContextOf<typeof step>;

export async function run(inputs: Inputs, ctx: Context): Promise<StepResult<OutputsOf<typeof step>>> {
  const setUp = await locationSetUp(inputs, ctx);
  const { url: gitopsRepoUrl, branch: gitopsBranch, server, location } = setUp;
  const { outcome, waitsFor } = await ensureLocation(setUp, inputs, ctx);
  const locationAddress = `${server.host}:${server.port}`;
  const outputs = { gitopsRepoUrl, gitopsBranch, locationAddress, pullRequestUrl: waitsFor };
  return awaitingMerge(setUpResult(`The code location ${location}`, [outcome], ctx.dryRun, outputs), waitsFor);
}

interface Done {
  outcome: Outcome;
  waitsFor?: string | undefined;
}

/** Reads, compares, lands the difference as one commit; what nobody may push to is asked for by a pull request. */
async function ensureLocation(setUp: LocationSetUp, { remove, ...inputs }: Inputs, ctx: Context): Promise<Done> {
  const name = `CodeLocation ${titleOf(setUp)}/${setUp.folder}/${workspaceName} ${setUp.location}`;
  const found = await registered(setUp, remove);
  if (remove && found === undefined) return { outcome: { name, outcome: 'absent', diff: '' } };
  if (remove && !isAsWanted(setUp, found)) return { outcome: { name, outcome: 'foreign', diff: '' } };
  const request = { ...requestFor(setUp, remove, ctx), deadlineSeconds: inputs.deadlineSeconds };
  const planned = await setUp.git.land({ ...request, dryRun: true });
  if (planned.outcome !== 'would land') {
    await removeLeftOver(setUp, request.branch);
    return { outcome: { name, outcome: 'unchanged', diff: '' } };
  }
  const before = found === undefined ? 'created' : 'updated';
  const outcome: Outcome = { name, outcome: remove ? 'removed' : before, diff: planned.diff };
  if (ctx.dryRun) return { outcome };
  const isProtected = (await setUp.forge.getBranch(setUp.name, setUp.branch))?.protected === true;
  if (setUp.isFirst && !isProtected) {
    await setUp.git.land(request);
    return { outcome };
  }
  const { changed, waitsFor } = await proposeLocation(setUp, request, { remove, mode: inputs.mode });
  return changed ? { outcome, waitsFor } : { outcome: { name, outcome: 'unchanged', diff: '' }, waitsFor };
}

/**
 * What the platform has of it now. A platform that is gone has nothing left to take away.
 *
 * @throws StepError when there is no platform to register at
 */
async function registered(setUp: LocationSetUp, remove: boolean): Promise<DagsterLocation | undefined> {
  const { git, url, branch, folder, location, forge, name, platform, env } = setUp;
  const isThere =
    (await forge.getRepository(name)) !== undefined && (await forge.getBranch(name, branch)) !== undefined;
  if (!isThere && remove) return undefined;
  const files = isThere ? (await git.readFiles(url, `refs/heads/${branch}`, [folder])).files : new Map();
  if (files.size === 0 && !remove) {
    throw new StepError(`There is no Dagster platform ${platform} in ${env}: ${url} has no ${folder} on ${branch}`, {
      hint: 'Set the platform up first (luban-dagster-platform-setup-template), or name another one.',
    });
  }
  const path = `${folder}/${workspaceName}`;
  const file = files.get(path);
  const all = file === undefined ? [] : readDagsterLocations(textOf(file, path), path);
  return all.find((each) => each.name === location);
}

/** An entry that somebody changed is theirs. */
function isAsWanted({ server }: LocationSetUp, found: DagsterLocation | undefined): boolean {
  return found?.host === server.host && found.port === String(server.port);
}

function requestFor(setUp: LocationSetUp, remove: boolean, ctx: Context): LandRequest {
  const { url, branch, location, env, server, mark } = setUp;
  const what = remove
    ? `Take the code location ${location} out of ${env}`
    : `Register the code location ${location} in ${env}`;
  return {
    ...{ url, branch, edits: [setUp.edit(remove ? null : server)] },
    message: setUpMessage(what, mark),
    ...authorFor(ctx.run),
  };
}
