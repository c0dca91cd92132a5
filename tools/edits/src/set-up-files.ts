import { z } from 'zod';
import type { EditKind } from './edit-kind.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { blobIdOf, type Files, type RepositoryFile, sameFile, textFile } from './files.ts';
import { lazySchema } from './lazy-schema.ts';
import { RepositoryPath } from './repository-path.ts';
import { readSetUpRecord, serialiseSetUpRecord } from './set-up-record.ts';
import { contentOf, FileContent, fileContentOf } from './write-file.ts';

/**
 * Writes files that set-up looks after, and leaves alone what somebody has changed, deleted or made: a record beside them
 * says what set-up wrote last.
 */
export const SetUpFiles = lazySchema(() =>
  z.object({
    kind: z.literal('set-up-files'),
    version: z.literal(1),
    /** Path of the record. */
    record: RepositoryPath(),
    /** `null` is what set-up wrote once and what is no longer wanted. */
    files: z.array(z.object({ path: RepositoryPath(), content: FileContent().nullable() })).min(1),
  }),
);
export type SetUpFiles = z.infer<ReturnType<typeof SetUpFiles>>;

export const setUpFiles: EditKind<SetUpFiles> = {
  schema: SetUpFiles,
  isRecorded: false,
  pathsOf: ({ record, files }) => [record, ...files.map(({ path }) => path)],
  apply: applySetUpFiles,
  imagesOf: () => [],
};

/** What becomes of one file. `theirs`: somebody has changed, deleted or made it, so it stays as it is. */
export interface SetUpVerdict {
  path: string;
  verdict: 'written' | 'deleted' | 'same' | 'theirs';
}

/** The files that set-up wants; `undefined` are those that it no longer does. */
export function setUpFilesEdit(
  record: string,
  wanted: Iterable<readonly [string, RepositoryFile | undefined]>,
): SetUpFiles {
  const files = [...wanted].map(([path, file]) => ({ path, content: file === undefined ? null : fileContentOf(file) }));
  return SetUpFiles().parse({ kind: 'set-up-files', version: 1, record, files });
}

/**
 * What the edit would come to for each of its files.
 *
 * @throws StepError when the record cannot be understood
 */
export function judgeSetUpFiles(edit: SetUpFiles, files: Files): SetUpVerdict[] {
  const record = readSetUpRecord(files, edit.record);
  return edit.files.map(({ path, content }) => {
    const wanted = contentOf({ content });
    return { path, verdict: verdictOn(files.get(path), wanted, record.get(path)) };
  });
}

/** @throws StepError when the record cannot be understood */
function applySetUpFiles(edit: SetUpFiles, files: Files): EditOutcome {
  const record = new Map(readSetUpRecord(files, edit.record));
  const changes = new Map<string, RepositoryFile | undefined>();
  const verdicts = judgeSetUpFiles(edit, files);
  for (const [at, { path, content }] of edit.files.entries()) {
    const wanted = contentOf({ content });
    const verdict = verdicts[at]?.verdict;
    if (verdict === 'written' || verdict === 'deleted') changes.set(path, wanted);
    if (verdict === 'theirs') continue;
    if (wanted === undefined) record.delete(path);
    else record.set(path, blobIdOf(wanted.bytes));
  }
  const after = record.size === 0 ? undefined : textFile(serialiseSetUpRecord(record));
  if (!sameFile(files.get(edit.record), after)) changes.set(edit.record, after);
  const notes = verdicts.flatMap(({ path, verdict }) =>
    verdict === 'theirs' ? [`${path} stays as somebody left it`] : [],
  );
  if (changes.size === 0) return { outcome: 'unchanged', why: 'same content', notes };
  return { outcome: 'changed', changes, notes };
}

function verdictOn(
  found: RepositoryFile | undefined,
  wanted: RepositoryFile | undefined,
  recorded: string | undefined,
): SetUpVerdict['verdict'] {
  const id = found === undefined ? undefined : blobIdOf(found.bytes);
  if (wanted === undefined) return id === undefined ? 'same' : id === recorded ? 'deleted' : 'theirs';
  if (id === blobIdOf(wanted.bytes)) return 'same';
  return id === recorded ? 'written' : 'theirs';
}
