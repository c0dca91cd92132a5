import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { RepositoryState } from './repository-state.ts';

const Organizations = z.array(z.object({ name: z.string(), members: z.array(z.string()) }));
export type Organization = z.output<typeof Organizations>[number];

/** What the forge remembers beside the bare repositories: JSON files, one for each repository. */
export interface Store {
  /** Bare repository of a name. */
  gitFolder(owner: string, name: string): string;
  organizations(): Promise<Organization[]>;
  addOrganization(organization: Organization): Promise<void>;
  list(): Promise<RepositoryState[]>;
  read(owner: string, name: string): Promise<RepositoryState | undefined>;
  write(state: RepositoryState): Promise<void>;
  /** With its bare repository. */
  remove(owner: string, name: string): Promise<void>;
  /** Reads, changes and writes with nobody between. Answers what `change` answers. */
  update<T>(owner: string, name: string, change: (state: RepositoryState) => T | Promise<T>): Promise<T>;
}

export function createStore(folder: string): Store {
  const root = join(folder, 'repositories');
  const inTurn = createTurns();
  const fileOf = (owner: string, name: string): string => join(root, owner, `${name}.json`);
  const organizationsFile = join(folder, 'organizations.json');
  const organizations = async () => Organizations.parse((await readJsonFile(organizationsFile)) ?? []);
  const read = async (owner: string, name: string): Promise<RepositoryState | undefined> => {
    const value = await readJsonFile(fileOf(owner, name));
    return value === undefined ? undefined : RepositoryState.parse(value);
  };
  return {
    gitFolder: (owner, name) => join(root, owner, `${name}.git`),
    organizations,
    addOrganization: (organization) =>
      inTurn('', async () => {
        const others = (await organizations()).filter(({ name }) => name !== organization.name);
        await writeJsonFile(organizationsFile, [...others, organization]);
      }),
    list: () => listRepositories(root, read),
    read,
    write: (state) =>
      inTurn(`${state.owner}/${state.name}`, () => writeJsonFile(fileOf(state.owner, state.name), state)),
    remove: (owner, name) =>
      inTurn(`${owner}/${name}`, async () => {
        await rm(fileOf(owner, name), { force: true });
        await rm(join(root, owner, `${name}.git`), { recursive: true, force: true });
      }),
    update: (owner, name, change) =>
      inTurn(`${owner}/${name}`, async () => {
        const state = await read(owner, name);
        if (state === undefined) throw new Error(`${owner}/${name} is gone`);
        const answer = await change(state);
        await writeJsonFile(fileOf(owner, name), state);
        return answer;
      }),
  };
}

/** Runs what has the same key one after another. */
function createTurns(): <T>(key: string, work: () => Promise<T>) => Promise<T> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(
      key,
      turn.catch(() => {}),
    );
    return turn;
  };
}

async function listRepositories(
  root: string,
  read: (owner: string, name: string) => Promise<RepositoryState | undefined>,
): Promise<RepositoryState[]> {
  const entries = await readdir(root, { recursive: false }).catch(() => []);
  const states = await Promise.all(
    entries.map(async (owner) => {
      const files = await readdir(join(root, owner)).catch(() => []);
      const names = files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
      return Promise.all(names.map((name) => read(owner, name)));
    }),
  );
  return states
    .flat()
    .filter((state) => state !== undefined)
    .sort((a, b) => a.id - b.id);
}

async function readJsonFile(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Written beside and renamed, so that a killed process leaves the old file or the new one. */
export async function writeJsonFile(path: string, value: unknown, mode = 0o644): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID()}.tmp`;
  await writeFile(temporary, `${JSON.stringify(value, undefined, 2)}\n`, { mode });
  await rename(temporary, path);
}
