import { type Answer, type Clock, StepError } from '@luban-ci/core';
import type { MergeOptions, MergeResult, RepositoryName } from '../forge.ts';
import { headMoved, wordsOf } from '../forge-failure.ts';
import { parsed, required } from '../parsed.ts';
import type { AzureApi } from './azure-api.ts';
import { editPullRequest, readPullRequest } from './change-request.ts';
import { branchOf } from './repository.ts';
import { AzureConnection, AzurePullRequest } from './schema.ts';
import { collectionPath, repositoryPath } from './url.ts';

const mostLooks = 60;
const lookSeconds = 1;

interface Merging {
  api: AzureApi;
  clock: Clock;
  name: RepositoryName;
  number: number;
  action: string;
  options: MergeOptions;
}

/** Completing is asked for at once; with `auto`, Azure is asked to do it when its policies let it. */
export async function mergeChangeRequest(
  { api, clock }: { api: AzureApi; clock: Clock },
  name: RepositoryName,
  number: number,
  options: MergeOptions,
): Promise<MergeResult> {
  const action = `Merging pull request ${number} of ${name.owner}/${name.repository}`;
  const merging = { api, clock, name, number, action, options };
  const present = await required(readPullRequest(api, name, number, action, [200]));
  if (present.status === 'completed') return { outcome: 'merged', commit: mergeCommitOf(present), changed: false };
  refuseMoved(merging, present);
  if (options.auto === true && present.autoCompleteSetBy != null) return { outcome: 'scheduled', changed: false };
  const why = await complete(merging);
  if (typeof why === 'object') return { outcome: 'merged', commit: mergeCommitOf(why), changed: true };
  refuseMoved(merging, await required(readPullRequest(api, name, number, action, [200])));
  if (options.auto !== true) throw refusedMerge(action, why);
  const autoCompleteSetBy = { id: await ownId(merging) };
  await editPullRequest(api, name, number, action, { autoCompleteSetBy, completionOptions: completionOf(options) });
  return { outcome: 'scheduled', changed: true };
}

/** The pull request when it is merged; in words, why a policy does not let it. */
async function complete(merging: Merging): Promise<AzurePullRequest | string> {
  const { api, name, number, action, options } = merging;
  const answer = await api.send({
    action,
    method: 'PATCH',
    path: repositoryPath(api.root, name, 'pullrequests', String(number)),
    body: {
      status: 'completed',
      lastMergeSourceCommit: { commitId: options.expectedHead },
      completionOptions: completionOf(options),
    },
    expected: [200, 400, 403, 409],
    repeatable: false,
  });
  return answer.status === 200 ? whenMerged(merging, answer) : wordsOf(answer);
}

/** Azure merges after it has answered; `mergeStatus` tells how it goes. */
async function whenMerged(merging: Merging, answer: Answer): Promise<AzurePullRequest | string> {
  const { api, clock, name, number, action } = merging;
  let found = parsed(AzurePullRequest, answer, action);
  for (let look = 0; look < mostLooks; look += 1) {
    if (found.status === 'completed') return found;
    const status = found.mergeStatus ?? 'queued';
    if (status === 'rejectedByPolicy') return ' (rejectedByPolicy)';
    if (status === 'conflicts' || status === 'failure') {
      throw refusedMerge(action, ` (${[status, found.mergeFailureMessage].filter(Boolean).join(': ')})`);
    }
    await clock.sleep(lookSeconds * 1000);
    found = await required(readPullRequest(api, name, number, action, [200]));
  }
  throw new StepError(`${action} failed: it is not merged ${mostLooks * lookSeconds} s after it was asked for`, {
    hint: 'Open its page to see what it waits for, and run the step again.',
  });
}

function completionOf({ method, title }: MergeOptions): Record<string, unknown> {
  return {
    mergeStrategy: method === 'squash' ? 'squash' : 'noFastForward',
    deleteSourceBranch: false,
    ...(title === undefined ? {} : { mergeCommitMessage: title }),
  };
}

/** Whose token it is: auto-complete is set in a person's name. */
async function ownId({ api, name, action }: Merging): Promise<string> {
  const path = collectionPath(api.root, name.owner, 'connectionData');
  const found = await required(api.read(AzureConnection, { action, method: 'GET', path, expected: [200] }));
  return found.authenticatedUser.id;
}

function refuseMoved({ action, options }: Merging, present: AzurePullRequest): void {
  if (present.lastMergeSourceCommit?.commitId === options.expectedHead) return;
  throw headMoved(action, branchOf(present.sourceRefName), options.expectedHead);
}

function refusedMerge(action: string, words: string): StepError {
  return new StepError(`${action} failed: it cannot be merged${words}`, {
    hint: 'Open its page to see which policies it waits for, and whether there is a conflict.',
  });
}

function mergeCommitOf(found: AzurePullRequest): string {
  return found.lastMergeCommit?.commitId ?? '';
}
