import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Answers of registries that are kept between runs. Losing one costs a request and nothing else. */
export interface KeptAnswers {
  /** What was kept under this name; `undefined` when there is nothing, or nothing that can be trusted. */
  read(name: string): Promise<Uint8Array | undefined>;
  /** Replaces it as a whole. That it cannot be written is no failure. */
  write(name: string, bytes: Uint8Array): Promise<void>;
}

export const nothingKept: KeptAnswers = { read: async () => undefined, write: async () => {} };

const largestBytes = 32 * 1024 * 1024;

/**
 * Keeps answers in files of a folder that is for this account alone. Any number of processes may use it: a file is
 * written beside and renamed, and one whose bytes are not what was written, or are about something else, is not there.
 */
export function keptAnswersIn(folder: string): KeptAnswers {
  const pathOf = (name: string): string => join(folder, sha256(name));
  return {
    read: async (name) => {
      const file = await readFile(pathOf(name)).catch(() => undefined);
      return file === undefined ? undefined : contentOf(file, name);
    },
    write: async (name, bytes) => {
      if (bytes.byteLength > largestBytes) return;
      const temporary = join(folder, `.${randomUUID()}`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(temporary, Buffer.concat([Buffer.from(headOf(name, bytes)), bytes]), { mode: 0o600 });
        await rename(temporary, pathOf(name));
      } catch {
        await rm(temporary, { force: true }).catch(() => {});
      }
    },
  };
}

/** The first line says what it is about and what its bytes have to be. */
function headOf(name: string, bytes: Uint8Array): string {
  return `luban-kept-1 ${sha256(name)} ${sha256(bytes)}\n`;
}

function contentOf(file: Buffer, name: string): Uint8Array | undefined {
  const end = file.indexOf('\n') + 1;
  const content = file.subarray(end);
  return file.toString('latin1', 0, end) === headOf(name, content) ? content : undefined;
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
