import { chmod, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { type TemporaryFolder, writeTree } from '@luban-ci/testing';

/**
 * Programs that write down their arguments and their environment, and the arguments of every process there is, before
 * they become the real ones. What they saw is in the files `argv` and `environ` of the folder.
 *
 * @returns the environment to run them in
 */
export async function watchedPrograms(
  folder: TemporaryFolder,
  names: readonly string[],
): Promise<Record<string, string>> {
  const environment = plainEnvironment();
  for (const name of names) {
    const found = await runProgram('sh', ['-c', `command -v ${name}`], { cwd: folder.path, env: environment });
    const script = `#!/bin/sh
printf '%s\\n' "$*" >> '${folder.at('argv')}'
cat /proc/[0-9]*/cmdline >> '${folder.at('argv')}' 2>/dev/null
env >> '${folder.at('environ')}'
exec '${found.stdout.trim()}' "$@"
`;
    await writeTree(folder.path, { [`bin/${name}`]: script, argv: '', environ: '' });
    await chmod(folder.at('bin', name), 0o755);
  }
  return { ...environment, PATH: `${folder.at('bin')}:${environment['PATH']}` };
}

/** What a private key has that nothing else has: its lines, without those that say that it is one. */
export function secretLines(key: string): string[] {
  return key.split('\n').filter((line) => line !== '' && !line.startsWith('-----'));
}

export async function allText(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(join(entry.parentPath, entry.name), 'latin1'));
  return (await Promise.all(texts)).join('\n');
}
