import type { AskedCluster } from './asked-cluster.ts';
import { type Access, type Place, showPermission } from './permissions.ts';
import { askedPairs, beyond, questionsOf } from './questions.ts';

/** One question with its answer. */
export interface Row {
  who: string;
  place: Place;
  question: string;
  expected: string;
  answer: string;
}

const mostAtOnce = 4;

/** Asks everything there is to ask, in the order of the accounts. */
export async function validate(cluster: AskedCluster): Promise<Row[]> {
  const pairs = askedPairs((place, account) => cluster.has(place, account));
  const asked = await inOrder(
    pairs.map(
      ([access, place]) =>
        () =>
          rowsFor(cluster, access, place),
    ),
  );
  return asked.flat();
}

async function rowsFor(cluster: AskedCluster, access: Access, place: Place): Promise<Row[]> {
  const questions = questionsOf(access, place);
  const permissions = questions.map(({ permission }) => permission);
  const answers = await cluster.mayDo(access, place, permissions);
  const more = beyond(access, place, await cluster.rulesOf(access, place));
  return [
    ...questions.map(({ permission, expected }, index) =>
      rowOf(access, place, showPermission(permission), expected, answers[index] ?? ''),
    ),
    rowOf(access, place, 'anything else', 'no', more.length === 0 ? 'no' : more.join(', ')),
  ];
}

/** `developer in build: delete workflows.argoproj.io should be no, and is yes` */
export function differences(rows: readonly Row[]): string[] {
  return rows
    .filter(({ expected, answer }) => expected !== answer)
    .map(
      ({ who, place, question, expected, answer }) =>
        `${who} in ${place}: ${question} should be ${expected}, and is ${answer}`,
    );
}

/** Columns as wide as what is in them. */
export function table(rows: readonly Row[]): string {
  const lines = [
    ['who', 'where', 'may they', 'expected', 'answer'],
    ...rows.map(({ who, place, question, expected, answer }) => [who, place, question, expected, answer]),
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  return lines
    .map(
      (line) =>
        `${line
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}

function rowOf({ who }: Access, place: Place, question: string, expected: string, answer: string): Row {
  return { who, place, question, expected, answer };
}

/** A few at a time. */
async function inOrder<T>(asks: readonly (() => Promise<T>)[]): Promise<T[]> {
  const results = new Map<number, T>();
  const waiting = asks.entries();
  const worker = async (): Promise<void> => {
    for (const [index, ask] of waiting) results.set(index, await ask());
  };
  await Promise.all(Array.from({ length: mostAtOnce }, worker));
  return [...results].toSorted(([a], [b]) => a - b).map(([, result]) => result);
}
