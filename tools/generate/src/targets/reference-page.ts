import { inStyle, type StepExample } from '@luban-ci/core';
import { textOfValue, variableOf } from '@luban-ci/hosts';
import { stringify } from 'yaml';
import type { DescribedStep } from '../described-step.ts';
import type { GeneratedFiles } from '../generated-files.ts';
import { markdownTable } from './markdown.ts';
import { defaultText, kindText } from './value-text.ts';

const notice = '<!-- Printed by "make generate" from the contracts. -->\n\n';

/** One page for each step: what it takes, gives and may do, and examples for every host. */
export function referencePage(step: DescribedStep): GeneratedFiles {
  const { contract, inputs, outputs, powers } = step;
  const sections = [
    `${notice}# ${contract.id}\n\n${contract.summary}\n`,
    `## Inputs\n\n${inputTable(inputs)}`,
    `## Outputs\n\n${markdownTable(
      ['output', 'value', 'meaning'],
      outputs.map((field) => [`\`${inStyle(field.name, 'kebab')}\``, kindText(field), field.description]),
    )}`,
    `## What it may do\n\n${powersText(powers, contract.writes)}`,
    `## Examples\n\n${contract.examples.map((example) => exampleText(contract.id, example)).join('\n')}`,
    '## Exit codes\n\n0 done, or nothing to do · 1 failed for good · 2 bad input · 75 try again later\n',
  ];
  return { [`docs/reference/steps/${contract.id}.md`]: sections.join('\n') };
}

export function referenceIndex(steps: readonly DescribedStep[]): GeneratedFiles {
  const rows = steps.map(({ contract }) => [`[${contract.id}](steps/${contract.id}.md)`, contract.summary]);
  return { 'docs/reference/steps.md': `${notice}# Steps\n\n${markdownTable(['step', 'what it does'], rows)}` };
}

function inputTable(inputs: DescribedStep['inputs']): string {
  const rows = inputs.map((field) => [
    `\`${inStyle(field.name, 'kebab')}\``,
    field.secret ? 'secret' : kindText(field),
    field.required ? '**required**' : code(defaultText(field)),
    field.secret
      ? `${field.description} Given as \`${variableOf(field.name)}\` in the environment.`
      : field.description,
  ]);
  return markdownTable(['input', 'value', 'default', 'meaning'], rows);
}

function powersText(powers: readonly string[], writes: boolean): string {
  const reach = powers.length === 0 ? ['Works on files of the workspace alone.'] : powers;
  const dryRun = writes ? ['With `--dry-run` it shows what it would change and changes nothing.'] : [];
  return [...reach, ...dryRun].map((sentence) => `- ${sentence}\n`).join('');
}

function exampleText(id: string, example: StepExample): string {
  const flags = Object.entries(example.inputs).map(
    ([name, value]) => `  --${inStyle(name, 'kebab')} ${shellWord(value)}`,
  );
  const command = [`luban ${id}`, ...flags].join(' \\\n');
  const given = Object.fromEntries(
    Object.entries(example.inputs).map(([name, value]) => [inStyle(name, 'kebab'), textOfValue(value)]),
  );
  const action = stringify([{ uses: `luban-ci/luban-ci/actions/${id}@v1`, with: given }], { lineWidth: 0 });
  return `${example.title}:\n\n\`\`\`sh\n${command}\n\`\`\`\n\n\`\`\`yaml\n# GitHub Actions\n${action}\`\`\`\n`;
}

function shellWord(value: unknown): string {
  const text = textOfValue(value);
  return /^[\w./:@,=-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function code(text: string): string {
  return text === '' ? '' : `\`${text}\``;
}
