import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { writeJsonFile } from '../store.ts';
import { resourceName, type ServedKind } from './kinds.ts';

/** An object as it is stored: with everything that the server adds. */
export const StoredObject = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string(),
    namespace: z.string().optional(),
    uid: z.string(),
    resourceVersion: z.string(),
    creationTimestamp: z.string(),
    generation: z.number().optional(),
    deletionTimestamp: z.string().optional(),
    finalizers: z.array(z.string()).optional(),
    labels: z.record(z.string(), z.string()).optional(),
  }),
});
export type StoredObject = z.output<typeof StoredObject>;

export interface ObjectPlace {
  kind: ServedKind;
  /** Empty for what lies in no namespace. */
  namespace: string;
  name: string;
}

/** Objects by kind, namespace and name: in memory, and one JSON file each, written before anybody is told. */
export interface ObjectStore {
  find(place: ObjectPlace): Promise<StoredObject | undefined>;
  /** In the order of namespaces and names; an empty namespace stands for all. */
  list(kind: ServedKind, namespace: string): Promise<StoredObject[]>;
  write(place: ObjectPlace, object: StoredObject): Promise<void>;
  remove(place: ObjectPlace): Promise<void>;
  /** Higher than any version there ever was, for as long as the newest object is kept. */
  nextVersion(): Promise<string>;
  /** Lets one writer at a time read and write. */
  inTurn<T>(work: () => Promise<T>): Promise<T>;
}

export function createObjectStore(folder: string): ObjectStore {
  let loading: Promise<Map<string, StoredObject>> | undefined;
  let version = 0;
  let last: Promise<unknown> = Promise.resolve();
  const objects = (): Promise<Map<string, StoredObject>> => {
    loading ??= loadAll(folder).then((loaded) => {
      version = Math.max(0, ...[...loaded.values()].map(({ metadata }) => Number(metadata.resourceVersion)));
      return loaded;
    });
    return loading;
  };
  return {
    find: async (place) => structuredClone((await objects()).get(keyOf(place))),
    list: async (kind, namespace) => {
      const below = `${resourceName(kind)}/${namespace === '' ? '' : `${namespace}/`}`;
      const keys = [...(await objects()).keys()].filter((key) => key.startsWith(below)).toSorted();
      const all = await objects();
      return keys.flatMap((key) => structuredClone(all.get(key)) ?? []);
    },
    write: async (place, object) => {
      const all = await objects();
      await mkdir(join(folder, keyOf(place), '..'), { recursive: true, mode: 0o700 });
      await writeJsonFile(join(folder, `${keyOf(place)}.json`), object, 0o600);
      all.set(keyOf(place), structuredClone(object));
    },
    remove: async (place) => {
      const all = await objects();
      await rm(join(folder, `${keyOf(place)}.json`), { force: true });
      all.delete(keyOf(place));
    },
    nextVersion: async () => {
      await objects();
      version += 1;
      return String(version);
    },
    inTurn: (work) => {
      const turn = last.then(work, work);
      last = turn.catch(() => {});
      return turn;
    },
  };
}

const inNoNamespace = '_';

/** Also the path of its file, without the ending. */
function keyOf({ kind, namespace, name }: ObjectPlace): string {
  return [resourceName(kind), namespace === '' ? inNoNamespace : namespace, name].join('/');
}

async function loadAll(folder: string): Promise<Map<string, StoredObject>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.json'));
  const loaded = await Promise.all(
    files.map(async ({ parentPath, name }) => {
      const path = join(parentPath, name);
      const object = StoredObject.parse(JSON.parse(await readFile(path, 'utf8')));
      return [path.slice(folder.length + 1, -'.json'.length), object] as const;
    }),
  );
  return new Map(loaded);
}
