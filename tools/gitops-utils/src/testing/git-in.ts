import { plainEnvironment, runProgram } from '@luban-ci/process';

/** Runs git in a repository of a playground. @returns standard output; @throws Error when git fails */
export async function gitIn(cwd: string, args: readonly string[]): Promise<string> {
  const person = { GIT_AUTHOR_NAME: 'Ann', GIT_AUTHOR_EMAIL: 'ann@example.org' };
  const committer = { GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@example.org' };
  const env = { ...plainEnvironment(), ...person, ...committer };
  const { exitCode, stdout, stderr } = await runProgram('git', args, { cwd, env });
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}
