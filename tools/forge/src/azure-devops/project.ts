import { type Clock, InputError, StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { Ensured, ForgeProject } from '../forge.ts';
import { wordsOf } from '../forge-failure.ts';
import { parsed, required } from '../parsed.ts';
import type { AzureApi } from './azure-api.ts';
import { AzureOperation, AzureProcess, AzureProject, AzureRepository } from './schema.ts';
import { azurePlace, collectionPath, projectPath } from './url.ts';

const mostLooks = 120;
const lookSeconds = 1;

/** A private project with git and the process that the organisation has as its default. */
export async function ensureProject(
  { api, clock }: { api: AzureApi; clock: Clock },
  owner: string,
  description: string,
): Promise<Ensured<{ url: string }>> {
  const { project } = azurePlace(api.root, owner);
  const url = addressOf(api, owner);
  const action = `Creating the project ${owner}`;
  if ((await readProject(api, owner, action)) !== undefined) return { changed: false, value: { url } };
  const answer = await api.send({
    action,
    method: 'POST',
    path: collectionPath(api.root, owner, 'projects'),
    body: {
      name: project,
      description,
      visibility: 'private',
      capabilities: {
        versioncontrol: { sourceControlType: 'Git' },
        processTemplate: { templateTypeId: await defaultProcess(api, owner, action) },
      },
    },
    expected: [202, 400, 409],
  });
  if (answer.status === 202) {
    await untilDone({ api, clock }, owner, action, parsed(AzureOperation, answer, action));
    return { changed: true, value: { url } };
  }
  // 400 also stands for "is there already" (TF200019): somebody beside us has just made it, or the name cannot be
  if ((await readProject(api, owner, action)) !== undefined) return { changed: false, value: { url } };
  throw new InputError(`${action} failed: Azure DevOps does not accept it${wordsOf(answer)}`);
}

/** Every project has a repository of its own name from the beginning; without commits it holds nothing. */
export async function findProject(api: AzureApi, owner: string): Promise<ForgeProject | undefined> {
  const action = `Reading the project ${owner}`;
  const found = await readProject(api, owner, action);
  if (found === undefined) return undefined;
  const path = projectPath(api.root, owner, 'git', 'repositories');
  const repositories = await api.list(z.array(AzureRepository), { action, path });
  const filled = repositories.filter(({ defaultBranch }) => defaultBranch != null).map(({ name }) => name);
  return { url: addressOf(api, owner), description: found.description ?? '', repositories: filled.toSorted() };
}

/** Services keep it for 28 days, from where people can have it back ("Restore a deleted project"). */
export async function deleteProject(
  { api, clock }: { api: AzureApi; clock: Clock },
  owner: string,
): Promise<{ changed: boolean }> {
  const action = `Deleting the project ${owner}`;
  const found = await readProject(api, owner, action);
  if (found === undefined) return { changed: false };
  const path = collectionPath(api.root, owner, 'projects', found.id);
  const answer = await api.send({ action, method: 'DELETE', path, expected: [202, 404] });
  if (answer.status === 404) return { changed: false };
  await untilDone({ api, clock }, owner, action, parsed(AzureOperation, answer, action));
  return { changed: true };
}

function addressOf(api: AzureApi, owner: string): string {
  const { collection, project } = azurePlace(api.root, owner);
  return `${api.root.href.replace(/\/$/, '')}/${[...collection, project].map(encodeURIComponent).join('/')}`;
}

function readProject(api: AzureApi, owner: string, action: string) {
  const path = collectionPath(api.root, owner, 'projects', azurePlace(api.root, owner).project);
  return api.read(AzureProject, { action, method: 'GET', path, expected: [200, 404] });
}

async function defaultProcess(api: AzureApi, owner: string, action: string): Promise<string> {
  const path = collectionPath(api.root, owner, 'process', 'processes');
  const processes = await api.list(z.array(AzureProcess), { action, path });
  const found = processes.find((each) => each.isDefault === true) ?? processes[0];
  if (found !== undefined) return found.id;
  throw new StepError(`${action} failed: the organisation has no process that projects could have`);
}

async function untilDone(
  { api, clock }: { api: AzureApi; clock: Clock },
  owner: string,
  action: string,
  started: z.output<typeof AzureOperation>,
): Promise<void> {
  let operation = started;
  for (let look = 0; look < mostLooks; look += 1) {
    if (operation.status === 'succeeded') return;
    if (operation.status === 'failed' || operation.status === 'cancelled') {
      throw new StepError(`${action} failed: Azure DevOps has given up (${operation.status})`);
    }
    await clock.sleep(lookSeconds * 1000);
    const path = collectionPath(api.root, owner, 'operations', operation.id);
    operation = await required(api.read(AzureOperation, { action, method: 'GET', path, expected: [200] }));
  }
  throw new StepError(`${action} failed: it is not there ${mostLooks * lookSeconds} s after it was asked for`, {
    hint: 'Run the step again; it goes on where it is.',
  });
}
