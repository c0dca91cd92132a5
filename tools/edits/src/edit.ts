import { InputError } from '@luban-ci/core';
import { z } from 'zod';
import type { EditOutcome } from './edit-outcome.ts';
import type { Files } from './files.ts';
import { applyKustomizeSetImage, KustomizeSetImage, pathsOfKustomizeSetImage } from './kustomize-set-image.ts';
import { applyWriteFile, WriteFile } from './write-file.ts';

/** A change of a repository as data: it can be sent, stored and applied again to a newer tip. */
export const Edit = z.discriminatedUnion('kind', [KustomizeSetImage, WriteFile]);
export type Edit = z.infer<typeof Edit>;
/** An edit as callers write it, with defaults left out. */
export type EditInput = z.input<typeof Edit>;

/**
 * Checks an edit that a caller or a file gives.
 *
 * @throws InputError listing every bad field
 */
export function parseEdit(edit: unknown): Edit {
  const checked = Edit.safeParse(edit);
  if (checked.success) return checked.data;
  const fields = checked.error.issues.map(({ path, message }) => ({ field: path.join('.'), expected: message }));
  throw new InputError('this edit cannot be used', fields, { cause: checked.error });
}

/** The paths an edit has to be given, those that do not exist included. */
export function pathsOf(edit: Edit): string[] {
  switch (edit.kind) {
    case 'kustomize-set-image':
      return pathsOfKustomizeSetImage(edit);
    case 'write-file':
      return [edit.path];
  }
}

/** Applies an edit to the files of a tip: pure, and applying it to its own result changes nothing. */
export function applyEdit(edit: Edit, files: Files): EditOutcome {
  switch (edit.kind) {
    case 'kustomize-set-image':
      return applyKustomizeSetImage(edit, files);
    case 'write-file':
      return applyWriteFile(edit, files);
  }
}
