import { inStyle } from '@luban-ci/core';
import type { DescribedStep } from '../described-step.ts';
import { withSection } from '../marked-section.ts';
import { markdownTable } from './markdown.ts';
import { defaultText, kindText } from './value-text.ts';

/** The page in a step's folder, with the tables of its own inputs and outputs brought up to date. */
export function stepPage(page: string, { contract, inputs, outputs }: DescribedStep, where: string): string {
  const own = inputs.filter(({ name }) => name in contract.inputs.shape);
  const inputRows = own.map((field) => [
    `\`${inStyle(field.name, 'kebab')}\``,
    kindText(field),
    field.required ? '**required**' : defaultText(field) === '' ? '' : `\`${defaultText(field)}\``,
    field.description,
  ]);
  const outputRows = outputs.map((field) => [`\`${inStyle(field.name, 'kebab')}\``, field.description]);
  const tables = [
    markdownTable(['input', 'value', 'default', 'meaning'], inputRows),
    markdownTable(['output', 'meaning'], outputRows),
  ];
  return withSection(page, 'tables', tables.join('\n'), where);
}
