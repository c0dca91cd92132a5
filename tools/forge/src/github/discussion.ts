import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { Ensured, RepositoryName } from '../forge.ts';
import { parsed } from '../parsed.ts';
import { repositoryPath } from '../rest-repository.ts';
import { missingLabels, sortedLabels } from '../same.ts';
import { GitHubLabel } from './schema.ts';

export { ensureComment } from '../rest-discussion.ts';

/** GitHub makes a label that the repository does not have yet. */
export async function ensureLabels(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  labels: readonly string[],
): Promise<Ensured<readonly string[]>> {
  const action = `Labelling pull request ${number} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'issues', String(number), 'labels');
  const present = (await api.list(z.array(GitHubLabel), { action, path })).map((each) => each.name);
  const missing = missingLabels(present, labels);
  if (missing.length === 0) return { changed: false, value: sortedLabels(present) };
  const body = { labels: missing };
  const answer = await api.send({ action, method: 'POST', path, body, expected: [200], repeatable: true });
  return { changed: true, value: sortedLabels(parsed(z.array(GitHubLabel), answer, action).map((each) => each.name)) };
}
