import { createHmac } from 'node:crypto';
import { GitProvider } from '@luban-ci/conventions';
import { InputError } from '@luban-ci/core';
import { z } from 'zod';

/** A push as it is to be told. */
export interface Push {
  provider: GitProvider;
  gatewayUrl: string;
  repoUrl: string;
  /** Commit, or the name of a branch. */
  revision: string;
  /** In full. */
  gitRef: string;
  pusher: string;
  isForged: boolean;
}

/** What goes over the wire. */
export interface Delivery {
  url: string;
  headers: Record<string, string>;
  body: string;
}

const text = z.string().trim().optional();
const Variables = z.object({
  ...{ GATEWAY_URL: text, PROVIDER: text, APP_NAME: text, REPO_URL: text, REVISION: text },
  ...{ BRANCH: text, TAG: text, PUSHER: text, FORGED: text },
});

const gateway = 'https://webhook.luban.metasync.cc';

/** What the make variables ask for; empty ones say nothing. @throws InputError naming the variable that cannot be used */
export function pushOf(environment: Readonly<Record<string, string | undefined>>): Push {
  const given = Variables.parse(environment);
  const named = GitProvider.safeParse(given.PROVIDER || 'github');
  if (!named.success)
    throw new InputError(`PROVIDER is "${given.PROVIDER}"; expected one of ${GitProvider.options.join(', ')}`);
  const provider = named.data;
  const gatewayUrl = given.GATEWAY_URL || `${gateway}${provider === 'github' ? '/push' : `/${provider}/push`}`;
  if (!/^https?:\/\//.test(gatewayUrl))
    throw new InputError(`GATEWAY_URL is "${gatewayUrl}"; expected an http address`);
  const revision = given.REVISION || 'main';
  const branch = /^[0-9a-f]{40}$/.test(revision) ? given.BRANCH || 'main' : revision;
  return {
    ...{ provider, gatewayUrl, revision },
    repoUrl: given.REPO_URL || `https://github.com/metasync/${given.APP_NAME || 'cart-service'}.git`,
    gitRef: given.TAG ? `refs/tags/${given.TAG}` : `refs/heads/${branch}`,
    pusher: given.PUSHER || 'test-events-webhook',
    isForged: ['1', 'true', 'yes'].includes(given.FORGED ?? ''),
  };
}

/** A push as its forge delivers it: what our sensors read of it, and the proof that our event sources ask for. */
export function deliveryOf(push: Push, secret: string, now: Date): Delivery {
  const body = JSON.stringify(bodies[push.provider](push, now));
  const proof = push.isForged ? `${secret}-forged` : secret;
  const isSigned = push.provider === 'github' || push.provider === 'gitea';
  const headers = isSigned ? signed(body, proof) : { authorization: `Bearer ${proof}` };
  return { url: push.gatewayUrl, body, headers: { 'content-type': 'application/json', ...headers } };
}

/** https://docs.github.com/webhooks: Validating webhook deliveries. Gitea sends the same headers. */
function signed(body: string, secret: string): Record<string, string> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { 'x-github-event': 'push', 'x-hub-signature-256': `sha256=${signature}` };
}

const nothing = '0'.repeat(40);

const azure = ({ repoUrl, revision, gitRef, pusher }: Push, now: Date) => ({
  eventType: 'git.push',
  resource: {
    repository: { remoteUrl: repoUrl },
    refUpdates: [{ name: gitRef, oldObjectId: nothing, newObjectId: revision }],
    pushedBy: { uniqueName: pusher },
    date: now.toISOString(),
  },
});

const bodies: Record<GitProvider, (push: Push, now: Date) => object> = {
  github: ({ repoUrl, revision, gitRef, pusher }, now) => ({
    ref: gitRef,
    after: revision,
    repository: { clone_url: repoUrl, pushed_at: Math.floor(now.getTime() / 1000) },
    pusher: { name: pusher },
  }),
  gitea: ({ repoUrl, revision, gitRef, pusher }, now) => ({
    ref: gitRef,
    after: revision,
    repository: { clone_url: repoUrl, updated_at: `${now.toISOString().slice(0, 19)}Z` },
    pusher: { login: pusher },
  }),
  gitlab: ({ repoUrl, revision, gitRef, pusher }) => ({
    object_kind: gitRef.startsWith('refs/tags/') ? 'tag_push' : 'push',
    ref: gitRef,
    after: revision,
    project: { git_http_url: repoUrl },
    user_username: pusher,
  }),
  azure,
  ado: azure,
};
