import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { CommitStatus, Ensured, RepositoryName } from '../forge.ts';
import { repositoryPath } from '../rest-repository.ts';
import { GitHubStatus } from './schema.ts';

/** "Create a commit status" takes no more. */
export const longestDescription = 140;

/** A commit takes a thousand statuses per context; one that says the same as the newest is not sent again. */
export async function setCommitStatus(
  api: ApiClient,
  name: RepositoryName,
  commit: string,
  status: CommitStatus,
): Promise<Ensured<CommitStatus>> {
  const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
  const description = status.description.slice(0, longestDescription);
  const present = await api.list(z.array(GitHubStatus), {
    action,
    path: repositoryPath(name, 'commits', commit, 'statuses'),
  });
  const newest = present.find((each) => each.context === status.context);
  const isSame =
    newest?.state === status.state &&
    (newest.description ?? '') === description &&
    (newest.target_url ?? '') === (status.url ?? '');
  const value = { ...status, description };
  if (isSame) return { changed: false, value };
  await api.send({
    action,
    method: 'POST',
    path: repositoryPath(name, 'statuses', commit),
    body: { context: status.context, state: status.state, description, target_url: status.url ?? null },
    expected: [201],
    repeatable: true,
  });
  return { changed: true, value };
}
