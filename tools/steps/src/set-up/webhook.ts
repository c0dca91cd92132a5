import type { Conventions, GitProvider } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import { type Ensured, type Removed, showDifference } from '@luban-ci/kube';
import { type RepositorySetUp, shownAs, titleOf } from './repository-set-up.ts';

/** Where a forge delivers pushes: each kind has an address of its own, as each proves a delivery in its own way. */
export function usualAddress(provider: GitProvider, { config }: Conventions): string | undefined {
  const base = config.webhook_url;
  return base === undefined ? undefined : `${base.replace(/\/+$/, '')}/${provider}/push`;
}

export interface WantedWebhook {
  url: string;
  secret: string;
}

/** @throws InputError without a secret: a delivery that proves nothing could be anybody's */
export function wantedWebhook(url: string, secret: string | undefined): WantedWebhook {
  if (secret !== undefined) return { url, secret };
  throw new InputError(`A webhook to ${url} without a secret would be believed whoever sent it`, [
    { field: 'webhookSecret', expected: 'required: the secret that the receiver checks deliveries with' },
  ]);
}

const events = ['push'] as const;

/**
 * The hook with the secret of now; upstream-N3: an older one is replaced each time, because no forge tells which one it has.
 *
 * @param isThere whether the repository is; in a dry run of a new one it is not
 */
export async function ensureWebhook(
  setUp: RepositorySetUp,
  { url, secret }: WantedWebhook,
  isThere: boolean,
): Promise<Ensured> {
  const { forge, name, dryRun } = setUp;
  const found = isThere ? await forge.findWebhook(name, url) : undefined;
  const isSame = found?.active === true && found.events.length === 1 && found.events[0] === events[0];
  if (!dryRun) await forge.ensureWebhook(name, { url, secret, events });
  const title = `Webhook ${titleOf(setUp)} to ${url}`;
  if (isSame) return { name: title, outcome: 'unchanged', diff: '' };
  const before = found && { events: [...found.events], active: found.active };
  const diff = showDifference(shownAs('Webhook', setUp), before, { events: [...events], active: true });
  return { name: title, outcome: found === undefined ? 'created' : 'updated', diff };
}

export async function removeWebhook(setUp: RepositorySetUp, url: string): Promise<Removed> {
  const { forge, name, dryRun } = setUp;
  const title = `Webhook ${titleOf(setUp)} to ${url}`;
  const repository = await forge.getRepository(name);
  const found = repository === undefined ? undefined : await forge.findWebhook(name, url);
  if (found === undefined) return { name: title, outcome: 'absent', diff: '' };
  if (!dryRun) await forge.deleteWebhook(name, url);
  const before = { events: [...found.events], active: found.active };
  return { name: title, outcome: 'removed', diff: showDifference(shownAs('Webhook', setUp), before, undefined) };
}
