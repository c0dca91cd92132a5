import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { inStyle, type StepResult } from '@luban-ci/core';
import { failureLines } from '../failure-text.ts';
import type { Outcome, Surroundings } from '../host.ts';
import { textOfValue } from '../text-value.ts';
import { dotenvReport } from './dotenv-report.ts';
import { spell } from './spell.ts';

/** A dotenv report, `luban.env` unless `LUBAN_DOTENV` says otherwise: later jobs see `LUBAN_OUTPUT_<NAME>`. */
export async function writeOutputs(
  result: StepResult<Record<string, unknown>>,
  outcome: Outcome,
  around: Surroundings,
): Promise<void> {
  const outputs: Record<string, unknown> = { ...result.outputs, changed: result.changed };
  const variables = Object.entries(outputs).map(([name, value]) => [outputVariable(name), textOfValue(value)] as const);
  const { text, leftOut } = dotenvReport(Object.fromEntries(variables));
  const folder = around.env['CI_PROJECT_DIR'] || around.cwd;
  await writeFile(resolve(folder, around.env['LUBAN_DOTENV'] || 'luban.env'), text);
  for (const name of leftOut) around.writeErr(`WARN ${name} is not in the report: GitLab takes less than 5 KiB\n`);
  if (result.diff) around.writeErr(`${outcome.redact(result.diff)}\n`);
  around.writeErr(`${outcome.redact(result.summary)}\n`);
}

export async function writeFailure(error: unknown, outcome: Outcome, around: Surroundings): Promise<void> {
  around.writeErr(`${outcome.redact(failureLines(error, spell).join('\n'))}\n`);
}

function outputVariable(name: string): string {
  return `LUBAN_OUTPUT_${inStyle(name, 'screaming-snake')}`;
}
