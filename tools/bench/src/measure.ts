/** Something that can be done again and again. */
export interface Contender {
  name: string;
  /** Does it once. */
  run(): Promise<unknown> | unknown;
}

/** A contender whose turn begins with what is not measured, so that it says itself how long the rest took. */
export interface SelfTimed {
  name: string;
  /** Does it once. @returns milliseconds */
  timed(): Promise<number>;
}

/** A contender that is not here, with the reason: named in the table, never left out of it. */
export interface Missing {
  name: string;
  missing: string;
}

export interface Sample {
  name: string;
  /** Of every round, in order. */
  milliseconds: number[];
}

export interface MeasureOptions {
  rounds: number;
  /** Rounds before the first that counts: files get into the page cache, code gets compiled. */
  warmUp: number;
}

/** Lets all take turns (A B A B …), so that a busy moment of the machine meets everybody alike. */
export async function alternately(
  contenders: readonly (Contender | SelfTimed)[],
  options: MeasureOptions,
): Promise<Sample[]> {
  const samples = contenders.map(({ name }) => ({ name, milliseconds: [] as number[] }));
  for (let round = -options.warmUp; round < options.rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const took = 'timed' in contender ? await contender.timed() : await timeOf(contender);
      if (round >= 0) samples[index]?.milliseconds.push(took);
    }
  }
  return samples;
}

async function timeOf({ run }: Contender): Promise<number> {
  const start = performance.now();
  await run();
  return performance.now() - start;
}

/** The value that a part of all lie below; 0.5 is the median. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
