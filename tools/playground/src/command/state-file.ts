import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeJsonFile } from '../store.ts';

/** What a running playground tells the commands. Readable by its owner alone: it holds the administrator's token. */
export const PlaygroundState = z.object({
  pid: z.int().positive(),
  instance: z.string(),
  url: z.url(),
  registry: z.string(),
  user: z.string(),
  token: z.string(),
  /** Path of a kubeconfig for the playground's cluster. */
  kubeconfig: z.string(),
  startedAt: z.string(),
});
export type PlaygroundState = z.output<typeof PlaygroundState>;

/** Where a playground is, and who may do everything in it. */
export type PlaygroundAddresses = Omit<PlaygroundState, 'instance'>;

export function stateFileOf(folder: string): string {
  return join(folder, 'playground.json');
}

/** `undefined` when there is none, or it cannot be read: then nothing of it can be trusted. */
export async function readState(folder: string): Promise<PlaygroundState | undefined> {
  const text = await readFile(stateFileOf(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return PlaygroundState.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

export function writeState(folder: string, state: PlaygroundState): Promise<void> {
  return writeJsonFile(stateFileOf(folder), state, 0o600);
}

/** Removes the file, and the kubeconfig that it names, as both hold the token; but not those of a successor. */
export async function removeState(folder: string, instance: string): Promise<void> {
  const state = await readState(folder);
  if (state?.instance !== instance) return;
  await rm(state.kubeconfig, { force: true });
  await rm(stateFileOf(folder), { force: true });
}

const Health = z.object({ instance: z.string() });

/**
 * The state of the playground that really runs. A process id says nothing (it may be somebody else's by now), so the
 * server at the address is asked who it is.
 */
export async function runningState(folder: string): Promise<PlaygroundState | undefined> {
  const state = await readState(folder);
  if (state === undefined) return undefined;
  try {
    const response = await fetch(`${state.url}/-/health`, { signal: AbortSignal.timeout(3000), redirect: 'error' });
    const health = Health.parse(await response.json());
    return health.instance === state.instance ? state : undefined;
  } catch {
    return undefined;
  }
}
