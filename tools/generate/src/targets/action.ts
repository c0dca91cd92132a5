import { type Field, inStyle } from '@luban-ci/core';
import { stringify } from 'yaml';
import type { DescribedStep } from '../described-step.ts';
import type { GeneratedFiles } from '../generated-files.ts';
import { markdownTable } from './markdown.ts';
import { defaultText, kindText } from './value-text.ts';

/** A reusable GitHub Action for a step: its metadata, its one-line program and its page. */
export function actionFiles(step: DescribedStep): GeneratedFiles {
  const { id } = step.contract;
  return {
    [`actions/${id}/action.yml`]: actionYaml(step),
    [`actions/${id}/src/main.ts`]: `import { runStepAsAction } from '@luban-ci/hosts/github-action';\n\nawait runStepAsAction('${id}');\n`,
    [`actions/${id}/README.md`]: readme(step),
  };
}

function actionYaml({ contract, inputs, outputs }: DescribedStep): string {
  const dryRun = {
    'dry-run': { description: 'Show what would change, and change nothing.', required: false, default: 'false' },
  };
  const metadata = {
    name: `Luban CI: ${contract.id}`,
    description: contract.summary,
    author: 'Luban CI',
    branding: { icon: 'git-merge', color: 'orange' },
    inputs: { ...Object.fromEntries(inputs.map(actionInput)), ...(contract.writes ? dryRun : {}) },
    outputs: Object.fromEntries([
      ...outputs.map((field) => [inStyle(field.name, 'kebab'), { description: field.description }]),
      ['changed', { description: 'Whether anything was changed.' }],
    ]),
    runs: { using: 'node24', main: `../dist/${contract.id}.mjs` },
  };
  return `# Printed by "make generate" from tools/steps/src/${contract.id}/step.ts\n${stringify(metadata, { lineWidth: 0 })}`;
}

function actionInput(field: Field): [string, Record<string, unknown>] {
  const preset = field.name === 'gitToken' ? '${{ github.token }}' : defaultText(field);
  const description =
    field.choices === undefined ? field.description : `${field.description} One of: ${field.choices.join(', ')}.`;
  const isRequired = field.required && preset === '';
  return [
    inStyle(field.name, 'kebab'),
    { description, required: isRequired, ...(preset === '' ? {} : { default: preset }) },
  ];
}

function readme({ contract, inputs, outputs }: DescribedStep): string {
  const required = inputs.filter((field) => field.required);
  const [example] = contract.examples;
  const given = Object.entries(example?.inputs ?? {}).map(([name, value]) => [inStyle(name, 'kebab'), value] as const);
  const usage = stringify([{ uses: `luban-ci/luban-ci/actions/${contract.id}@v1`, with: Object.fromEntries(given) }], {
    lineWidth: 0,
  });
  const outputRows = outputs.map((field) => [`\`${inStyle(field.name, 'kebab')}\``, field.description]);
  const inputRows = required.map((field) => [
    `\`${inStyle(field.name, 'kebab')}\``,
    kindText(field),
    field.description,
  ]);
  return [
    `<!-- Printed by "make generate" from tools/steps/src/${contract.id}/step.ts -->\n\n# ${contract.id}\n\n${contract.summary}\n`,
    `\`\`\`yaml\n${usage}\`\`\`\n`,
    required.length === 0
      ? ''
      : `What has to be given; [everything else](../../docs/reference/steps/${contract.id}.md) has a default:\n\n${markdownTable(['input', 'value', 'meaning'], inputRows)}`,
    `Outputs:\n\n${markdownTable(['output', 'meaning'], outputRows)}`,
  ]
    .filter((section) => section !== '')
    .join('\n');
}
