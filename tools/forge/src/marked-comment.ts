import { InputError } from '@luban-ci/core';
import type { MarkedComment } from './forge.ts';

/**
 * The text of a comment with its marker, which is an HTML comment: every forge keeps it and shows nothing of it.
 *
 * @throws InputError for a marker that would end its HTML comment
 */
export function markedText({ marker, body }: MarkedComment): string {
  return `${body.trim()}\n\n${markOf(marker)}`;
}

/** The comment that carries the marker; the first one, where somebody has copied it. */
export function findMarked<T>(comments: readonly T[], marker: string, textOf: (comment: T) => string): T | undefined {
  const mark = markOf(marker);
  return comments.find((each) => textOf(each).includes(mark));
}

/** Whether two texts are the same to a forge: some turn line ends, some cut blanks at the end. */
export function isSameText(left: string, right: string): boolean {
  return left.replaceAll('\r\n', '\n').trim() === right.replaceAll('\r\n', '\n').trim();
}

function markOf(marker: string): string {
  if (!/^[A-Za-z0-9][A-Za-z0-9._/ -]{0,99}$/.test(marker) || marker.includes('--')) {
    throw new InputError(`${JSON.stringify(marker.slice(0, 60))} cannot mark a comment`, [], {
      hint: 'Use letters, digits, dots, slashes and single hyphens.',
    });
  }
  return `<!-- luban:${marker} -->`;
}
