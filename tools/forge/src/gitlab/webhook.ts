import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { Ensured, FoundWebhook, RepositoryName, Webhook, WebhookEvent } from '../forge.ts';
import { projectPath } from './repository.ts';
import { GitLabHook } from './schema.ts';

/**
 * GitLab sends the secret as it is, in `X-Gitlab-Token`, and from 17.1 on as the bearer token that event sources of Argo
 * Events ask for; it has an event of its own for tags.
 */
export async function ensureWebhook(
  api: ApiClient,
  name: RepositoryName,
  hook: Webhook,
): Promise<Ensured<{ url: string }>> {
  const action = `Setting the webhook of ${name.owner}/${name.repository}`;
  const path = projectPath(name, 'hooks');
  const present = await readHook(api, name, hook.url, action);
  const events = {
    push_events: hook.events.includes('push'),
    tag_push_events: hook.events.includes('push'),
    merge_requests_events: hook.events.includes('change-request'),
    note_events: hook.events.includes('comment'),
  };
  const bearer = { key: 'Authorization', value: `Bearer ${hook.secret}` };
  const body = {
    url: hook.url,
    token: hook.secret,
    custom_headers: [bearer],
    enable_ssl_verification: true,
    ...events,
  };
  await (present === undefined
    ? api.send({ action, method: 'POST', path, body, expected: [201] })
    : api.send({ action, method: 'PUT', path: [...path, String(present.id)], body, expected: [200] }));
  return { changed: present === undefined || differs(present, events), value: { url: hook.url } };
}

async function readHook(api: ApiClient, name: RepositoryName, url: string, action: string) {
  const hooks = await api.list(z.array(GitLabHook), { action, path: projectPath(name, 'hooks') });
  return hooks.find((each) => each.url === url);
}

export async function findWebhook(
  api: ApiClient,
  name: RepositoryName,
  url: string,
): Promise<FoundWebhook | undefined> {
  const found = await readHook(api, name, url, `Reading the webhooks of ${name.owner}/${name.repository}`);
  if (found === undefined) return undefined;
  const told: [WebhookEvent, boolean][] = [
    ['push', found.push_events && found.tag_push_events],
    ['change-request', found.merge_requests_events],
    ['comment', found.note_events],
  ];
  return { url, events: told.flatMap(([event, isOn]) => (isOn ? [event] : [])), active: true };
}

export async function deleteWebhook(api: ApiClient, name: RepositoryName, url: string): Promise<{ changed: boolean }> {
  const action = `Removing the webhook of ${name.owner}/${name.repository}`;
  const found = await readHook(api, name, url, action);
  if (found === undefined) return { changed: false };
  const path = projectPath(name, 'hooks', String(found.id));
  const answer = await api.send({ action, method: 'DELETE', path, expected: [204, 404] });
  return { changed: answer.status === 204 };
}

type Events = Omit<z.output<typeof GitLabHook>, 'id' | 'url'>;

function differs(present: Events, wanted: Events): boolean {
  return (
    present.push_events !== wanted.push_events ||
    present.tag_push_events !== wanted.tag_push_events ||
    present.merge_requests_events !== wanted.merge_requests_events ||
    present.note_events !== wanted.note_events
  );
}
