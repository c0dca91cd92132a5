import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { StepError } from '@luban-ci/core';
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
  const child = spawn('kubectl', ['proxy', '--port=0'], { env: environment, stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  for await (const line of createInterface(child.stdout)) {
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (port === undefined) continue;
    const url = `http://127.0.0.1:${port}`;
    return {
      create: (path, object) => call(`${url}${path}`, { method: 'POST', body: JSON.stringify(object) }),
      read: (path) => call(`${url}${path}`, { method: 'GET' }),
      [Symbol.asyncDispose]: async () => void child.kill(),
    };
  }
  throw new StepError('The API of the cluster cannot be reached', { hint: 'make cluster-down cluster-up' });
}

async function call(url: string, { method, body }: { method: string; body?: string }): Promise<unknown> {
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(url, { method, headers, body: body ?? null, signal: AbortSignal.timeout(10_000) });
  const text = await answer.text();
  if (answer.ok) return JSON.parse(text);
  throw new StepError(`${method} ${new URL(url).pathname} answers ${answer.status}: ${text.slice(0, 300)}`);
}
