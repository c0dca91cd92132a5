import type { WorkRepository } from '../work-repository.ts';

/**
 * What a push came to, by exit code and porcelain lines alone. `not sent`: the server had something else than we read, so
 * git did not try. `refused`: the server answered so, perhaps to a second sending of what it had done already. `unknown`:
 * no answer came, so the push may have been done.
 */
export type PushAnswer = { answer: 'done' } | { answer: 'not sent' | 'refused' | 'unknown'; said: string };

/** A ref as it shall be, on condition that it is as we read it; `undefined`: that it does not exist, or shall not. */
export interface RefUpdate {
  /** Full name. */
  ref: string;
  from: string | undefined;
  to: string | undefined;
}

/** Pushes updates of refs: of several all or none, which the server has to be able to, or `each` as it can be done. */
export async function pushRefs(
  repository: WorkRepository,
  updates: readonly RefUpdate[],
  { options = [], together = 'all' }: { options?: readonly string[]; together?: 'all' | 'each' } = {},
): Promise<PushAnswer> {
  const leases = updates.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
  const atomic = updates.length > 1 && together === 'all' ? ['--atomic'] : [];
  const refspecs = updates.map(({ ref, to }) => `${to ?? ''}:${ref}`);
  const fixed = ['push', '--porcelain', '--no-verify', ...options.map((option) => `--push-option=${option}`)];
  const result = await repository.git([...fixed, ...atomic, ...leases, 'origin', ...refspecs]);
  if (result.exitCode === 0) return { answer: 'done' };
  const lines = result.stdout.split('\n').filter((line) => line.startsWith('!'));
  const ours = lines.filter((line) => updates.some(({ ref }) => line.includes(`:${ref}\t`)));
  const said = remoteLines(result.stderr);
  if (ours.length === 0) return { answer: 'unknown', said };
  // git-push(1): "[rejected]" was not sent at all, "[remote rejected]" was refused over there.
  return { answer: ours.every((line) => line.includes('\t[rejected]')) ? 'not sent' : 'refused', said };
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
