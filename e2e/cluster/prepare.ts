import { exists } from './exists.ts';

/** Something that takes minutes to make, and is kept. */
export interface Prepared {
  name: string;
  /** A file that is there once it is made. */
  file: string;
  /** How long it takes on two cores with nothing cached and nothing beside it. */
  seconds: number;
  /** Names of what has to be there first. */
  after?: readonly string[];
  make: () => Promise<unknown>;
}

/** Linkers and downloads leave cores idle, which a second one takes. */
const atOnce = 2;

/** The same, each after all that stand before it. */
export function inOrder(all: readonly Prepared[]): Prepared[] {
  return all.map((each, index) => {
    const before = all.slice(0, index).map(({ name }) => name);
    return { ...each, after: [...(each.after ?? []), ...before] };
  });
}

/**
 * Makes what is missing, the first that can be made first, two at a time, and says what remains.
 *
 * @param say prints a line
 * @throws what the first one that failed has thrown, when no other one is being made any more
 */
export async function prepare(all: readonly Prepared[], say: (line: string) => void): Promise<void> {
  const missing = await filterMissing(all);
  const unfinished = new Set(missing.map(({ name }) => name));
  const waiting = [...missing];
  const making = new Map<string, Promise<string>>();
  const begin = (each: Prepared): void => {
    const place = missing.length - waiting.length;
    const remaining = missing.reduce((sum, { name, seconds }) => sum + (unfinished.has(name) ? seconds : 0), 0);
    say(`building ${each.name} (${place} of ${missing.length}, about ${inMinutes(remaining)} to go)`);
    making.set(each.name, makeOne(each, say));
  };
  while (unfinished.size > 0) {
    while (making.size < atOnce) {
      const next = waiting.findIndex(({ after = [] }) => !after.some((name) => unfinished.has(name)));
      const [each] = next === -1 ? [] : waiting.splice(next, 1);
      if (each === undefined) break;
      begin(each);
    }
    if (making.size === 0) throw new Error(`these wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    const made = await Promise.race(making.values()).catch(async (error: unknown) => {
      await Promise.allSettled(making.values());
      throw error;
    });
    making.delete(made);
    unfinished.delete(made);
  }
}

async function makeOne({ name, make }: Prepared, say: (line: string) => void): Promise<string> {
  const begin = performance.now();
  await make();
  say(`  ${name} took ${Math.round((performance.now() - begin) / 1000)} s`);
  return name;
}

async function filterMissing(all: readonly Prepared[]): Promise<Prepared[]> {
  const there = await Promise.all(all.map(({ file }) => exists(file)));
  return all.filter((_, index) => there[index] === false);
}

function inMinutes(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
