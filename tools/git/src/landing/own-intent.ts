import type { IntentWay } from '../git-settings.ts';
import { listRefs } from '../remote-refs.ts';
import type { WorkRepository } from '../work-repository.ts';
import { type Intent, intentMessage } from './intent.ts';
import { type IntentPlace, type IntentRef, intentRefName } from './intent-refs.ts';
import type { LandJob } from './land-job.ts';
import { pushRefs } from './push-refs.ts';
import { writeCommits } from './write-commits.ts';

/** What leaving an intent came to; `refused`: the server takes them in no form. `unknown`: it may come to be there yet. */
export type LeftIntent = { answer: 'left'; own: IntentRef } | { answer: 'refused' | 'unknown' };

/** In the order of preference. Branches start pipelines; GitLab reads this option, others the words in the message. */
const ways: readonly { way: IntentWay; place: IntentPlace; options: readonly string[] }[] = [
  { way: 'custom refs', place: 'custom refs', options: [] },
  { way: 'quiet branches', place: 'branches', options: ['ci.skip'] },
  { way: 'branches', place: 'branches', options: [] },
];

/**
 * Leaves our edits at the server for whoever lands next. Nobody else writes that ref, so this push has no rival but an
 * earlier one with the same id that was not answered.
 */
export async function leaveIntent(repository: WorkRepository, job: LandJob, id: string): Promise<LeftIntent> {
  const { intents, committer } = repository.settings;
  const { url } = repository.remote;
  const known = await intents?.memory?.recall(url);
  if (known === 'none') return { answer: 'refused' };
  const intent: Intent = { id, branch: job.branch, expires: job.deadline, commits: job.commits };
  const {
    ids: [commit = ''],
    objects,
  } = await writeCommits(repository, undefined, [
    { changes: new Map(), message: intentMessage(intent, intents?.key), author: committer },
  ]);
  const first = Math.max(
    0,
    ways.findIndex(({ way }) => way === known),
  );
  for (const { way, place, options } of ways.slice(first)) {
    const ref = intentRefName(place, job.branch, id);
    const pushed = await pushRefs(repository, [{ ref, from: undefined, to: commit }], { objects, options });
    const there = pushed.answer === 'done' ? commit : await commitAt(repository, ref);
    if (there !== undefined && way !== 'custom refs') await intents?.memory?.keep(url, way);
    if (there !== undefined) return { answer: 'left', own: { id, ref, commit: there } };
    // A server without push options ends the connection; any other silence says nothing about what it takes.
    if (pushed.answer === 'unknown' && options.length === 0) return { answer: 'unknown' };
  }
  await intents?.memory?.keep(url, 'none');
  return { answer: 'refused' };
}

async function commitAt({ settings, remote }: WorkRepository, ref: string): Promise<string | undefined> {
  const [there] = await listRefs(settings, remote, [ref]);
  return there?.commit;
}

/** Takes intents away; what somebody else has taken away meanwhile is gone as well. */
export async function withdrawIntents(repository: WorkRepository, intents: readonly IntentRef[]): Promise<void> {
  if (intents.length === 0) return;
  const updates = intents.map(({ ref, commit }) => ({ ref, from: commit, to: undefined }));
  await pushRefs(repository, updates, { together: 'each' });
}
