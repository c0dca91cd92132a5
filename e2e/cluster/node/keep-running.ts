import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainEnvironment } from '@luban-ci/process';
import { fewCollections } from '../../few-collections.ts';
import type { NodeService } from './services.ts';

/** Starts a service, and again whenever it ends. What it says goes to `<logs>/<name>.log`. */
export function keepRunning({ name, command }: NodeService, logs: string): void {
  const output = openSync(join(logs, `${name}.log`), 'a');
  const [program, ...args] = command;
  const start = (): ChildProcess =>
    spawn(program, args, { env: { ...plainEnvironment(), ...fewCollections }, stdio: ['ignore', output, output] });
  void restartForEver(name, start);
}

async function restartForEver(name: string, start: () => ChildProcess): Promise<never> {
  for (;;) {
    const how = await once(start(), 'exit').catch((error: unknown) => [error]);
    process.stderr.write(`${name} ended (${how.join(' ').trim()}) and is started again\n`);
    await sleep(1_000);
  }
}
