import { z } from 'zod';
import { git, initRepository, listTips } from '../git/git-repository.ts';
import type { RepositoryState } from '../repository-state.ts';
import { isName } from '../server/path-segments.ts';
import { readJson } from '../server/read-body.ts';
import { empty, HttpFailure, json, type Reply } from '../server/reply.ts';
import { repositoryShape, userShape } from './shapes.ts';
import { type ApiCall, mayWrite, notFound, repositoryOf, requireWrite, type World } from './world.ts';

/** First segments of paths that are not owners. */
const reservedOwners = ['kubernetes', 'api', 'v2', '-', 'assets', 'user', 'admin', 'explore'];

const NewRepository = z.object({
  name: z.string(),
  description: z.string().default(''),
  private: z.boolean().default(false),
  default_branch: z.string().default('main'),
});
const NewOrganization = z.object({ username: z.string() });
const RepositoryEdit = z.object({
  default_branch: z.string().optional(),
  description: z.string().optional(),
  private: z.boolean().optional(),
});

export async function getUser(call: ApiCall): Promise<Reply> {
  return json(200, userShape(call.user.name));
}

export async function getOrganization(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const organizations = await call.world.store.organizations();
  const found = organizations.find(({ name }) => name === parameters['org']);
  if (found === undefined) throw notFound();
  return json(200, organizationShape(found.name));
}

export async function postOrganization(call: ApiCall): Promise<Reply> {
  const { username } = await readJson(call.request, NewOrganization);
  checkName(username, 'username');
  const isTaken = (await call.world.store.organizations()).some(({ name }) => name === username);
  if (isTaken || call.world.accounts.exists(username)) {
    throw new HttpFailure(422, `user already exists [name: ${username}]`);
  }
  await call.world.store.addOrganization({ name: username, members: [call.user.name] });
  return json(201, organizationShape(username));
}

export async function postUserRepository(call: ApiCall): Promise<Reply> {
  return createFrom(call, call.user.name);
}

export async function postOrganizationRepository(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const owner = parameters['org'] ?? '';
  const exists = (await call.world.store.organizations()).some(({ name }) => name === owner);
  if (!exists) throw notFound();
  if (!(await mayWrite(call.world, call.user, owner))) {
    throw new HttpFailure(403, `Given user is not allowed to create repository in organization ${owner}.`);
  }
  return createFrom(call, owner);
}

export async function getRepository(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  return repositoryReply(call.world, await repositoryOf(call.world, parameters), 200);
}

export async function patchRepository(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const present = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, present.owner);
  const edit = await readJson(call.request, RepositoryEdit);
  const branch = edit.default_branch;
  const folder = world.store.gitFolder(present.owner, present.name);
  if (branch !== undefined && !(await listTips(folder)).some(({ name }) => name === branch)) throw notFound();
  const state = await world.store.update(present.owner, present.name, async (each) => {
    each.description = edit.description ?? each.description;
    each.private = edit.private ?? each.private;
    each.defaultBranch = branch ?? each.defaultBranch;
    return each;
  });
  if (branch !== undefined) await git(folder, ['symbolic-ref', 'HEAD', `refs/heads/${branch}`]);
  return repositoryReply(world, state, 200);
}

export async function deleteRepository(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { owner, name } = await repositoryOf(call.world, parameters);
  await requireWrite(call.world, call.user, owner);
  await call.world.store.remove(owner, name);
  return empty(204);
}

/** Makes the bare repository and what the forge remembers of it. @throws HttpFailure 409 when there is one */
export async function createRepository(
  world: World,
  wanted: { owner: string; name: string; description: string; private: boolean; defaultBranch: string },
): Promise<RepositoryState> {
  checkName(wanted.owner, 'owner');
  checkName(wanted.name, 'name');
  if (!/^[A-Za-z0-9_][A-Za-z0-9._/-]{0,99}$/.test(wanted.defaultBranch) || wanted.defaultBranch.includes('..')) {
    throw new HttpFailure(422, '[default_branch]: GitRefName');
  }
  const others = await world.store.list();
  const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  if (others.some((each) => isSame(each.owner, wanted.owner) && isSame(each.name, wanted.name))) {
    throw new HttpFailure(409, 'The repository with the same name already exists.');
  }
  await initRepository(world.store.gitFolder(wanted.owner, wanted.name), wanted.defaultBranch);
  const state: RepositoryState = {
    ...wanted,
    id: Math.max(0, ...others.map(({ id }) => id)) + 1,
    createdAt: world.clock.now().toISOString(),
    nextId: 1,
    protections: [],
    pulls: [],
    statuses: [],
    hooks: [],
    labels: [],
  };
  await world.store.write(state);
  return state;
}

async function createFrom(call: ApiCall, owner: string): Promise<Reply> {
  const body = await readJson(call.request, NewRepository);
  const { name, description, default_branch: defaultBranch } = body;
  const wanted = { owner, name, description, private: body.private, defaultBranch };
  return repositoryReply(call.world, await createRepository(call.world, wanted), 201);
}

async function repositoryReply(world: World, state: RepositoryState, status: number): Promise<Reply> {
  const tips = await listTips(world.store.gitFolder(state.owner, state.name));
  return json(status, repositoryShape(world, state, tips.length === 0));
}

/** Whether a text may name an owner or a repository here. */
export function isFreeName(name: string): boolean {
  return isName(name) && !reservedOwners.includes(name.toLowerCase());
}

function checkName(name: string, field: string): void {
  if (isFreeName(name)) return;
  throw new HttpFailure(422, `[${field}]: only letters, digits, dash, dot and underscore, and no reserved name`);
}

function organizationShape(name: string) {
  const { login: _, ...account } = userShape(name);
  return { ...account, name, visibility: 'private' };
}
