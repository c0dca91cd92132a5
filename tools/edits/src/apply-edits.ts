import { applyEdit, type Edit, pathsOf } from './edit.ts';
import type { EditOutcome } from './edit-outcome.ts';
import { type Changes, type Files, sameFile, withChanges } from './files.ts';

/** What several edits come to, applied one after another. */
export interface AppliedEdits {
  /** The difference between the files before the first and after the last edit. */
  changes: Changes;
  /** One for each edit, in the same order. */
  outcomes: EditOutcome[];
}

/** Applies edits in order, each to the result of those before it; pure, and all or nothing. */
export function applyEdits(edits: readonly Edit[], files: Files): AppliedEdits {
  const outcomes: EditOutcome[] = [];
  const after = edits.reduce((current, edit) => {
    const outcome = applyEdit(edit, current);
    outcomes.push(outcome);
    return outcome.outcome === 'changed' ? withChanges(current, outcome.changes) : current;
  }, files);
  const paths = new Set(edits.flatMap(pathsOf));
  const changed = [...paths].filter((path) => !sameFile(files.get(path), after.get(path))).sort();
  return { changes: new Map(changed.map((path) => [path, after.get(path)])), outcomes };
}
