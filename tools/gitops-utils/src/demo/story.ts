import { painted, type Surroundings } from '@luban-ci/hosts';

/** What the demo tells, as it happens. */
export interface Story {
  /** A part of the story, with the seconds since it began. */
  chapter(title: string): void;
  /** Something that happened. */
  say(text: string): void;
  /** Lines of a diff, the changed ones coloured. */
  diff(text: string): void;
  table(rows: readonly (readonly string[])[]): void;
  /** Seconds since the story began. */
  seconds(): number;
  /** Seconds since the last call, or since the story began: how long a part took. */
  lap(): number;
}

export function createStory(around: Surroundings, now: () => number): Story {
  const start = now();
  const seconds = (): number => (now() - start) / 1000;
  const laps = { last: start };
  const paint = (colour: Parameters<typeof painted>[0], text: string): string =>
    painted(colour, text, around.isTerminal);
  const line = (text: string): void => around.writeOut(`${text}\n`);
  return {
    seconds,
    lap: () => {
      const since = laps.last;
      laps.last = now();
      return (laps.last - since) / 1000;
    },
    chapter: (title) => line(`\n${paint('dim', `${seconds().toFixed(1).padStart(5)} s`)}  ${paint('bold', title)}`),
    say: (text) => line(`         ${text}`),
    diff: (text) => {
      for (const each of text.trimEnd().split('\n')) {
        const colour = each.startsWith('+') ? 'green' : each.startsWith('-') ? 'red' : 'dim';
        line(`           ${paint(colour, each)}`);
      }
    },
    table: (rows) => {
      const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
      for (const row of rows)
        line(
          `  ${row
            .map((cell, column) => cell.padEnd(widths[column] ?? 0))
            .join('  ')
            .trimEnd()}`,
        );
    },
  };
}
