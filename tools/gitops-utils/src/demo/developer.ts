import { cp } from 'node:fs/promises';
import { join } from 'node:path';
import { StepError } from '@luban-ci/core';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { repositoryRoot } from '../repository-folders.ts';
import type { DemoPlace } from './place.ts';
import { ada } from './repositories.ts';

/** Somebody with a clone and plain git. */
export interface Developer {
  /** Replaces the template's code by the example's, commits and pushes. Answers the commit. */
  writeCartService(): Promise<string>;
  /** Pushes an annotated tag on the newest commit. */
  tag(version: string): Promise<void>;
}

export async function createDeveloper(place: DemoPlace): Promise<Developer> {
  const folder = join(place.folder, 'work');
  const git = (args: string[], cwd = folder): Promise<string> => plainGit(args, cwd, place);
  await git(['clone', '--quiet', place.sourceUrl, folder], place.folder);
  return {
    writeCartService: async () => {
      await git(['rm', '-r', '--quiet', 'src', 'tests']);
      await cp(join(repositoryRoot, 'examples', 'cart-service'), folder, { recursive: true, filter: isSource });
      await git(['add', '--all']);
      await git(['commit', '--quiet', '--message', 'Add up the cart']);
      await git(['push', '--quiet', 'origin', 'main']);
      return (await git(['rev-parse', 'HEAD'])).trim();
    },
    tag: async (version) => {
      await git(['tag', '--annotate', '--message', `Release ${version}`, version]);
      await git(['push', '--quiet', 'origin', version]);
    },
  };
}

function isSource(path: string): boolean {
  return !/(__pycache__|\.venv|\.egg-info)(\/|$)/.test(path);
}

async function plainGit(args: string[], cwd: string, place: DemoPlace): Promise<string> {
  const header = Buffer.from(`${place.user}:${place.token}`).toString('base64');
  const env = {
    ...plainEnvironment(),
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: ada.name,
    GIT_AUTHOR_EMAIL: ada.email,
    GIT_COMMITTER_NAME: ada.name,
    GIT_COMMITTER_EMAIL: ada.email,
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `http.${place.url}/.extraHeader`,
    GIT_CONFIG_VALUE_0: `Authorization: Basic ${header}`,
  };
  const { exitCode, stdout, stderr } = await runProgram('git', args, { cwd, env, timeoutSeconds: 60 });
  if (exitCode === 0) return stdout;
  throw new StepError(`git ${args[0]} failed: ${stderr.trim()}`);
}
