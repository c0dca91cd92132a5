import { randomBytes, randomUUID } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Clock, type Log, systemClock } from '@luban-ci/core';
import { z } from 'zod';
import { kubeconfigFor } from '../kubernetes/kubeconfig.ts';
import { type Playground, type PlaygroundOptions, startPlayground } from '../start-playground.ts';
import { writeJsonFile } from '../store.ts';
import { removeState, writeState } from './state-file.ts';

export interface ServePlaygroundOptions {
  /** Absolute. */
  folder: string;
  /** Stops the playground when it aborts. */
  signal: AbortSignal;
  port?: number;
  log?: Log;
  clock?: Clock;
}

/** Name of the administrator whose token stands in the state file. */
const administrator = 'luban';

const LastPort = z.object({ port: z.int().min(1).max(65_535) });

/**
 * The body of the detached process: serves until it is told to stop, over HTTP or by the signal. The port of the last
 * time is taken again where it is free, so that clones and webhooks keep working.
 */
export async function servePlayground(options: ServePlaygroundOptions): Promise<void> {
  const { folder } = options;
  const clock = options.clock ?? systemClock;
  const token = randomBytes(24).toString('base64url');
  const instance = randomUUID();
  const { promise: told, resolve: stop } = Promise.withResolvers<void>();
  options.signal.addEventListener('abort', () => stop(), { once: true });
  if (options.signal.aborted) stop();
  await using playground = await startOnLastPort({
    folder,
    instance,
    clock,
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.log === undefined ? {} : { log: options.log }),
    users: [{ name: administrator, token, admin: true }],
    onStop: () => stop(),
  });
  const { url, registry } = playground;
  await writeJsonFile(portFileOf(folder), { port: Number(new URL(url).port) });
  const startedAt = clock.now().toISOString();
  const kubeconfig = join(folder, 'kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(url, token), { mode: 0o600 });
  const user = administrator;
  await writeState(folder, { pid: process.pid, instance, url, registry, user, token, kubeconfig, startedAt });
  await told;
  await removeState(folder, instance);
}

async function startOnLastPort(options: PlaygroundOptions): Promise<Playground> {
  const text = await readFile(portFileOf(options.folder), 'utf8').catch(() => '{}');
  const last = LastPort.safeParse(parsed(text));
  if (options.port !== undefined || !last.success) return startPlayground(options);
  try {
    return await startPlayground({ ...options, port: last.data.port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') return startPlayground(options);
    throw error;
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function portFileOf(folder: string): string {
  return join(folder, 'port.json');
}
