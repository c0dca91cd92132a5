import type { GitSettings } from './git-settings.ts';
import { type GitObject, type ObjectReader, readObjectsIn } from './object-reader.ts';
import { oneAtATime } from './one-at-a-time.ts';
import { countIn, objectId, objectsIn, packOf } from './pack-file.ts';

/**
 * The objects of a repository in memory. Packs are read when something is asked for that may be in them. Once they have
 * gone to the folder, because a git was started there, that is where the rest is read.
 */
export interface HeldObjects extends AsyncDisposable {
  read(ids: readonly string[]): Promise<Map<string, GitObject>>;
  keep(pack: Buffer): void;
  write(object: GitObject): string;
  /** Brings what is not in the folder yet there, by `git index-pack`. */
  toFolder(indexPack: (pack: Buffer, options: readonly string[]) => Promise<unknown>): Promise<void>;
}

export function heldObjects(settings: GitSettings, folder: string): HeldObjects {
  const objects = new Map<string, GitObject>();
  let unread: Buffer[] = [];
  /** Not in the folder yet. */
  let outside: { packs: Buffer[]; written: GitObject[] } = { packs: [], written: [] };
  const inTurn = oneAtATime();
  let reader: Promise<ObjectReader> | undefined;
  let isFolderUsed = false;
  const readFolder = async (ids: readonly string[]): Promise<Map<string, GitObject>> => {
    if (!isFolderUsed || ids.length === 0) return new Map();
    reader ??= readObjectsIn(settings, folder);
    return await (await reader).read(ids);
  };
  return {
    read: async (ids) => {
      const isHere = (id: string): boolean => objects.has(id);
      while (unread.length > 0 && !ids.every(isHere))
        for (const [id, object] of objectsIn(unread.pop() as Buffer)) objects.set(id, object);
      const more = await readFolder(ids.filter((id) => !isHere(id)));
      return new Map(
        ids.flatMap((id): [string, GitObject][] => {
          const object = objects.get(id) ?? more.get(id);
          return object === undefined ? [] : [[id, object]];
        }),
      );
    },
    keep: (pack) => {
      if (countIn(pack) === 0) return;
      unread.push(pack);
      outside.packs.push(pack);
    },
    write: (object) => {
      const id = objectId(object);
      if (!objects.has(id)) outside.written.push(object);
      objects.set(id, object);
      return id;
    },
    toFolder: (indexPack) =>
      inTurn(async () => {
        const { packs, written } = outside;
        outside = { packs: [], written: [] };
        isFolderUsed = true;
        // a pack of a server that has more than it gave (git-index-pack(1), --promisor): a later `git fetch` has to know
        for (const pack of packs) await indexPack(pack, ['--promisor']);
        if (written.length > 0) await indexPack(packOf(written, false), []);
        unread = unread.filter((pack) => !packs.includes(pack));
      }),
    [Symbol.asyncDispose]: async () => (await reader)?.[Symbol.asyncDispose](),
  };
}
