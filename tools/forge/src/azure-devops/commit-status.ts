import { z } from 'zod';
import type { CommitStatus, Ensured, RepositoryName } from '../forge.ts';
import type { AzureApi } from './azure-api.ts';
import { activePullRequests } from './change-request.ts';
import { AzureStatus } from './schema.ts';
import { genreAndName, isContext } from './status-context.ts';
import { repositoryPath } from './url.ts';

/** Not published; this much is shown. */
export const longestDescription = 255;

const states: Record<CommitStatus['state'], string> = {
  pending: 'pending',
  success: 'succeeded',
  failure: 'failed',
  error: 'error',
};

/**
 * A status of a commit, and the same one on every open pull request whose head it is: the status policy of a branch looks
 * at those of the pull request only.
 */
export async function setCommitStatus(
  api: AzureApi,
  name: RepositoryName,
  commit: string,
  status: CommitStatus,
): Promise<Ensured<CommitStatus>> {
  const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
  const value = { ...status, description: status.description.slice(0, longestDescription) };
  const onCommit = repositoryPath(api.root, name, 'commits', commit, 'statuses');
  let changed = await ensureStatus(api, onCommit, value, action, { latestOnly: 'true' });
  for (const pull of await activePullRequests(api, name, {}, action)) {
    if (pull.lastMergeSourceCommit?.commitId !== commit) continue;
    const onPull = repositoryPath(api.root, name, 'pullRequests', String(pull.pullRequestId), 'statuses');
    changed = (await ensureStatus(api, onPull, value, action)) || changed;
  }
  return { changed, value };
}

async function ensureStatus(
  api: AzureApi,
  path: string[],
  status: CommitStatus,
  action: string,
  query: Record<string, string> = {},
): Promise<boolean> {
  const present = await api.list(z.array(AzureStatus), { action, path, query });
  const [newest] = present
    .filter((each) => isContext(each.context, status.context))
    .toSorted((left, right) => right.id - left.id);
  const isSame =
    newest?.state === states[status.state] &&
    (newest.description ?? '') === status.description &&
    (newest.targetUrl ?? '') === (status.url ?? '');
  if (isSame) return false;
  const body = {
    state: states[status.state],
    description: status.description,
    context: genreAndName(status.context),
    ...(status.url === undefined ? {} : { targetUrl: status.url }),
  };
  await api.send({ action, method: 'POST', path, body, expected: [200, 201], repeatable: true });
  return true;
}
