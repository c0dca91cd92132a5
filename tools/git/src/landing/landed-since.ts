import type { Landing } from './landing.ts';
import { bringCommits } from './read-view.ts';

/** A commit that somebody landed while we were at it. */
export interface LandedCommit {
  commit: string;
  /** What it stands on. */
  below: string;
  /** Id of the intent that it carries out, for another writer than the one who pushed it. */
  intent: string;
}

/** What was landed since we first read the branch, the oldest first. */
export async function landedSince(landing: Landing, to: string): Promise<LandedCommit[]> {
  const { repository, from } = landing;
  if (from === undefined || from === to) return [];
  await bringCommits(landing, [to]);
  const format = '--format=%H%x09%P%x09%(trailers:key=Luban-Intent,valueonly,separator=%x2C)';
  const log = await repository.local(['log', '--reverse', format, to, `^${from}`]);
  return log.split('\n').flatMap((line) => {
    const [commit = '', below = '', intent = ''] = line.split('\t');
    return commit === '' ? [] : [{ commit, below, intent }];
  });
}
