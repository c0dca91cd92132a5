import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import {
  type Ensured,
  type ForgeRepository,
  type FoundWebhook,
  type RepositoryName,
  type Webhook,
  type WebhookEvent,
  webhookEvents,
} from './forge.ts';
import { required } from './parsed.ts';
import { hookDiffers } from './same.ts';

/** The part of repositories and hooks that Gitea's API v1 took over from GitHub's REST API, path by path. */
export const RestRepository = z.object({
  name: z.string(),
  owner: z.object({ login: z.string() }),
  private: z.boolean(),
  default_branch: z.string(),
  clone_url: z.string(),
  html_url: z.string(),
  description: z.string().nullish(),
});

export const RestAccount = z.object({ login: z.string() });

const RestHook = z.object({
  id: z.int(),
  active: z.boolean(),
  events: z.array(z.string()).nullish(),
  config: z.object({ url: z.string().optional() }),
});

export function repositoryPath(name: RepositoryName, ...more: string[]): string[] {
  return ['repos', name.owner, name.repository, ...more];
}

export async function getRepository(api: ApiClient, name: RepositoryName): Promise<ForgeRepository | undefined> {
  const found = await api.read(RestRepository, {
    action: `Reading ${name.owner}/${name.repository}`,
    method: 'GET',
    path: repositoryPath(name),
    expected: [200, 404],
  });
  return found && asRepository(found);
}

export async function deleteRepository(api: ApiClient, name: RepositoryName): Promise<{ changed: boolean }> {
  const answer = await api.send({
    action: `Deleting ${name.owner}/${name.repository}`,
    method: 'DELETE',
    path: repositoryPath(name),
    expected: [204, 404],
  });
  return { changed: answer.status === 204 };
}

export async function setDefaultBranch(
  api: ApiClient,
  name: RepositoryName,
  branch: string,
): Promise<Ensured<ForgeRepository>> {
  const action = `Making ${branch} the default branch of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name);
  const present = await required(api.read(RestRepository, { action, method: 'GET', path, expected: [200] }));
  if (present.default_branch === branch) return { changed: false, value: asRepository(present) };
  const body = { default_branch: branch };
  const value = await required(api.read(RestRepository, { action, method: 'PATCH', path, body, expected: [200] }));
  if (value.default_branch !== branch) throw new StepError(`${action} failed: the forge has not taken it`);
  return { changed: true, value: asRepository(value) };
}

/** To both a push is one of a branch or a tag. */
const eventNames: Record<WebhookEvent, string> = {
  push: 'push',
  'change-request': 'pull_request',
  comment: 'issue_comment',
};

async function readHook(api: ApiClient, name: RepositoryName, url: string, action: string) {
  const hooks = await api.list(z.array(RestHook), { action, path: repositoryPath(name, 'hooks') });
  return hooks.find((each) => each.config.url === url);
}

export async function findWebhook(
  api: ApiClient,
  name: RepositoryName,
  url: string,
): Promise<FoundWebhook | undefined> {
  const found = await readHook(api, name, url, `Reading the webhooks of ${name.owner}/${name.repository}`);
  if (found === undefined) return undefined;
  const events = webhookEvents.filter((event) => found.events?.includes(eventNames[event]) === true);
  return { url, events, active: found.active };
}

export async function deleteWebhook(api: ApiClient, name: RepositoryName, url: string): Promise<{ changed: boolean }> {
  const action = `Removing the webhook of ${name.owner}/${name.repository}`;
  const found = await readHook(api, name, url, action);
  if (found === undefined) return { changed: false };
  const path = repositoryPath(name, 'hooks', String(found.id));
  const answer = await api.send({ action, method: 'DELETE', path, expected: [204, 404] });
  return { changed: answer.status === 204 };
}

/** `kind` is the field by which each forge says that a hook is an ordinary web hook. */
export async function ensureWebhook(
  api: ApiClient,
  name: RepositoryName,
  hook: Webhook,
  kind: { type: 'gitea' } | { name: 'web' },
): Promise<Ensured<{ url: string }>> {
  const action = `Setting the webhook of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'hooks');
  const present = await readHook(api, name, hook.url, action);
  const config = { url: hook.url, content_type: 'json', secret: hook.secret };
  const events = hook.events.map((event) => eventNames[event]);
  const body = { config, events, active: true };
  await (present === undefined
    ? api.send({ action, method: 'POST', path, body: { ...body, ...kind }, expected: [201] })
    : api.send({ action, method: 'PATCH', path: [...path, String(present.id)], body, expected: [200] }));
  return { changed: present === undefined || hookDiffers(present, events), value: { url: hook.url } };
}

/** Refuses to create something of an owner who is neither an organisation nor the token's own user. */
export async function refuseForeignOwner(api: ApiClient, owner: string, action: string): Promise<void> {
  const me = await required(api.read(RestAccount, { action, method: 'GET', path: ['user'], expected: [200] }));
  if (me.login.toLowerCase() === owner.toLowerCase()) return;
  throw new StepError(`${action} failed: the token, which is ${me.login}'s, sees no organisation ${owner}`, {
    hint: `Create the organisation ${owner}, or give a token that may create repositories in it.`,
  });
}

export function asRepository(found: z.output<typeof RestRepository>): ForgeRepository {
  return {
    owner: found.owner.login,
    repository: found.name,
    private: found.private,
    defaultBranch: found.default_branch,
    cloneUrl: found.clone_url,
    webUrl: found.html_url,
    description: found.description ?? '',
  };
}
