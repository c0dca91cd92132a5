import { InputError } from '@luban-ci/core';
import { z } from 'zod';
import {
  type Ensured,
  type FoundWebhook,
  type RepositoryName,
  type Webhook,
  type WebhookEvent,
  webhookEvents,
} from '../forge.ts';
import { required } from '../parsed.ts';
import type { AzureApi } from './azure-api.ts';
import { readRepository } from './repository.ts';
import { AzureSubscription } from './schema.ts';
import { collectionPath } from './url.ts';

type Subscription = z.output<typeof AzureSubscription>;

/** "Service hooks events". */
const eventTypes: Record<WebhookEvent, readonly string[]> = {
  push: ['git.push'],
  'change-request': ['git.pullrequest.created', 'git.pullrequest.updated', 'git.pullrequest.merged'],
  comment: ['ms.vss-code.git-pullrequest-comment-event'],
};

/** One subscription for each event; those of events that are no longer wanted go. */
export async function ensureWebhook(
  api: AzureApi,
  name: RepositoryName,
  hook: Webhook,
): Promise<Ensured<{ url: string }>> {
  const action = `Setting the webhook of ${name.owner}/${name.repository}`;
  if (!hook.url.startsWith('https://'))
    throw new InputError(`${action} failed: Azure DevOps sends secrets to https only`);
  const { path, repository, own } = await ownSubscriptions(api, name, hook.url, action);
  const wanted = hook.events.flatMap((event) => eventTypes[event]);
  for (const eventType of wanted) {
    const body = subscriptionOf(eventType, { project: repository.project.id, repository: repository.id }, hook);
    const present = own.find((each) => each.eventType === eventType);
    await (present === undefined
      ? api.send({ action, method: 'POST', path, body, expected: [200, 201] })
      : api.send({ action, method: 'PUT', path: [...path, present.id], body, expected: [200] }));
  }
  const surplus = own.filter((each) => !wanted.includes(each.eventType));
  await removeAll(api, path, surplus, action);
  return { changed: surplus.length > 0 || !wanted.every((type) => isOn(own, type)), value: { url: hook.url } };
}

/** An event is told where all of its subscriptions are there and on. */
export async function findWebhook(api: AzureApi, name: RepositoryName, url: string): Promise<FoundWebhook | undefined> {
  const action = `Reading the webhooks of ${name.owner}/${name.repository}`;
  const { own } = await ownSubscriptions(api, name, url, action);
  if (own.length === 0) return undefined;
  const known = webhookEvents.filter((event) =>
    eventTypes[event].every((type) => own.some((each) => each.eventType === type)),
  );
  return { url, events: known, active: own.every((each) => isOn(own, each.eventType)) };
}

export async function deleteWebhook(api: AzureApi, name: RepositoryName, url: string): Promise<{ changed: boolean }> {
  const action = `Removing the webhook of ${name.owner}/${name.repository}`;
  const { path, own } = await ownSubscriptions(api, name, url, action);
  await removeAll(api, path, own, action);
  return { changed: own.length > 0 };
}

/** Those that send what happens in this repository to this address. */
async function ownSubscriptions(api: AzureApi, name: RepositoryName, url: string, action: string) {
  const repository = await required(readRepository(api, name, action, [200]));
  const path = collectionPath(api.root, name.owner, 'hooks', 'subscriptions');
  const query = { publisherId: 'tfs', consumerId: 'webHooks' };
  const known = await api.list(z.array(AzureSubscription), { action, path, query });
  const own = known.filter(
    (each) => each.consumerInputs?.['url'] === url && each.publisherInputs?.['repository'] === repository.id,
  );
  return { path, repository, own };
}

async function removeAll(
  api: AzureApi,
  path: readonly string[],
  subscriptions: readonly Subscription[],
  action: string,
): Promise<void> {
  for (const { id } of subscriptions)
    await api.send({ action, method: 'DELETE', path: [...path, id], expected: [200, 204, 404] });
}

/** Azure switches a subscription off whose deliveries have failed for long. */
function isOn(own: readonly Subscription[], eventType: string): boolean {
  return own.some((each) => each.eventType === eventType && (each.status ?? 'enabled') === 'enabled');
}

/** Azure signs nothing: the secret is sent as a bearer token, which is what event sources of Argo Events ask for. */
function subscriptionOf(eventType: string, place: { project: string; repository: string }, hook: Webhook) {
  return {
    publisherId: 'tfs',
    eventType,
    resourceVersion: '1.0',
    consumerId: 'webHooks',
    consumerActionId: 'httpRequest',
    publisherInputs: { projectId: place.project, repository: place.repository },
    consumerInputs: { url: hook.url, httpHeaders: `Authorization:Bearer ${hook.secret}` },
    status: 'enabled',
  };
}
