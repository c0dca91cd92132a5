import { compareOrder } from './order-key.ts';
import type { Provenance } from './provenance.ts';
import type { RecordEntry } from './record.ts';

/** What may be done with a deployment, given what is recorded in its place. */
export type Verdict =
  | { verdict: 'go'; notes: string[]; downgrade: boolean }
  | { verdict: 'same request' }
  | { verdict: 'superseded'; by: RecordEntry };

/**
 * Decides whether a deployment may replace what is recorded: never an older build of the same source over a newer one.
 *
 * - The key of the recorded request: it is that request, done already.
 * - Either side without an order key, or another source repository: their order says nothing; it goes, and that is said.
 * - Asked for earlier than what is in place: superseded, unless `allowDowngrade`.
 * - Asked for at the same time by another commit: the larger commit id stays, so that every order of arrival ends alike;
 *   after a deliberate downgrade the one in place stays.
 */
export function judge(entry: RecordEntry | undefined, asked: Provenance, allowDowngrade: boolean): Verdict {
  if (entry === undefined) return go('no record of an earlier deployment');
  if (entry.key === asked.key) return { verdict: 'same request' };
  if (isOtherSource(entry, asked)) {
    return go(`the source changes from ${entry.sourceRepository} to ${asked.sourceRepository}`);
  }
  if (asked.order === undefined) return go('this request has no order key, so it may replace something newer');
  if (entry.order === undefined) return go('what is in place has no order key, so it may be newer');
  if (!isOlder(asked, entry, entry.order, asked.order)) return { verdict: 'go', notes: [], downgrade: false };
  if (!allowDowngrade) return { verdict: 'superseded', by: entry };
  return { verdict: 'go', notes: [`${describeEntry(entry)} is newer and is replaced on purpose`], downgrade: true };
}

/** One build in a few words: tag or digest, source commit, and when it was asked for. */
export function describeEntry(entry: RecordEntry): string {
  const commit = entry.sourceCommit === undefined ? '' : ` of ${entry.sourceCommit.slice(0, 12)}`;
  const order = entry.order === undefined ? '' : `, asked for ${entry.order}`;
  return `${entry.tag ?? entry.digest ?? 'the image in place'}${commit}${order}`;
}

/** `https://host/a/b.git`, `ssh://git@host/a/b` and `git@host:a/b` are one repository. */
export function repositoryIdentity(url: string): string {
  const [, host = '', path = url] = /^(?:[a-z+]+:\/\/)?(?:[^@/]*@)?([^/:]+)(?::\d+(?=\/))?[/:](.*)$/i.exec(url) ?? [];
  return `${host.toLowerCase()}/${path.replace(/^\/+|\/+$/g, '').replace(/\.git$/, '')}`;
}

function isOtherSource(entry: RecordEntry, asked: Provenance): boolean {
  if (entry.sourceRepository === undefined || asked.sourceRepository === undefined) return false;
  return repositoryIdentity(entry.sourceRepository) !== repositoryIdentity(asked.sourceRepository);
}

function isOlder(asked: Provenance, entry: RecordEntry, inPlace: string, order: string): boolean {
  const compared = compareOrder(order, inPlace);
  if (compared !== 0 || asked.sourceCommit === entry.sourceCommit) return compared < 0;
  return entry.downgrade !== undefined || (asked.sourceCommit ?? '') < (entry.sourceCommit ?? '');
}

function go(note: string): Verdict {
  return { verdict: 'go', notes: [note], downgrade: false };
}
