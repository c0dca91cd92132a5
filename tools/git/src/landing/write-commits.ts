import type { Changes, RepositoryFile } from '@luban-ci/edits';
import type { Person } from '../git-settings.ts';
import type { GitObject } from '../object-reader.ts';
import type { PackedObject } from '../pack-file.ts';
import { readObject } from '../repository-blobs.ts';
import { folderMode, itemsIn, type TreeItem, treeOf } from '../tree-object.ts';
import { rootOf } from '../tree-walk.ts';
import type { WorkRepository } from '../work-repository.ts';
import { oneLine } from './commit-message.ts';

export interface NewCommit {
  changes: Changes;
  message: string;
  author: Person;
}

export interface WrittenCommits {
  /** In the order that they were asked for. */
  ids: string[];
  /** All that is new in them. */
  objects: PackedObject[];
}

/**
 * Writes commits, each on top of the one before it, without a work tree: the changed files, and the folders on the way to
 * them, which have to be here. Without a parent the first one starts a history.
 */
export async function writeCommits(
  repository: WorkRepository,
  parent: string | undefined,
  commits: readonly NewCommit[],
): Promise<WrittenCommits> {
  const { clock, committer } = repository.settings;
  const seconds = Math.floor(clock.now().getTime() / 1000);
  const objects: PackedObject[] = [];
  const write: Write = (object, old) => {
    objects.push({ ...object, old });
    return repository.write(object);
  };
  let root = parent === undefined ? undefined : await rootOf(repository, parent);
  const ids: string[] = [];
  for (const { changes, message, author } of commits) {
    root = (await folderWith(repository, write, root, [...changes].map(stepsTo))) ?? write(emptyFolder);
    const below = ids.at(-1) ?? parent;
    const lines = [
      `tree ${root}`,
      ...(below === undefined ? [] : [`parent ${below}`]),
      `author ${identity(author)} ${seconds} +0000`,
      `committer ${identity(committer)} ${seconds} +0000`,
    ];
    ids.push(write({ type: 'commit', bytes: Buffer.from(`${lines.join('\n')}\n\n${message}`) }));
  }
  return { ids, objects };
}

/** Takes an object, and one that it was made from. @returns its id */
type Write = (object: GitObject, old?: GitObject) => string;

const emptyFolder: GitObject = { type: 'tree', bytes: Buffer.alloc(0) };

/** A change of a file that lies some folders further down. */
interface Change {
  steps: readonly string[];
  /** `undefined`: it is taken away. */
  file: RepositoryFile | undefined;
}

function stepsTo([path, file]: [string, RepositoryFile | undefined]): Change {
  return { steps: path.split('/'), file };
}

/** @returns the id of the folder as it is then; `undefined` where nothing is left in it, so that it is not there either */
async function folderWith(
  repository: WorkRepository,
  write: Write,
  folder: string | undefined,
  changes: readonly Change[],
): Promise<string | undefined> {
  const bytes = folder === undefined ? undefined : await readObject(repository, folder, 'tree');
  const before = bytes === undefined ? [] : itemsIn(bytes);
  const items = new Map([...before].map((item) => [keyOf(item.nameBytes), item]));
  for (const [name, here] of Map.groupBy(changes, ({ steps: [name = ''] }) => name)) {
    const key = keyOf(Buffer.from(name));
    const item = await itemWith(repository, write, items.get(key), name, here);
    if (item === undefined) items.delete(key);
    else items.set(key, item);
  }
  const old: GitObject | undefined = bytes && { type: 'tree', bytes };
  return items.size === 0 ? undefined : write({ type: 'tree', bytes: treeOf(items.values()) }, old);
}

/** Names are bytes to git: two that are not UTF-8 are two, though as text they may be one. */
function keyOf(name: Buffer): string {
  return name.toString('latin1');
}

/** A name may pass from a file to a folder, or the other way round: then one is taken away and the other one given. */
async function itemWith(
  repository: WorkRepository,
  write: Write,
  item: TreeItem | undefined,
  name: string,
  changes: readonly Change[],
): Promise<TreeItem | undefined> {
  const nameBytes = Buffer.from(name);
  const below = changes
    .filter(({ steps }) => steps.length > 1)
    .map(({ steps, file }) => ({ steps: steps.slice(1), file }));
  const wasFolder = item?.mode === folderMode;
  const from = wasFolder ? item.id : undefined;
  const folder = below.length === 0 ? undefined : await folderWith(repository, write, from, below);
  const file = changes.find((change) => change.steps.length === 1 && change.file !== undefined)?.file;
  if (file !== undefined) {
    const old = item === undefined ? undefined : (await repository.read([item.id])).get(item.id);
    const id = write({ type: 'blob', bytes: Buffer.from(file.bytes) }, old?.type === 'blob' ? old : undefined);
    return { mode: file.executable ? '100755' : '100644', name, nameBytes, id };
  }
  if (folder !== undefined) return { mode: folderMode, name, nameBytes, id: folder };
  const isKept = wasFolder ? below.length === 0 : below.length === changes.length;
  return isKept ? item : undefined;
}

/** A person in the header of a commit; angle brackets and line breaks end its fields. */
function identity({ name, email }: Person): string {
  const clean = (text: string): string => oneLine(text.replace(/[<>]/g, ''));
  return `${clean(name)} <${clean(email)}>`;
}
