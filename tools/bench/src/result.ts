import type { Missing, Sample } from './measure.ts';
import { quantile } from './measure.ts';

/** A figure that has to be reached. */
export interface Bar {
  what: string;
  measured: number;
  allowed: number;
  unit: string;
}

/** What a benchmark found out. */
export interface BenchResult {
  /** Letter and number of the list of benchmarks, for example `B1`. */
  id: string;
  title: string;
  samples: Sample[];
  missing: Missing[];
  /** What else is to say of a contender, by its name: how many lines it changed. */
  remarks: Record<string, string>;
  bars: Bar[];
}

/** One row for each contender, fastest first, those that are missing at the end, then what had to be reached. */
export function resultTable({ id, title, samples, missing, remarks, bars }: BenchResult): string {
  const ordered = [...samples].sort((a, b) => medianOf(a) - medianOf(b));
  const rows = ordered.map((each) => [
    each.name,
    `${quantile(each.milliseconds, 0).toFixed(1)}`,
    `${medianOf(each).toFixed(1)}`,
    `${quantile(each.milliseconds, 0.9).toFixed(1)}`,
    remarks[each.name] ?? '',
  ]);
  const absent = missing.map((each) => [each.name, '–', '–', '–', each.missing]);
  const lines = aligned([['', 'min ms', 'median', 'p90', ''], ...rows, ...absent]);
  return [`${id}  ${title}`, ...lines.map((line) => `  ${line}`), ...bars.map(barLine), ''].join('\n');
}

/** Whether every bar was reached. */
export function isReached(bar: Bar): boolean {
  return bar.measured <= bar.allowed;
}

function barLine(bar: Bar): string {
  const verdict = isReached(bar) ? 'reached' : 'MISSED';
  return `  ${verdict}: ${bar.what}: ${round(bar.measured)} ${bar.unit} (bar: ${round(bar.allowed)} ${bar.unit})`;
}

function round(value: number): string {
  return value.toLocaleString('en', { maximumFractionDigits: 2 });
}

export function medianOf({ milliseconds }: Sample): number {
  return quantile(milliseconds, 0.5);
}

/** The median of a contender that has to be there. */
export function medianNamed(samples: readonly Sample[], name: string): number {
  const sample = samples.find((each) => each.name === name);
  if (sample === undefined) throw new Error(`${name} was not measured`);
  return medianOf(sample);
}

function aligned(rows: readonly string[][]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === row.length - 1
          ? cell.padEnd(widths[column] ?? 0)
          : cell.padStart(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
