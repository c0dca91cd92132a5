import type { z } from 'zod';
import type { EditOutcome } from './edit-outcome.ts';
import type { Files } from './files.ts';

/** One kind of edit. Every kind is a file that exports one of these, and stands in the table of `edit.ts`. */
export interface EditKind<Edit> {
  /** What it looks like, without what `Recording` adds; built when an edit of this kind is first parsed. */
  schema: () => z.ZodType<Edit>;
  /** Whether it takes a provenance and keeps the record: see `Recording`. */
  isRecorded: boolean;
  /** Every path that applying it may look at, those that do not exist included. */
  pathsOf(edit: Edit): string[];
  /** Pure, and applying it to its own result changes nothing. */
  apply(edit: Edit, files: Files): EditOutcome;
  /** The images it sets, as people write them: `registry/team/app:1.0@sha256:…`. */
  imagesOf(edit: Edit): string[];
}
