/** Longer than any name, and than most sentences; those say what they need. */
const usualLength = 300;

/** A text of somebody else's, for people: on one line, without controls and direction marks, and cut where it has no end. */
export function shownText(text: string, longest = usualLength): string {
  const line = text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]+/gu, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** Those values that are known, each as it may be shown. */
export function shownValues(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, shownText(value)]])),
  );
}
