import { StepError } from '@luban-ci/core';
import { heldPort } from '../given/held-port.ts';
import type { MeasuredPlace } from './place.ts';

/** The cluster's API without the start of a program for every call, which would be measured, too. */
export interface Api extends AsyncDisposable {
  /** Makes an object. @returns what the server has made of it */
  create(path: string, object: object): Promise<unknown>;
  /** @throws StepError for an answer that is no success */
  read(path: string): Promise<unknown>;
}

/** By `kubectl proxy`, on a port of loopback that nobody else has. */
export async function openApi({ environment }: MeasuredPlace): Promise<Api> {
  const proxy = await heldPort('The API of the cluster', 'kubectl', ['proxy', '--port=0'], environment);
  const url = `http://127.0.0.1:${proxy.port}`;
  return {
    create: (path, object) => call(`${url}${path}`, { method: 'POST', body: JSON.stringify(object) }),
    read: (path) => call(`${url}${path}`, { method: 'GET' }),
    [Symbol.asyncDispose]: async () => proxy.end(),
  };
}

async function call(url: string, { method, body }: { method: string; body?: string }): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method, headers, body: body ?? null, signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  throw new StepError(`${method} ${new URL(url).pathname} answers ${answer.status}: ${text.slice(0, 300)}`);
}
