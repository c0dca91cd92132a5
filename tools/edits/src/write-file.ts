import { StepError } from '@luban-ci/core';
import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { blobIdOf, type Files, type RepositoryFile, sameFile } from './files.ts';
import { lazySchema } from './lazy-schema.ts';
import { RepositoryPath } from './repository-path.ts';

/** A whole file as JSON can carry it. */
export const FileContent = lazySchema(() =>
  z.union([
    z.strictObject({ text: z.string(), executable: z.boolean().default(false) }),
    z.strictObject({ base64: z.base64(), executable: z.boolean().default(false) }),
  ]),
);
export type FileContent = z.infer<ReturnType<typeof FileContent>>;

/** Writes or deletes one whole file, if nobody has changed it since it was read. */
export const WriteFile = lazySchema(() =>
  z.object({
    kind: z.literal('write-file'),
    version: z.literal(1),
    path: RepositoryPath(),
    /** The blob it was read from; `null` when it did not exist. */
    expected: z
      .string()
      .regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, 'expected the full id of a git blob')
      .nullable(),
    /** `null` deletes. */
    content: FileContent().nullable(),
  }),
);
export type WriteFile = z.infer<ReturnType<typeof WriteFile>>;

export const writeFile: EditKind<WriteFile> = {
  schema: WriteFile,
  isRecorded: false,
  pathsOf: ({ path }) => [path],
  apply: applyWriteFile,
  imagesOf: () => [],
};

/** @throws StepError naming the file when the tip has something else than what was read */
function applyWriteFile(edit: WriteFile, files: Files): EditOutcome {
  const found = files.get(edit.path);
  const wanted = contentOf(edit);
  if (sameFile(found, wanted)) return { outcome: 'unchanged', why: 'same content', notes: [] };
  const id = found === undefined ? null : blobIdOf(found.bytes, edit.expected?.length === 64 ? 'sha256' : 'sha1');
  if (id !== edit.expected) throw changedMeanwhile(edit.path, found, edit.expected);
  return { outcome: 'changed', changes: new Map([[edit.path, wanted]]), notes: [] };
}

/** A write-file edit for a file as it was read and as it shall be. */
export function writeFileEdit(
  path: string,
  before: RepositoryFile | undefined,
  after: RepositoryFile | undefined,
): WriteFile {
  return WriteFile().parse({
    kind: 'write-file',
    version: 1,
    path,
    expected: before === undefined ? null : blobIdOf(before.bytes),
    content: after === undefined ? null : fileContentOf(after),
  });
}

export function fileContentOf({ bytes, executable }: RepositoryFile): FileContent {
  return { base64: Buffer.from(bytes).toString('base64'), executable };
}

export function contentOf({ content }: { content: FileContent | null }): RepositoryFile | undefined {
  if (content === null) return undefined;
  const bytes = 'text' in content ? Buffer.from(content.text) : Buffer.from(content.base64, 'base64');
  return { bytes, executable: content.executable };
}

function changedMeanwhile(path: string, found: RepositoryFile | undefined, expected: string | null): StepError {
  const what = found === undefined ? 'was deleted' : expected === null ? 'was created' : 'was changed';
  return new StepError(`${path} ${what} on the branch since it was read`, {
    hint: 'Check out the branch again, make the change there and run once more; nothing was pushed.',
  });
}
