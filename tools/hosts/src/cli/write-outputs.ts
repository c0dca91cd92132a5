import type { StepResult } from '@luban-ci/core';
import { failureData, failureLines } from '../failure-text.ts';
import type { Outcome, Surroundings } from '../host.ts';
import { painted } from './log.ts';
import { spell } from './spell.ts';

/** One JSON object on standard output; the summary and the diff belong to the story on standard error. */
export async function writeOutputs(
  result: StepResult<Record<string, unknown>>,
  outcome: Outcome,
  around: Surroundings,
): Promise<void> {
  const { changed, summary, outputs, diff } = result;
  if (diff !== undefined && diff !== '') around.writeErr(`${outcome.redact(colouredDiff(diff, around.isTerminal))}\n`);
  around.writeErr(`${painted('green', changed ? '✓' : '=', around.isTerminal)} ${outcome.redact(summary)}\n`);
  const data = { step: outcome.contract.id, changed, summary, outputs, ...(diff === undefined ? {} : { diff }) };
  around.writeOut(`${outcome.redact(JSON.stringify(data, null, 2))}\n`);
}

export async function writeFailure(error: unknown, outcome: Outcome, around: Surroundings): Promise<void> {
  const [sentence = '', ...rest] = failureLines(error, spell);
  const lines = [`${painted('red', '✗', around.isTerminal)} ${sentence}`, ...rest.map((line) => `  ${line}`)];
  around.writeErr(`${outcome.redact(lines.join('\n'))}\n`);
  const data = { step: outcome.contract.id, error: failureData(error, spell) };
  around.writeOut(`${outcome.redact(JSON.stringify(data, null, 2))}\n`);
}

function colouredDiff(diff: string, isTerminal: boolean): string {
  const paint = (line: string): string => {
    if (line.startsWith('+')) return painted('green', line, isTerminal);
    return line.startsWith('-') ? painted('red', line, isTerminal) : line;
  };
  return diff.trimEnd().split('\n').map(paint).join('\n');
}
