import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { Ensured, MarkedComment, RepositoryName } from '../forge.ts';
import { parsed } from '../parsed.ts';
import { ensureComment as ensureRestComment } from '../rest-discussion.ts';
import { repositoryPath } from '../rest-repository.ts';
import { missingLabels, sortedLabels } from '../same.ts';
import { GiteaLabel } from './schema.ts';

/** Gitea gives labels and comments of one pull request whole. */
const whole = {};

export function ensureComment(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  comment: MarkedComment,
): Promise<Ensured<{ id: string }>> {
  return ensureRestComment(api, name, number, comment, whole);
}

/** Colour of a label that is made here; Gitea wants one. */
const colour = '#0b6e99';

/** A label has to be in the repository, or in its organisation, before it can be on a pull request; then it goes by its id. */
export async function ensureLabels(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  labels: readonly string[],
): Promise<Ensured<readonly string[]>> {
  const action = `Labelling pull request ${number} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(name, 'issues', String(number), 'labels');
  const present = (await api.list(z.array(GiteaLabel), { action, path, pageSize: whole })).map((each) => each.name);
  const missing = missingLabels(present, labels);
  if (missing.length === 0) return { changed: false, value: sortedLabels(present) };
  const ids = await idsOf(api, name, missing, action);
  const answer = await api.send({
    action,
    method: 'POST',
    path,
    body: { labels: ids },
    expected: [200],
    repeatable: true,
  });
  return { changed: true, value: sortedLabels(parsed(z.array(GiteaLabel), answer, action).map((each) => each.name)) };
}

async function idsOf(
  api: ApiClient,
  name: RepositoryName,
  wanted: readonly string[],
  action: string,
): Promise<number[]> {
  const path = repositoryPath(name, 'labels');
  const known = await api.list(z.array(GiteaLabel), { action, path });
  const ids: number[] = [];
  for (const label of wanted) {
    const found = known.find((each) => each.name === label);
    ids.push(found?.id ?? (await createLabel(api, path, label, action)));
  }
  return ids;
}

async function createLabel(api: ApiClient, path: string[], label: string, action: string): Promise<number> {
  const body = { name: label, color: colour };
  return parsed(GiteaLabel, await api.send({ action, method: 'POST', path, body, expected: [201] }), action).id;
}
