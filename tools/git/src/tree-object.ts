/** One entry of a folder. */
export interface TreeItem {
  /** `40000` is a folder, `160000` a submodule, `120000` a link; the others are files. */
  mode: string;
  name: string;
  /** The name as it stands there, which need not be UTF-8. */
  nameBytes: Buffer;
  id: string;
}

export const folderMode = '40000';

/** Bytes of an id. */
export const hashLength = 20;

/** Entries of a folder: for each its mode, a space, its name, a zero byte and the bytes of its id. */
export function* itemsIn(tree: Buffer): Generator<TreeItem> {
  for (let at = 0; at < tree.length; ) {
    const [space, zero] = [tree.indexOf(0x20, at), tree.indexOf(0, at)];
    const end = zero + 1 + hashLength;
    const nameBytes = tree.subarray(space + 1, zero);
    yield {
      mode: tree.toString('latin1', at, space),
      name: nameBytes.toString('utf8'),
      nameBytes,
      id: tree.toString('hex', zero + 1, end),
    };
    at = end;
  }
}

/** The bytes of a folder; names stand in the order of their bytes, those of folders as if they ended in a slash. */
export function treeOf(items: Iterable<TreeItem>): Buffer {
  const slash = Buffer.from('/');
  const keyOf = ({ mode, nameBytes }: TreeItem): Buffer =>
    mode === folderMode ? Buffer.concat([nameBytes, slash]) : nameBytes;
  const sorted = [...items].map((item) => ({ item, key: keyOf(item) })).sort((a, b) => a.key.compare(b.key));
  return Buffer.concat(
    sorted.flatMap(({ item: { mode, nameBytes, id } }) => [
      Buffer.from(`${mode} `),
      nameBytes,
      Buffer.from([0]),
      Buffer.from(id, 'hex'),
    ]),
  );
}
