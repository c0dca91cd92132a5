import { StepError } from '@luban-ci/core';
import { dataOf, parseYaml, renderYaml } from '@luban-ci/yaml-text';
import { z } from 'zod';
import { type Files, textOf } from './files.ts';
import { lazySchema } from './lazy-schema.ts';

/** Usual name of the record beside what set-up wrote; no extension, so that nothing applies it as a manifest. */
export const setUpRecordName = '.luban-set-up';

/** What set-up wrote last: ids of git's blobs, by paths from the root of the repository. */
export type SetUpRecord = ReadonlyMap<string, string>;

const heading =
  '# What set-up wrote, by the ids that git gives the contents. A file with another content is yours, and stays as it is.\n';

const RecordFile = lazySchema(() =>
  z.looseObject({
    version: z.literal('1'),
    files: z.record(z.string(), z.string().regex(/^[0-9a-f]{40}$/)).default({}),
  }),
);

/**
 * Reads the record at a path; an absent one is empty.
 *
 * @throws StepError when it cannot be understood: guessing could write over somebody's work
 */
export function readSetUpRecord(files: Files, path: string): SetUpRecord {
  const file = files.get(path);
  if (file === undefined) return new Map();
  const checked = RecordFile().safeParse(dataOf(parseYaml(textOf(file, path), path)));
  if (checked.success) return new Map(Object.entries(checked.data.files));
  throw new StepError(`${path} is not a record of set-up`, {
    hint: `Restore ${path} from the branch's history; without it, set-up takes every file for yours.`,
    cause: checked.error,
  });
}

/** The same record is always the same bytes. */
export function serialiseSetUpRecord(record: SetUpRecord): string {
  const files = [...record].toSorted(([one], [other]) => (one < other ? -1 : 1));
  return heading + renderYaml({ version: '1', files: Object.fromEntries(files) });
}
