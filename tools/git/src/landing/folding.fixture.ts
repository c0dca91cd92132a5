import type { EditInput } from '@luban-ci/edits';
import { fixedClock, type GitServer } from '@luban-ci/testing';
import type { GitSettings } from '../git-settings.ts';
import { parseGitUrl } from '../git-url.ts';
import { testSettings } from '../settings.fixture.ts';
import { openWorkRepository } from '../work-repository.ts';
import { newIntentId } from './intent.ts';
import { type CommitRequest, landJob } from './land-job.ts';
import { type LeftIntent, leaveIntent } from './own-intent.ts';

/** Time of the writers that have left an intent and died: long enough ago that nobody waits for them. */
export const longAgo = '2026-01-02T03:03:00Z';
export const now = '2026-01-02T03:04:05Z';

export function settingsAt(server: GitServer, time: string, given: Partial<GitSettings> = {}): GitSettings {
  return testSettings(server, { clock: fixedClock(time), random: () => 0.5, ...given });
}

/** Where everybody lands: its branch has a file that nobody edits. */
export async function repository(server: GitServer): Promise<{ url: string; branch: string }> {
  return { url: await server.create('gitops', { main: { 'README.md': 'read me\n' } }), branch: 'main' };
}

/** Has something happen when the first push begins, so that it comes too late. */
export function beforeTheFirstPush(server: GitServer, before: () => Promise<unknown>): void {
  let pushes = 0;
  server.setFault(({ target }) =>
    target.endsWith('/info/refs?service=git-receive-pack') && pushes++ === 0 ? { before } : undefined,
  );
}

export function newFile(path: string, text = path): EditInput {
  return writeFile(path, null, text);
}

export function writeFile(path: string, expected: string | null, text = path): EditInput {
  return { kind: 'write-file', version: 1, path, expected, content: { text } };
}

export function request(path: string): CommitRequest {
  return { edits: [newFile(path)], message: `Add ${path}`, author: { name: path, email: `${path}@git.example` } };
}

/** Leaves an intent, as a writer does that then dies. */
export async function leave(
  server: GitServer,
  time: string,
  commits: readonly CommitRequest[],
  given: Partial<GitSettings> & { deadlineSeconds?: number } = {},
): Promise<LeftIntent> {
  const { deadlineSeconds = 600, ...settings } = given;
  const url = server.url('gitops');
  const writer = settingsAt(server, time, settings);
  await using repository = await openWorkRepository(writer, parseGitUrl(url, false));
  return await leaveIntent(
    repository,
    landJob(writer, { url, branch: 'main', deadlineSeconds }, commits),
    newIntentId(writer.clock.now()),
  );
}

/** Authors, committers and subjects of the branch, the newest first. */
export async function history(server: GitServer): Promise<string[]> {
  return (await server.git('gitops', ['log', '--format=%an/%cn: %s', 'main'])).trim().split('\n');
}

export async function refsOf(server: GitServer): Promise<string[]> {
  return (await server.git('gitops', ['for-each-ref', '--format=%(refname)'])).trim().split('\n');
}
