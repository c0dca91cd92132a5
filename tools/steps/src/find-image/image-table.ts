import { shownText } from '../environments/shown-text.ts';
import type { NamedImage } from './images-of-branch.ts';

/** A line for each place, its columns below each other: environment, application, version, place. */
export function imageTable(places: readonly NamedImage[]): string[] {
  const rows = places.map((each) => [
    each.environment ?? '–',
    shownText(each.application),
    shownText(each.tag ?? each.digest?.slice(0, 19) ?? '–'),
    shownText(placeText(each)),
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  '));
}

/** `file.yaml: path (layout)`; in a file of several documents, which of them, counted from 1. */
function placeText({ file, document, at, layout }: NamedImage): string {
  return `${file}${document === 0 ? '' : `, document ${document + 1}`}: ${at} (${layout})`;
}
