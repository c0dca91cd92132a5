/** Bytes that arrive in pieces, taken as they are asked for. Throws where they end before that. */
export interface ByteReader {
  exactly(count: number): Promise<Buffer>;
  /** Up to a line feed, which is left out. */
  line(): Promise<string>;
}

const lineFeed = 0x0a;

export function readBytes(stream: AsyncIterable<Buffer>): ByteReader {
  const chunks = stream[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  const next = async (): Promise<Buffer> => {
    const { value } = await chunks.next();
    if (value === undefined) throw new Error('the other side ended in the middle');
    return value;
  };
  const taken = (all: Buffer, end: number, begin = end): Buffer => {
    rest = all.subarray(begin);
    return all.subarray(0, end);
  };
  return {
    exactly: async (count) => {
      const parts = [rest];
      for (let have = rest.length; have < count; have += parts.at(-1)?.length ?? 0) parts.push(await next());
      return taken(parts.length === 1 ? rest : Buffer.concat(parts), count);
    },
    line: async () => {
      while (!rest.includes(lineFeed)) rest = Buffer.concat([rest, await next()]);
      const end = rest.indexOf(lineFeed);
      return taken(rest, end, end + 1).toString('utf8');
    },
  };
}
