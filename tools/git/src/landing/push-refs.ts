import type { PackedObject } from '../pack-file.ts';
import { type PushAnswer, type PushTerms, type RefUpdate, saidByHooks } from '../receive-pack.ts';
import type { WorkRepository } from '../work-repository.ts';

export type { PushAnswer, RefUpdate } from '../receive-pack.ts';

/** Pushes updates of refs with the objects that were written for them; all or none, where nothing else is said. */
export async function pushRefs(
  repository: WorkRepository,
  updates: readonly RefUpdate[],
  { objects = [], options = [], together = 'all' }: Partial<PushTerms> & { objects?: readonly PackedObject[] } = {},
): Promise<PushAnswer> {
  const terms = { options, together };
  return (await repository.receiver?.push(updates, objects, terms)) ?? (await pushByGit(repository, updates, terms));
}

async function pushByGit(
  repository: WorkRepository,
  updates: readonly RefUpdate[],
  { options, together }: PushTerms,
): Promise<PushAnswer> {
  const leases = updates.map(({ ref, from }) => `--force-with-lease=${ref}:${from ?? ''}`);
  const atomic = updates.length > 1 && together === 'all' ? ['--atomic'] : [];
  const refspecs = updates.map(({ ref, to }) => `${to ?? ''}:${ref}`);
  const fixed = ['push', '--porcelain', '--no-verify', ...options.map((option) => `--push-option=${option}`)];
  const result = await repository.git([...fixed, ...atomic, ...leases, 'origin', ...refspecs]);
  if (result.exitCode === 0) return { answer: 'done' };
  const lines = result.stdout.split('\n').filter((line) => line.startsWith('!'));
  const ours = lines.filter((line) => updates.some(({ ref }) => line.includes(`:${ref}\t`)));
  const remote = 'remote: ';
  const said = saidByHooks(
    result.stderr.split('\n').flatMap((line) => (line.startsWith(remote) ? [line.slice(remote.length)] : [])),
  );
  if (ours.length === 0) return { answer: 'unknown', said };
  // git-push(1): "[rejected]" was not sent at all, "[remote rejected]" was refused over there.
  return { answer: ours.every((line) => line.includes('\t[rejected]')) ? 'not sent' : 'refused', said };
}
