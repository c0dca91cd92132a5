import type { WorkRepository } from '../work-repository.ts';

/**
 * What a push came to, by exit code and porcelain lines alone. `refused`: the server answered for this ref. `unknown`:
 * no answer came, so the push may have been done.
 */
export type PushAnswer = { answer: 'done' } | { answer: 'refused'; said: string } | { answer: 'unknown'; said: string };

/** Pushes a commit to a branch on condition that the branch is where we read it (`undefined`: that it does not exist). */
export async function pushCommit(
  repository: WorkRepository,
  commit: string,
  branch: string,
  expected: string | undefined,
): Promise<PushAnswer> {
  const ref = `refs/heads/${branch}`;
  const lease = `--force-with-lease=${ref}:${expected ?? ''}`;
  const result = await repository.git(['push', '--porcelain', '--no-verify', lease, 'origin', `${commit}:${ref}`]);
  if (result.exitCode === 0) return { answer: 'done' };
  const answered = result.stdout.split('\n').some((line) => line.startsWith('!') && line.includes(`:${ref}\t`));
  return { answer: answered ? 'refused' : 'unknown', said: remoteLines(result.stderr) };
}

/** What the server's hooks said, for people; nothing is decided by it. */
function remoteLines(stderr: string): string {
  const lines = stderr
    .split('\n')
    .flatMap((line) => (line.startsWith('remote: ') ? [line.slice('remote: '.length).trim()] : []));
  return lines
    .filter((line) => line !== '')
    .join(' ')
    .slice(0, 500);
}
