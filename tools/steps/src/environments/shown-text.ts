const longest = 300;

/** A text of somebody else's, for people: on one line, without controls and direction marks, and cut where it has no end. */
export function shownText(text: string): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
