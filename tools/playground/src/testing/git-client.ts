import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProgramResult, runProgram } from '@luban-ci/process';
import { gitEnvironment } from '../git/git-repository.ts';

/** A user's git, as tests need it: the token travels in the environment, never in a URL or an argument. */
export function runGitAs(token: string, cwd: string, args: readonly string[]): Promise<ProgramResult> {
  const header = `Authorization: Basic ${Buffer.from(`x:${token}`).toString('base64')}`;
  const person = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.org' };
  const env = gitEnvironment({
    ...person,
    GIT_COMMITTER_NAME: person.GIT_AUTHOR_NAME,
    GIT_COMMITTER_EMAIL: person.GIT_AUTHOR_EMAIL,
    GIT_TERMINAL_PROMPT: '0',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: 'http.extraHeader',
    GIT_CONFIG_VALUE_0: header,
  });
  return runProgram('git', args, { cwd, env, timeoutSeconds: 30 });
}

/** Commits one file to a branch of a clone and pushes it. */
export async function commitTo(
  token: string,
  clone: string,
  branch: string,
  text: string,
): Promise<{ commit: string; exitCode: number; stderr: string }> {
  await runGitAs(token, clone, ['checkout', '--quiet', '-B', branch]);
  await writeFile(join(clone, `${text}.txt`), `${text}\n`);
  await runGitAs(token, clone, ['add', '.']);
  await runGitAs(token, clone, ['commit', '--quiet', '--allow-empty', '-m', `Add ${text}`]);
  const { stdout } = await runGitAs(token, clone, ['rev-parse', 'HEAD']);
  const { exitCode, stderr } = await runGitAs(token, clone, ['push', '--quiet', 'origin', branch]);
  return { commit: stdout.trim(), exitCode, stderr };
}
