/** Something that can be done again and again. */
export interface Contender {
  name: string;
  /** Does it once. */
  run(): Promise<unknown> | unknown;
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
export async function alternately(contenders: readonly Contender[], options: MeasureOptions): Promise<Sample[]> {
  const samples = contenders.map(({ name }) => ({ name, milliseconds: [] as number[] }));
  for (let round = -options.warmUp; round < options.rounds; round += 1) {
    for (const [index, { run }] of contenders.entries()) {
      const start = performance.now();
      await run();
      const took = performance.now() - start;
      if (round >= 0) samples[index]?.milliseconds.push(took);
    }
  }
  return samples;
}

/** The value that a part of all lie below; 0.5 is the median. */
export function quantile(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? Number.NaN;
}
