import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { CommitStatus, Ensured, RepositoryName } from '../forge.ts';
import { projectPath } from './repository.ts';
import { GitLabStatus } from './schema.ts';

/** What the column holds; a longer one is refused. */
export const longestDescription = 255;

/** GitLab has no `error`: what broke is told as what failed. */
const states: Record<CommitStatus['state'], string> = {
  pending: 'pending',
  success: 'success',
  failure: 'failed',
  error: 'failed',
};

/** A status of a state that it has already is refused by GitLab, so a new description goes with the next state. */
export async function setCommitStatus(
  api: ApiClient,
  name: RepositoryName,
  commit: string,
  status: CommitStatus,
): Promise<Ensured<CommitStatus>> {
  const action = `Setting the status ${status.context} of ${name.owner}/${name.repository}@${commit}`;
  const description = status.description.slice(0, longestDescription);
  const present = await api.list(z.array(GitLabStatus), {
    action,
    path: projectPath(name, 'repository', 'commits', commit, 'statuses'),
    query: { name: status.context },
  });
  const state = states[status.state];
  const value = { ...status, description };
  if (present.find((each) => each.name === status.context)?.status === state) return { changed: false, value };
  await api.send({
    action,
    method: 'POST',
    path: projectPath(name, 'statuses', commit),
    body: {
      state,
      name: status.context,
      description,
      ...(status.url === undefined ? {} : { target_url: status.url }),
    },
    expected: [201],
    repeatable: true,
  });
  return { changed: true, value };
}
