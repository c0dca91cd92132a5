import { inStyle } from '@luban-ci/core';
import {
  goneCommands,
  goneKeys,
  type Meaning,
  type ProvisionerCommand,
  provisionerCommands,
  provisionerVariables,
} from './command-table.ts';

/** The page of all commands: what each does now, and what every option means. */
export function provisionerPage(): string {
  const gone = Object.entries(goneCommands).map(([name, what]) => `| \`${name}\` | ${what} |`);
  const variables = Object.entries(provisionerVariables).map(
    ([name, key]) => `| \`${name}\` | \`${key}\` of luban-config |`,
  );
  return [
    '<!-- Printed from tools/gitops-utils/src/provisioner/command-table.ts; its test holds them together -->\n',
    '# luban-provisioner\n',
    'The original’s command line, each command of it done by steps: `luban-provisioner <command>` and `luban provisioner <command>` are the same.',
    'What an option was called, it is called; what means nothing any more is accepted, and said. `--dry-run` shows what would change.',
    'What is asked for in an option wins over its variable. Exit codes are those of `luban`.\n',
    ...provisionerCommands.map(commandSection),
    '## Variables\n',
    '| variable | means now |\n|---|---|',
    `${variables.join('\n')}\n`,
    '## Gone\n',
    '| command | what does it now |\n|---|---|',
    `${gone.join('\n')}\n`,
    `Keys of the original’s configuration that nothing reads: ${goneKeys.map((key) => `\`${key}\``).join(', ')}. They are left out, and said.\n`,
  ].join('\n');
}

function commandSection({ words, steps, options, otherwise }: ProvisionerCommand): string {
  const rows = options.map(({ name, env, required, preset, means }) => {
    const also = env === undefined ? '' : `, \`${env}\``;
    const fallback = required === true ? '**required**' : preset === undefined ? '' : `\`${preset}\``;
    return `| \`--${name}\`${also} | ${fallback} | ${meaningOf(means)} |`;
  });
  const links = steps.map((step) => `[\`${step}\`](steps/${step}.md)`).join(', ');
  return [
    `## ${words}\n`,
    `Done by ${links}. ${otherwise}\n`,
    '| option | default | means now |\n|---|---|---|',
    ...rows,
    '',
  ].join('\n');
}

/** One sentence, for the page and for help. */
export function meaningOf(means: Meaning): string {
  if ('input' in means) return `\`--${inStyle(means.input, 'kebab')}\``;
  if ('config' in means) return `\`${means.config}\` of luban-config`;
  if ('variable' in means) return `\`${means.variable}\` of the template`;
  if ('does' in means) return means.does;
  return `nothing (${means.nothing})`;
}
