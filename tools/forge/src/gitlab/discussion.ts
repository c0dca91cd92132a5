import { InputError } from '@luban-ci/core';
import { z } from 'zod';
import type { ApiClient } from '../api-client.ts';
import type { Ensured, MarkedComment, RepositoryName } from '../forge.ts';
import { findMarked, isSameText, markedText } from '../marked-comment.ts';
import { parsed, required } from '../parsed.ts';
import { missingLabels, sortedLabels } from '../same.ts';
import { projectPath } from './repository.ts';
import { GitLabMergeRequest, GitLabNote } from './schema.ts';

/** GitLab makes a label that the project does not have yet. */
export async function ensureLabels(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  labels: readonly string[],
): Promise<Ensured<readonly string[]>> {
  const action = `Labelling merge request ${number} of ${name.owner}/${name.repository}`;
  const broken = labels.find((each) => each.includes(','));
  if (broken !== undefined) throw new InputError(`${action} failed: GitLab's labels have no commas (${broken})`);
  const path = projectPath(name, 'merge_requests', String(number));
  const present = await required(api.read(GitLabMergeRequest, { action, method: 'GET', path, expected: [200] }));
  const missing = missingLabels(present.labels, labels);
  if (missing.length === 0) return { changed: false, value: sortedLabels(present.labels) };
  const body = { add_labels: missing.join(',') };
  const after = await required(api.read(GitLabMergeRequest, { action, method: 'PUT', path, body, expected: [200] }));
  return { changed: true, value: sortedLabels(after.labels) };
}

export async function ensureComment(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  comment: MarkedComment,
): Promise<Ensured<{ id: string }>> {
  const action = `Commenting on merge request ${number} of ${name.owner}/${name.repository}`;
  const body = markedText(comment);
  const path = projectPath(name, 'merge_requests', String(number), 'notes');
  const notes = await api.list(z.array(GitLabNote), { action, path, query: { sort: 'asc' } });
  const present = findMarked(notes, comment.marker, (each) => each.body);
  if (present === undefined) {
    const answer = await api.send({ action, method: 'POST', path, body: { body }, expected: [201] });
    return { changed: true, value: { id: String(parsed(GitLabNote, answer, action).id) } };
  }
  const value = { id: String(present.id) };
  if (isSameText(present.body, body)) return { changed: false, value };
  await api.send({ action, method: 'PUT', path: [...path, value.id], body: { body }, expected: [200] });
  return { changed: true, value };
}
