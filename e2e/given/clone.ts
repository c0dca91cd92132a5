import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainEnvironment } from '@luban-ci/process';
import { run } from '../run.ts';
import { account, organization, type SuitePlace } from './place.ts';

/** The developer of the suites: a commit by our own account would be skipped. */
export const ada = { name: 'Ada', email: 'ada@example.com' };

/** Plain git in a clone. */
export interface Clone {
  folder: string;
  git: (...args: string[]) => Promise<string>;
}

export function repositoryUrl(base: string, name: string): string {
  return `${base}/${organization}/${name}.git`;
}

/** Works in a clone of a repository of the forge, with git as people have it and none of ours. */
export async function inClone<T>(place: SuitePlace, name: string, work: (clone: Clone) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'luban-suite-'));
  const git = (...args: string[]): Promise<string> => run('git', args, { cwd: folder, env: gitEnvironment(place) });
  try {
    await git('clone', '--quiet', repositoryUrl(place.forge, name), '.');
    return await work({ folder, git });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Nothing of the machine's own git, and the password in no argument. */
export function gitEnvironment(place: SuitePlace): Record<string, string> {
  const header = Buffer.from(`${account.name}:${account.password}`).toString('base64');
  return {
    ...plainEnvironment(),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: ada.name,
    GIT_AUTHOR_EMAIL: ada.email,
    GIT_COMMITTER_NAME: ada.name,
    GIT_COMMITTER_EMAIL: ada.email,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${place.forge}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${header}`,
  };
}
