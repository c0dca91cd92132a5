import { StepError, silentLog, systemClock } from '@luban-ci/core';
import { createForge, type Forge } from '@luban-ci/forge';
import { z } from 'zod';
import { account, hookSecret, organization, type SuitePlace } from './place.ts';

/** The forge's API with a token of its own, and what the product's client has no business with. */
export interface SuiteForge {
  forge: Forge;
  token: string;
}

/** @returns the forge, with an organisation in it */
export async function openForge(place: SuitePlace): Promise<SuiteForge> {
  const token = await newToken(place);
  const signal = AbortSignal.timeout(120_000);
  const options = { baseUrl: place.forge, token, clock: systemClock, log: silentLog, signal };
  await newOrganization(place, organization);
  return { forge: await createForge('gitea', options), token };
}

/** A suite begins with nothing: what an earlier run has left of its repository is thrown away. */
export async function removeRepository(place: SuitePlace, name: string): Promise<void> {
  await call(place, 'DELETE', `repos/${organization}/${name}`, undefined, [204, 404]);
}

/** The forge tells the event source of the cluster of every push. */
export async function givenWebhook(place: SuitePlace, repository: string): Promise<void> {
  const { forge } = await openForge(place);
  const url = 'http://gitea-eventsource-svc.luban-ci.svc:12000/gitea/push';
  await forge.ensureWebhook({ owner: organization, repository }, { url, secret: hookSecret, events: ['push'] });
}

/** The forge holds every push to a repository, before any of it counts, until they are let go, or for a minute. */
export async function givenHeldPushes(place: SuitePlace, repository: string): Promise<void> {
  const content = '#!/bin/sh\nfor second in $(seq 60); do [ -e "$0" ] || exit 0; sleep 1; done\n';
  await call(place, 'PATCH', hookOf(repository), { content }, [200]);
}

/** The hook that holds them ends when it is gone. */
export async function letPushesGo(place: SuitePlace, repository: string): Promise<void> {
  await call(place, 'DELETE', hookOf(repository), undefined, [204]);
}

function hookOf(repository: string): string {
  return `repos/${organization}/${repository}/hooks/git/pre-receive`;
}

/** An organisation that the account of the suites may write to; one that exists is left. */
export async function newOrganization(place: SuitePlace, name: string): Promise<void> {
  await call(place, 'POST', 'orgs', { username: name }, [201, 422]); // 422: it is there
}

export async function newToken(place: SuitePlace): Promise<string> {
  const name = `suite-${process.pid}-${Date.now()}`;
  const answer = await call(place, 'POST', `users/${account.name}/tokens`, { name, scopes: ['all'] }, [201]);
  return z.object({ sha1: z.string() }).parse(answer).sha1;
}

async function call(
  place: SuitePlace,
  method: string,
  path: string,
  body: object | undefined,
  expected: readonly number[],
): Promise<unknown> {
  const authorization = `Basic ${Buffer.from(`${account.name}:${account.password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': 'application/json' };
  const answer = await fetch(`${place.forge}/api/v1/${path}`, { method, headers, body: JSON.stringify(body) ?? null });
  const text = await answer.text();
  if (expected.includes(answer.status)) return text === '' ? {} : JSON.parse(text);
  throw new StepError(`the forge answers ${answer.status} to ${method} ${path}: ${text.slice(0, 300)}`);
}
