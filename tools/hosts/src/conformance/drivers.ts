import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inStyle, toCamelCase } from '@luban-ci/core';
import type { HostId } from '../host.ts';

/** How somebody uses a host from outside: where texts go in, and where outputs and messages come out. */
export interface HostDriver {
  id: HostId;
  /** Inputs by contract name, as text, to arguments and environment. `folder` is a fresh folder. */
  invoke(
    inputs: Record<string, string>,
    dryRun: boolean,
    folder: string,
  ): { args: string[]; env: Record<string, string> };
  /** Outputs by contract name, as text. */
  outputs(run: { stdout: string }, folder: string): Promise<Record<string, string>>;
  spell(field: string): string;
  /** Lines of its log that a person sees only after opening what is folded; undefined where nothing is ever folded. */
  folded?(told: string): string[];
}

/** Lines between two marks; what was begun and not ended goes on to the last line. */
function linesBetween(told: string, begin: string, end: string): string[] {
  const parts = told.split(begin).slice(1);
  return parts.flatMap((part) => (part.split(end)[0] ?? '').split('\n').slice(1)).filter((line) => line !== '');
}

const variables = (inputs: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(inputs).map(([name, text]) => [`LUBAN_${inStyle(name, 'screaming-snake')}`, text]));

const dry = (dryRun: boolean): Record<string, string> => (dryRun ? { LUBAN_DRY_RUN: 'true' } : {});

export const cliDriver: HostDriver = {
  id: 'cli',
  invoke: (inputs, dryRun) => {
    const { accessToken, ...flags } = inputs;
    const args = Object.entries(flags).map(([name, text]) => `--${inStyle(name, 'kebab')}=${text}`);
    return { args: dryRun ? [...args, '--dry-run'] : args, env: accessToken ? variables({ accessToken }) : {} };
  },
  outputs: async ({ stdout }) => {
    const { outputs, changed } = JSON.parse(stdout) as { outputs: Record<string, unknown>; changed: boolean };
    const text = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
    return Object.fromEntries(Object.entries({ ...outputs, changed }).map(([name, value]) => [name, text(value)]));
  },
  spell: (field) => `--${inStyle(field, 'kebab')}`,
};

export const argoDriver: HostDriver = {
  id: 'argo',
  invoke: (inputs, dryRun, folder) => ({
    args: [],
    env: {
      ...variables(inputs),
      ...dry(dryRun),
      LUBAN_MOOD: inputs['mood'] ?? '',
      LUBAN_OUTPUTS: join(folder, 'outputs'),
    },
  }),
  outputs: async (_, folder) => ({
    saidBack: await readFile(join(folder, 'outputs', 'said_back'), 'utf8'),
    names: await readFile(join(folder, 'outputs', 'names'), 'utf8'),
    changed: await readFile(join(folder, 'outputs', 'changed'), 'utf8'),
  }),
  spell: (field) => inStyle(field, 'snake'),
};

export const gitlabDriver: HostDriver = {
  id: 'gitlab-ci',
  invoke: (inputs, dryRun, folder) => ({
    args: [],
    env: { ...variables(inputs), ...dry(dryRun), CI_PROJECT_DIR: folder },
  }),
  outputs: async (_, folder) => {
    const lines = (await readFile(join(folder, 'luban.env'), 'utf8')).trimEnd().split('\n');
    const pairs = lines.map((line) => line.split(/=(.*)/s));
    return Object.fromEntries(
      pairs.map(([name = '', value = '']) => [toCamelCase(name.replace('LUBAN_OUTPUT_', '')), value]),
    );
  },
  spell: (field) => inStyle(field, 'kebab'),
  folded: (told) => linesBetween(told, 'section_start:', '\u001b[0Ksection_end:'),
};

export const githubDriver: HostDriver = {
  id: 'github-action',
  invoke: (inputs, dryRun, folder) => {
    const given = Object.entries({ ...inputs, ...(dryRun ? { dryRun: 'true' } : {}) });
    const variable = (name: string): string => `INPUT_${inStyle(name, 'kebab').toUpperCase()}`;
    const env = Object.fromEntries(given.map(([name, text]) => [variable(name), text]));
    return {
      args: [],
      env: { ...env, GITHUB_OUTPUT: join(folder, 'output'), GITHUB_STEP_SUMMARY: join(folder, 'summary') },
    };
  },
  outputs: async (_, folder) => {
    const text = await readFile(join(folder, 'output'), 'utf8');
    const found = text.matchAll(/^(?<name>[\w-]+)<<(?<mark>\S+)\r?\n(?<value>[\s\S]*?)\r?\n\k<mark>$/gm);
    return Object.fromEntries(
      [...found].map(({ groups }) => [toCamelCase(groups?.['name'] ?? ''), groups?.['value'] ?? '']),
    );
  },
  spell: (field) => inStyle(field, 'kebab'),
  folded: (told) => linesBetween(told, '::group::', '::endgroup::').filter((line) => !line.startsWith('::')), // commands
};
