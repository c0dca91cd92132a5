import { parseCommit } from '../read-commit.ts';
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

/** What was landed since we first read the branch, the oldest first. What is older is not here, so the walk ends there. */
export async function landedSince(landing: Landing, to: string): Promise<LandedCommit[]> {
  const { repository, from } = landing;
  if (from === undefined || from === to) return [];
  await bringCommits(landing, [to]);
  const found = new Map<string, LandedCommit>();
  for (let next = [to]; next.length > 0; ) {
    const ids = next.filter((id) => id !== from && !found.has(id));
    const commits = [...(await repository.read(ids))].map(([id, { bytes }]) => parseCommit(id, bytes.toString('utf8')));
    for (const { commit, parents, message } of commits)
      found.set(commit, { commit, below: parents[0] ?? '', intent: intentIn(message) });
    next = commits.flatMap(({ parents }) => parents);
  }
  return [...found.values()].reverse();
}

/** The value of the trailer that `commitMessage` writes. */
function intentIn(message: string): string {
  const trailers = message.trimEnd().split('\n\n').at(-1) ?? '';
  return /^Luban-Intent: (.+)$/m.exec(trailers)?.[1] ?? '';
}
