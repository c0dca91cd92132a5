import { setFailed, setOutput, summary } from '@actions/core';
import type { StepResult } from '@luban-ci/core';
import { failureLines } from '../failure-text.ts';
import type { Outcome, Surroundings } from '../host.ts';
import { textOfValue } from '../text-value.ts';
import { htmlText, plainText } from './plain-text.ts';
import { spell } from './spell.ts';

/** Step outputs in kebab-case, and a job summary with the sentence and the diff. */
export async function writeOutputs(
  result: StepResult<Record<string, unknown>>,
  outcome: Outcome,
  around: Surroundings,
): Promise<void> {
  for (const [name, value] of Object.entries({ ...result.outputs, changed: result.changed })) {
    setOutput(spell(name), textOfValue(value));
  }
  const sentence = outcome.redact(result.summary);
  around.writeOut(`${plainText(sentence)}\n`);
  if (around.env['GITHUB_STEP_SUMMARY'] === undefined) return;
  summary.addHeading(outcome.contract.id, 3).addRaw(htmlText(sentence), true);
  if (result.diff) summary.addCodeBlock(htmlText(outcome.redact(result.diff)), 'diff');
  await summary.write();
}

export async function writeFailure(error: unknown, outcome: Outcome): Promise<void> {
  setFailed(outcome.redact(failureLines(error, spell).join('\n')));
}
