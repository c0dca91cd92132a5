import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Clock } from '@luban-ci/core';
import { type IntentMemory, intentWays } from '@luban-ci/git';
import { z } from 'zod';

const Remembered = z.record(z.string(), z.object({ way: z.enum(intentWays), at: z.iso.datetime() }));

/** Milliseconds. Servers are brought up to date, so after a week they are asked again. */
const longest = 7 * 24 * 60 * 60 * 1000;

/** What servers take, in a file of this folder. Where it cannot be written, as in most pods, nothing is remembered. */
export function createIntentMemory(folder: string, clock: Clock): IntentMemory {
  const file = join(folder, 'intents.json');
  const read = async (): Promise<z.infer<typeof Remembered>> => {
    const text = await readFile(file, 'utf8').catch(() => '{}');
    return Remembered.safeParse(parsed(text)).data ?? {};
  };
  return {
    recall: async (url) => {
      const found = (await read())[url];
      const isFresh = found !== undefined && clock.now().getTime() - Date.parse(found.at) < longest;
      return isFresh ? found.way : undefined;
    },
    keep: async (url, way) => {
      const all = { ...(await read()), [url]: { way, at: clock.now().toISOString() } };
      await replaceFile(file, JSON.stringify(all)).catch(() => {});
    },
  };
}

/** Readers see the old file or the new one, never a part. */
async function replaceFile(file: string, text: string): Promise<void> {
  const temporary = `${file}-${randomUUID()}`;
  await mkdir(join(file, '..'), { recursive: true });
  await writeFile(temporary, text);
  await rename(temporary, file);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
