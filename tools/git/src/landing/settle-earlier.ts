import { StepError } from '@luban-ci/core';
import { remoteError, serverState } from '../server-state.ts';
import type { IntentRef } from './intent-refs.ts';
import type { LandResult } from './land.ts';
import { landedSince } from './landed-since.ts';
import { circumstancesOf, type Landing, type OpenPush, ownIn } from './landing.ts';
import { atTheirJobs, takenAwayBy } from './plan-stack.ts';
import type { BranchView } from './read-view.ts';
import { landedResults } from './results.ts';

/** A branch that stands still through this many refusals is closed to us, not busy. */
const mostStandstills = 3;

/**
 * Finds out what became of our last push, and of our intents.
 *
 * @returns results when either has landed
 * @throws StepError when the server refuses for good
 */
export async function settleEarlier(landing: Landing, view: BranchView): Promise<LandResult[] | undefined> {
  const { open } = landing;
  const landed = open === undefined && landing.left.length === 0 ? undefined : await findLanded(landing, view.base);
  if (landed !== undefined) return landed;
  landing.intent = ownIn(view, landing)[0];
  if (landing.intent !== undefined) landing.unanswered = undefined;
  if (open !== undefined) await countStandstill(landing, open, view);
  landing.open = undefined;
  return undefined;
}

/**
 * Looks for our commits among those that were landed since we first read the branch. A push that was not answered with
 * yes may have been done all the same: the answer was lost, and perhaps the HTTP library sent the push a second time,
 * which was then refused. Whoever lands an intent names it in a trailer. So this is exact, whatever was pushed later.
 */
export async function findLanded(landing: Landing, to: string): Promise<LandResult[] | undefined> {
  const { open, left, planned, attempts } = landing;
  const since = await landedSince(landing, to);
  if (open !== undefined && since.some(({ commit }) => open.commits.includes(commit)))
    return landedResults(open.stack.mine, open.commits, open.view.base, circumstancesOf(landing, open.stack));
  const ours = since.filter(({ intent }) => left.includes(intent));
  const [first] = ours;
  if (first === undefined) return undefined;
  const ids = ours.map(({ commit }) => commit);
  return landedResults(planned, atTheirJobs(planned, ids), first.below, { attempts, folding: { role: 'folded' } });
}

/** The branch stands where it stood and the push was not done: find out whether that can change. */
async function countStandstill(
  landing: Landing,
  { stack, view: before, answer, said }: OpenPush,
  view: BranchView,
): Promise<void> {
  const { settings, remote } = landing.repository;
  const takenAway = takenAwayBy(stack);
  const isSame = view.tip === before.tip && takenAway.every((each) => isAmong(view, each));
  landing.standstills = isSame ? landing.standstills + 1 : 0;
  if (!isSame) return;
  const state = await serverState(settings, remote, 'git-receive-pack');
  if (state.state === 'refused' || state.state === 'absent') throw remoteError(remote, state, 'push to', said);
  // A server that does not know `--atomic` ends the connection without a word.
  if (answer === 'unknown' && takenAway.length > 0) landing.folds = false;
  if (answer === 'unknown' || landing.standstills < mostStandstills) return;
  const reason = said === '' ? '' : `: ${said}`;
  throw new StepError(`${remote.url} does not accept pushes to ${landing.job.branch}${reason}`, {
    hint: 'The branch is probably protected: open a pull request instead, or let this account push to it.',
  });
}

function isAmong(view: BranchView, { ref, commit }: IntentRef): boolean {
  return view.line.some((each) => each.ref === ref && each.commit === commit);
}
