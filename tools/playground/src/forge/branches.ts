import { z } from 'zod';
import { type CommitInfo, git, listCommits, listTips, tipOf } from '../git/git-repository.ts';
import type { Protection, RepositoryState } from '../repository-state.ts';
import { readJson } from '../server/read-body.ts';
import { empty, HttpFailure, json, type Reply } from '../server/reply.ts';
import { paged } from './pages.ts';
import { branchShape, protectionShape } from './shapes.ts';
import { type ApiCall, notFound, repositoryOf, requireWrite, type World } from './world.ts';

export interface Branch {
  name: string;
  commit: CommitInfo;
}

const ProtectionBody = z.object({
  rule_name: z.string().optional(),
  branch_name: z.string().optional(),
  enable_push: z.boolean().optional(),
  enable_push_whitelist: z.boolean().optional(),
  push_whitelist_usernames: z.array(z.string()).nullish(),
  required_approvals: z.int().min(0).optional(),
  enable_status_check: z.boolean().optional(),
  status_check_contexts: z.array(z.string()).nullish(),
});

export async function getBranches(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const state = await repositoryOf(world, parameters);
  const tips = await listTips(world.store.gitFolder(state.owner, state.name));
  const branches = await Promise.all(tips.map(({ name }) => readBranch(world, state, name)));
  const shapes = branches.filter((each) => each !== undefined).map((each) => branchShape(world, state, each));
  return paged(call, `repos/${state.owner}/${state.name}/branches`, shapes);
}

export async function getBranch(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  const branch = await readBranch(call.world, state, parameters['rest'] ?? '');
  if (branch === undefined) throw notFound();
  return json(200, branchShape(call.world, state, branch));
}

export async function deleteBranch(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const state = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, state.owner);
  const name = parameters['rest'] ?? '';
  const folder = world.store.gitFolder(state.owner, state.name);
  const commit = await tipOf(folder, name);
  if (commit === undefined) throw notFound();
  if (name === state.defaultBranch) throw new HttpFailure(403, 'can not delete default branch');
  if (state.protections.some(({ branch }) => branch === name)) throw new HttpFailure(403, 'branch protected');
  await git(folder, ['update-ref', '-d', `refs/heads/${name}`, commit]);
  await world.announce(state, [{ before: commit, after: '0'.repeat(40), ref: `refs/heads/${name}` }], call.user);
  return empty(204);
}

export async function getProtections(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  return json(200, state.protections.map(protectionShape));
}

export async function getProtection(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  const rule = state.protections.find(({ branch }) => branch === parameters['rest']);
  if (rule === undefined) throw notFound();
  return json(200, protectionShape(rule));
}

export async function postProtection(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const { owner, name } = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, owner);
  const body = await readJson(call.request, ProtectionBody);
  const branch = body.rule_name ?? body.branch_name ?? '';
  if (branch === '' || /[*?[\]{}\s]/.test(branch)) {
    throw new HttpFailure(422, 'rule_name: the playground protects branches by their exact name');
  }
  const rule = await world.store.update(owner, name, (state) => {
    if (state.protections.some((each) => each.branch === branch)) {
      throw new HttpFailure(403, 'Branch protection already exist');
    }
    const created = merged(unprotected(branch, world.clock.now().toISOString()), body, world);
    state.protections.push(created);
    return created;
  });
  return json(201, protectionShape(rule));
}

export async function patchProtection(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const { owner, name } = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, owner);
  const body = await readJson(call.request, ProtectionBody);
  const rule = await world.store.update(owner, name, (state) => {
    const at = state.protections.findIndex(({ branch }) => branch === parameters['rest']);
    const present = state.protections[at];
    if (present === undefined) throw notFound();
    const changed = merged(present, body, world);
    state.protections[at] = changed;
    return changed;
  });
  return json(200, protectionShape(rule));
}

/** Branches that an account's push may not touch. */
export function refusedBranches(state: RepositoryState, user: string): string[] {
  const mayPush = (rule: Protection): boolean =>
    rule.enablePush && (rule.pushers.length === 0 || rule.pushers.includes(user));
  return state.protections.filter((rule) => !mayPush(rule)).map(({ branch }) => branch);
}

async function readBranch(world: World, state: RepositoryState, name: string): Promise<Branch | undefined> {
  const folder = world.store.gitFolder(state.owner, state.name);
  const tip = await tipOf(folder, name);
  if (tip === undefined) return undefined;
  const [commit] = await listCommits(folder, [tip], 1);
  return commit && { name, commit };
}

function unprotected(branch: string, now: string): Protection {
  return {
    branch,
    requiredApprovals: 0,
    statusChecks: [],
    enableStatusCheck: false,
    pushers: [],
    enablePush: false,
    createdAt: now,
    updatedAt: now,
  };
}

function merged(rule: Protection, body: z.output<typeof ProtectionBody>, world: World): Protection {
  return {
    ...rule,
    requiredApprovals: body.required_approvals ?? rule.requiredApprovals,
    statusChecks: body.status_check_contexts ?? rule.statusChecks,
    enableStatusCheck: body.enable_status_check ?? rule.enableStatusCheck,
    enablePush: body.enable_push ?? rule.enablePush,
    pushers: body.enable_push_whitelist === false ? [] : (body.push_whitelist_usernames ?? rule.pushers),
    updatedAt: world.clock.now().toISOString(),
  };
}
