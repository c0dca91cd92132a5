import { resolve } from 'node:path';
import { addressesOf } from './playground-up.ts';
import { type PlaygroundAddresses, runningState } from './state-file.ts';

export type PlaygroundStatus = { running: false } | ({ running: true } & PlaygroundAddresses);

/** Whether the playground of a folder runs, and where. */
export async function playgroundStatus(options: { folder: string }): Promise<PlaygroundStatus> {
  const state = await runningState(resolve(options.folder));
  return state === undefined ? { running: false } : { running: true, ...addressesOf(state) };
}
