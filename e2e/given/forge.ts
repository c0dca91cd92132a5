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

/** The forge takes its time with every push to a repository, before any of it counts. */
export async function givenSlowPushes(place: SuitePlace, repository: string, seconds: number): Promise<void> {
  const content = `#!/bin/sh\nsleep ${seconds}\n`;
  await call(place, 'PATCH', `repos/${organization}/${repository}/hooks/git/pre-receive`, { content }, [200]);
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
