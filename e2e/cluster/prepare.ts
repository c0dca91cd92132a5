import { exists } from './exists.ts';

/** Something that takes minutes to make, and is kept. */
export interface Prepared {
  name: string;
  /** A file that is there once it is made. */
  file: string;
  /** How long it takes on two cores with nothing cached. */
  seconds: number;
  make: () => Promise<unknown>;
}

/**
 * Makes what is missing, one after the other, as each takes all cores, and says what remains.
 *
 * @param say prints a line
 */
export async function prepare(all: readonly Prepared[], say: (line: string) => void): Promise<void> {
  const missing = await filterMissing(all);
  let remaining = missing.reduce((sum, { seconds }) => sum + seconds, 0);
  for (const [index, { name, seconds, make }] of missing.entries()) {
    say(`building ${name} (${index + 1} of ${missing.length}, about ${inMinutes(remaining)} to go)`);
    const begin = performance.now();
    await make();
    say(`  ${Math.round((performance.now() - begin) / 1000)} s`);
    remaining -= seconds;
  }
}

async function filterMissing(all: readonly Prepared[]): Promise<Prepared[]> {
  const there = await Promise.all(all.map(({ file }) => exists(file)));
  return all.filter((_, index) => there[index] === false);
}

function inMinutes(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
