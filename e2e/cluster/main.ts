import { mkdir } from 'node:fs/promises';
import { InputError } from '@luban-ci/core';
import { clusterCache } from '../cache-folder.ts';
import { tellFailure } from '../tell-failure.ts';
import { clusterDown, clusterStatus, clusterUp } from './cluster.ts';
import type { Workshop } from './programs/build-program.ts';

/** `make cluster-up`, `cluster-status` and `cluster-down`. */
const environment = Object.fromEntries(
  Object.entries(process.env).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
);
const cache = clusterCache(environment);
const workshop: Workshop = { cache, environment };
const say = (line: string): void => void process.stdout.write(`${line}\n`);

try {
  await mkdir(cache, { recursive: true });
  await commandNamed(process.argv[2] ?? '');
} catch (error) {
  tellFailure(error);
}

async function commandNamed(name: string): Promise<void> {
  if (name === 'up') return clusterUp(workshop, say);
  if (name === 'status') return clusterStatus(workshop, say);
  if (name === 'down') return clusterDown(workshop, say);
  throw new InputError(`There is no command ${JSON.stringify(name)}: up, status or down`);
}
