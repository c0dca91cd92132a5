import { type Field, inStyle } from '@luban-ci/core';
import { variableOf } from '@luban-ci/hosts';
import { stringify } from 'yaml';
import type { DescribedStep } from '../described-step.ts';
import type { GeneratedFiles } from '../generated-files.ts';
import { utilsImage } from './utils-image.ts';
import { defaultText } from './value-text.ts';

/**
 * A GitLab CI component: typed inputs above the `---`, one job below. Inputs become variables of the job, so that
 * `$CI_COMMIT_SHA` may stand in them; secrets are the project's masked variables, and never inputs.
 */
export function gitlabComponent({ contract, inputs }: DescribedStep): GeneratedFiles {
  const open = inputs.filter((field) => !field.secret);
  const spec = {
    spec: {
      inputs: {
        'job-name': { default: `luban-${contract.id}`, description: 'Name of the job.' },
        stage: { default: 'deploy', description: 'Stage of the job.' },
        'luban-image': { default: utilsImage, description: 'Image with the luban command.' },
        ...(contract.writes
          ? {
              'dry-run': {
                options: ['true', 'false'],
                default: 'false',
                description: 'Show what would change, and change nothing.',
              },
            }
          : {}),
        ...Object.fromEntries(open.map(componentInput)),
      },
    },
  };
  const variables = [
    ['LUBAN_HOST', 'gitlab-ci'],
    ...(contract.writes ? [['LUBAN_DRY_RUN', reference('dry-run')]] : []),
    ...open.map((field) => [variableOf(field.name), reference(inStyle(field.name, 'kebab'))]),
  ];
  const job = {
    [reference('job-name')]: {
      stage: reference('stage'),
      image: { name: reference('luban-image'), entrypoint: [''] },
      variables: Object.fromEntries(variables),
      script: [`luban ${contract.id}`],
      retry: { max: 2, when: ['runner_system_failure', 'stuck_or_timeout_failure'], exit_codes: [75] },
      artifacts: { reports: { dotenv: 'luban.env' } },
    },
  };
  const head = `# Printed by "make generate" from tools/steps/src/${contract.id}/step.ts\n# ${contract.summary}\n`;
  return {
    [`templates/${contract.id}.yml`]: `${head}${stringify(spec, { lineWidth: 0 })}---\n${stringify(job, { lineWidth: 0 })}`,
  };
}

function componentInput(field: Field): [string, Record<string, unknown>] {
  const options =
    field.choices === undefined
      ? {}
      : { options: field.required || field.default !== undefined ? field.choices : [...field.choices, ''] };
  const preset = field.required ? {} : { default: defaultText(field) };
  return [inStyle(field.name, 'kebab'), { description: field.description, ...options, ...preset }];
}

function reference(input: string): string {
  return `$[[ inputs.${input} ]]`;
}
