import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inStyle, type StepResult } from '@luban-ci/core';
import { failureLines } from '../failure-text.ts';
import type { Outcome, Surroundings } from '../host.ts';
import { textOfValue } from '../text-value.ts';
import { spell } from './spell.ts';

/**
 * One file for each output in the folder `LUBAN_OUTPUTS`, where the template's `valueFrom.path` finds it. Argo fails a
 * node whose output file is missing, so every output has one, an empty one where there is nothing to say.
 */
export async function writeOutputs(
  result: StepResult<Record<string, unknown>>,
  outcome: Outcome,
  around: Surroundings,
): Promise<void> {
  const outputs: Record<string, unknown> = { ...result.outputs, changed: result.changed };
  const folder = around.env['LUBAN_OUTPUTS'] ?? '/tmp/luban/outputs';
  await mkdir(folder, { recursive: true });
  const names = new Set([...Object.keys(outcome.contract.outputs.shape), 'changed']);
  for (const name of names) await writeFile(join(folder, inStyle(name, 'snake')), textOfValue(outputs[name]));
  if (result.diff) around.writeErr(`${outcome.redact(result.diff)}\n`);
  around.writeErr(`${outcome.redact(result.summary)}\n`);
}

export async function writeFailure(error: unknown, outcome: Outcome, around: Surroundings): Promise<void> {
  around.writeErr(`${outcome.redact(failureLines(error, spell).join('\n'))}\n`);
}
