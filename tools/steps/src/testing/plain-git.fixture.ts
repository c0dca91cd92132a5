import { plainEnvironment, runProgram } from '@luban-ci/process';
import type { FileTree } from '@luban-ci/testing';

/** Runs git without anybody's configuration. @returns standard output */
export async function plainGit(cwd: string, args: readonly string[], input = ''): Promise<string> {
  const env = { ...plainEnvironment(), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
  const { exitCode, stdout, stderr } = await runProgram('git', args, { cwd, env, input });
  if (exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** One commit for `git fast-import`. */
export function importOf(given: {
  branch: string;
  from: string;
  files: FileTree;
  message: string;
  author: string;
}): string {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const contents = Object.entries(given.files).map(([path, text]) => `M 100644 inline "${path}"\n${data(text)}`);
  const person = `${given.author} <${given.author.toLowerCase()}@example.com> 1767323045 +0000`;
  const from = given.from === '' ? '' : `from ${given.from}\n`;
  return `commit refs/heads/${given.branch}\ncommitter ${person}\n${data(`${given.message}\n`)}${from}${contents.join('')}\n`;
}
