import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { CommitStatus, Ensured, RepositoryName } from '../forge.ts';
import { repositoryPath } from '../rest-repository.ts';
import { GiteaStatus } from './schema.ts';

/** The column that Gitea keeps it in. */
export const longestDescription = 255;

/** Statuses pile up on a commit; one that says the same as the newest of its context is not sent again. */
export async function setCommitStatus(
  api: ApiClient,
  name: RepositoryName,
  commit: string,
  status: CommitStatus,
): Promise<Ensured<CommitStatus>> {
  const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
  const description = status.description.slice(0, longestDescription);
  const path = repositoryPath(name, 'statuses', commit);
  const present = await api.list(z.array(GiteaStatus), { action, path, query: { sort: 'recentupdate' } });
  const newest = present.find((each) => each.context === status.context);
  const isSame =
    newest?.status === status.state &&
    newest.description === description &&
    (newest.target_url ?? '') === (status.url ?? '');
  const value = { ...status, description };
  if (isSame) return { changed: false, value };
  const body = { context: status.context, state: status.state, description, target_url: status.url ?? '' };
  await api.send({ action, method: 'POST', path, body, expected: [201], repeatable: true });
  return { changed: true, value };
}
