import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeJsonFile } from '../store.ts';

const Project = z.object({
  id: z.int(),
  name: z.string(),
  isPublic: z.boolean(),
  owner: z.string(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Project = z.output<typeof Project>;

const Access = z.object({ resource: z.string(), action: z.string(), effect: z.string().optional() });
export const Permission = z.object({ kind: z.string(), namespace: z.string(), access: z.array(Access) });

const Robot = z.object({
  id: z.int(),
  projectId: z.int(),
  login: z.string(),
  description: z.string(),
  secret: z.string(),
  disable: z.boolean(),
  duration: z.int(),
  permissions: z.array(Permission),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Robot = z.output<typeof Robot>;

const Label = z.object({ id: z.int(), name: z.string(), description: z.string(), createdAt: z.string() });
export type Label = z.output<typeof Label>;

const HarborState = z.object({
  nextId: z.int().default(1),
  projects: z.array(Project).default([]),
  robots: z.array(Robot).default([]),
  labels: z.array(Label).default([]),
});
export type HarborState = z.output<typeof HarborState>;

/** What Harbor remembers: one JSON file. */
export interface HarborStore {
  read(): Promise<HarborState>;
  /** Reads, changes and writes with nobody between. Answers what `change` answers. */
  update<T>(change: (state: HarborState) => T): Promise<T>;
}

export function createHarborStore(folder: string): HarborStore {
  const file = join(folder, 'harbor.json');
  let last: Promise<unknown> = Promise.resolve();
  const read = async (): Promise<HarborState> => HarborState.parse(JSON.parse(await textOf(file)));
  return {
    read,
    update: (change) => {
      const turn = last.then(async () => {
        const state = await read();
        const answer = change(state);
        await writeJsonFile(file, state, 0o600);
        return answer;
      });
      last = turn.catch(() => {});
      return turn;
    },
  };
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '{}';
    throw error;
  }
}
