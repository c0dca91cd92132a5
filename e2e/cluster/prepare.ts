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
  /** Of those with the same, one is made at a time, beside the two that have none. */
  lane?: string;
  make: () => Promise<unknown>;
}

/** Linkers and downloads leave cores idle, which a second one takes. */
const atOnce = 2;

/**
 * Makes what is missing, the first that can be made first, two at a time and one of each lane, and says what remains.
 *
 * @param say prints a line
 * @throws what the first one that failed has thrown, when no other one is being made any more
 */
export async function prepare(all: readonly Prepared[], say: (line: string) => void): Promise<void> {
  const missing = await filterMissing(all);
  const unfinished = new Set(missing.map(({ name }) => name));
  const waiting = [...missing];
  const making = new Map<Prepared, Promise<Prepared>>();
  const canBegin = ({ lane, after = [] }: Prepared): boolean => {
    const beside = [...making.keys()].filter((each) => each.lane === lane).length;
    return beside < (lane === undefined ? atOnce : 1) && !after.some((name) => unfinished.has(name));
  };
  const begin = (each: Prepared): void => {
    const place = missing.length - waiting.length;
    const remaining = missing.reduce((sum, { name, seconds }) => sum + (unfinished.has(name) ? seconds : 0), 0);
    say(`building ${each.name} (${place} of ${missing.length}, about ${inMinutes(remaining)} to go)`);
    making.set(each, makeOne(each, say));
  };
  while (unfinished.size > 0) {
    for (const each of [...waiting]) {
      if (!canBegin(each)) continue;
      waiting.splice(waiting.indexOf(each), 1);
      begin(each);
    }
    if (making.size === 0) throw new Error(`these wait for each other: ${waiting.map(({ name }) => name).join(', ')}`);
    const made = await Promise.race(making.values()).catch(async (error: unknown) => {
      await Promise.allSettled(making.values());
      throw error;
    });
    making.delete(made);
    unfinished.delete(made.name);
  }
}

async function makeOne(each: Prepared, say: (line: string) => void): Promise<Prepared> {
  const begin = performance.now();
  await each.make();
  say(`  ${each.name} took ${Math.round((performance.now() - begin) / 1000)} s`);
  return each;
}

async function filterMissing(all: readonly Prepared[]): Promise<Prepared[]> {
  const there = await Promise.all(all.map(({ file }) => exists(file)));
  return all.filter((_, index) => there[index] === false);
}

function inMinutes(seconds: number): string {
  return seconds < 90 ? `${seconds} s` : `${Math.round(seconds / 60)} min`;
}
