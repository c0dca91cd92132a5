import type { ImageEvent } from './image-events.ts';

const longestKind = 'rolled back'.length;

/** One line of the story: `2026-03-02 09:14  promoted     2.1.0, was 2.0.4  of 9f8e7d6  from snd  by ada  (f00dfee)`. */
export function eventLine(event: ImageEvent): string {
  const { tag, digest, replaced, sourceCommit, promotedFrom, requestedBy, author } = event;
  const version = event.event === 'removed' ? event.image : shortened(tag ?? digest ?? 'no version');
  const parts = [
    event.at.slice(0, 16).replace('T', ' '),
    event.event.padEnd(longestKind),
    replaced === undefined ? version : `${version}, was ${shortened(replaced)}`,
    ...(sourceCommit === undefined ? [] : [`of ${sourceCommit.slice(0, 7)}`]),
    ...(promotedFrom === undefined ? [] : [`from ${promotedFrom}`]),
    `by ${requestedBy ?? author}`,
    `(${event.commit.slice(0, 7)})`,
  ];
  return parts.join('  ');
}

function shortened(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
