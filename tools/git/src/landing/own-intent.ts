import { listRefs } from '../remote-refs.ts';
import type { WorkRepository } from '../work-repository.ts';
import { type Intent, intentMessage, newIntentId } from './intent.ts';
import { type IntentPlace, type IntentRef, intentRefName } from './intent-refs.ts';
import type { LandJob } from './land-job.ts';
import { pushRefs } from './push-refs.ts';
import { writeCommits } from './write-commits.ts';

/** Our intent at the server. */
export interface OwnIntent extends IntentRef {
  place: IntentPlace;
}

/** What leaving an intent came to; `refused`: the server takes them in no form. `unknown`: it did not answer. */
export type LeftIntent = { answer: 'left'; own: OwnIntent } | { answer: 'refused' | 'unknown' };

/** In the order of preference. Branches start pipelines; GitLab reads this option, others the words in the message. */
const ways: readonly { place: IntentPlace; options: readonly string[] }[] = [
  { place: 'custom refs', options: [] },
  { place: 'branches', options: ['ci.skip'] },
  { place: 'branches', options: [] },
];

/** Leaves our edits at the server for whoever lands next. Nobody else writes that ref, so this push has no rival. */
export async function leaveIntent(repository: WorkRepository, job: LandJob): Promise<LeftIntent> {
  const { clock, intents, committer } = repository.settings;
  const id = newIntentId(clock.now());
  const intent: Intent = { id, branch: job.branch, expires: job.deadline, commits: job.commits };
  const [commit = ''] = await writeCommits(repository, undefined, [
    { changes: new Map(), message: intentMessage(intent, intents?.key), author: committer },
  ]);
  for (const { place, options } of ways) {
    const ref = intentRefName(place, job.branch, id);
    const pushed = await pushRefs(repository, [{ ref, from: undefined, to: commit }], options);
    const isLeft = pushed.answer === 'done' || (pushed.answer === 'unknown' && (await isThere(repository, ref)));
    if (isLeft) return { answer: 'left', own: { id, ref, commit, place } };
    // A server without push options ends the connection; any other silence says nothing about what it takes.
    if (pushed.answer === 'unknown' && options.length === 0) return { answer: 'unknown' };
  }
  return { answer: 'refused' };
}

async function isThere({ settings, remote }: WorkRepository, ref: string): Promise<boolean> {
  return (await listRefs(settings, remote, [ref])).length > 0;
}

/** Takes intents away; what somebody else has taken away meanwhile is gone as well. */
export async function withdrawIntents(repository: WorkRepository, intents: readonly IntentRef[]): Promise<void> {
  for (const { ref, commit } of intents) await pushRefs(repository, [{ ref, from: commit, to: undefined }]);
}
