import { plainEnvironment, runProgram } from '@luban-ci/process';
import { bareRepository, type DemoPlace } from './place.ts';

/** The changed lines of the user's files in the newest change of a branch; the record beside them is ours. */
export async function lastDiff(place: DemoPlace, branch: string): Promise<string> {
  const cwd = bareRepository(place, `${place.app}-gitops`);
  const args = ['diff', '--unified=0', '--no-color', `${branch}^1`, branch, '--', ':(exclude)**/.luban'];
  const { stdout } = await runProgram('git', args, { cwd, env: plainEnvironment() });
  const lines = stdout.split('\n').filter((line) => /^(\+\+\+ |[-+](?![-+]))/.test(line));
  return lines.map((line) => line.replace(/^\+\+\+ b\//, '')).join('\n');
}
