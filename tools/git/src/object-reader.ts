import { readBytes } from './byte-reader.ts';
import { startGit } from './git-program.ts';
import type { GitSettings } from './git-settings.ts';
import { oneAtATime } from './one-at-a-time.ts';

export interface GitObject {
  type: string;
  bytes: Buffer;
}

/** Reads objects of a repository on this machine: one process for all that are asked for. */
export interface ObjectReader extends AsyncDisposable {
  /** By id; what is not here is not in it. */
  read(ids: readonly string[]): Promise<Map<string, GitObject>>;
}

export async function readObjectsIn(settings: GitSettings, cwd: string): Promise<ObjectReader> {
  const program = await startGit(settings, ['cat-file', '--batch'], { cwd });
  program.stderr.resume();
  const output = readBytes(program.stdout);
  /** `<id> <type> <size>`, the bytes and a line feed; or `<id> missing`. */
  const readOne = async (id: string): Promise<[string, GitObject][]> => {
    program.stdin.write(`${id}\n`);
    const [, type = '', size] = (await output.line()).split(' ');
    if (size === undefined) return [];
    const bytes = await output.exactly(Number(size) + 1);
    return [[id, { type, bytes: bytes.subarray(0, -1) }]];
  };
  const inTurn = oneAtATime();
  return {
    read: (ids) =>
      inTurn(async () => {
        const found: [string, GitObject][] = [];
        for (const id of ids) found.push(...(await readOne(id)));
        return new Map(found);
      }),
    [Symbol.asyncDispose]: async () => program[Symbol.asyncDispose](),
  };
}
