/** "Limit dotenv file size" of GitLab: a report of this many bytes or more is refused, and its job fails. */
const refusedFromBytes = 5120;

export interface DotenvReport {
  /** The file: `NAME=value`, each on a line of its own. */
  text: string;
  /** Variables that are not in it, because they would make it too large. */
  leftOut: string[];
}

/** As many variables as GitLab takes in one report; when it does not take all, the longest are left out. */
export function dotenvReport(variables: Readonly<Record<string, string>>): DotenvReport {
  const lines = Object.entries(variables).map(([name, value]) => ({ name, text: `${name}=${oneLine(value)}\n` }));
  const leftOut = new Set<string>();
  for (const { name } of lines.toSorted((a, b) => sizeOf(b.text) - sizeOf(a.text))) {
    if (sizeOf(textWithout(leftOut, lines)) < refusedFromBytes) break;
    leftOut.add(name);
  }
  return { text: textWithout(leftOut, lines), leftOut: [...leftOut] };
}

function textWithout(leftOut: ReadonlySet<string>, lines: readonly { name: string; text: string }[]): string {
  return lines
    .filter(({ name }) => !leftOut.has(name))
    .map(({ text }) => text)
    .join('');
}

function sizeOf(text: string): number {
  return Buffer.byteLength(text);
}

/** A value in a report has no line ends. */
function oneLine(text: string): string {
  return text.replaceAll(/\r?\n/g, ' ');
}
