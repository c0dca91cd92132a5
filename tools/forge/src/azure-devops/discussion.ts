import { z } from 'zod';
import type { Ensured, MarkedComment, RepositoryName } from '../forge.ts';
import { findMarked, isSameText, markedText } from '../marked-comment.ts';
import { parsed } from '../parsed.ts';
import { missingLabels, sortedLabels } from '../same.ts';
import type { AzureApi } from './azure-api.ts';
import { AzureLabel, AzureThread } from './schema.ts';
import { repositoryPath } from './url.ts';

/** Azure makes a label that the project does not have yet; it takes them one by one. */
export async function ensureLabels(
  api: AzureApi,
  name: RepositoryName,
  number: number,
  labels: readonly string[],
): Promise<Ensured<readonly string[]>> {
  const action = `Labelling pull request ${number} of ${name.owner}/${name.repository}`;
  const path = repositoryPath(api.root, name, 'pullRequests', String(number), 'labels');
  const present = (await api.list(z.array(AzureLabel), { action, path })).map((each) => each.name);
  const missing = missingLabels(present, labels);
  for (const label of missing) {
    await api.send({ action, method: 'POST', path, body: { name: label }, expected: [200, 201], repeatable: true });
  }
  return { changed: missing.length > 0, value: sortedLabels([...present, ...missing]) };
}

/** A comment is the first of a thread, closed from the start: an open one may keep a pull request from being merged. */
export async function ensureComment(
  api: AzureApi,
  name: RepositoryName,
  number: number,
  comment: MarkedComment,
): Promise<Ensured<{ id: string }>> {
  const action = `Commenting on pull request ${number} of ${name.owner}/${name.repository}`;
  const content = markedText(comment);
  const path = repositoryPath(api.root, name, 'pullRequests', String(number), 'threads');
  const present = findMarked(await firstComments(api, path, action), comment.marker, (each) => each.content);
  if (present === undefined) {
    const body = { comments: [{ parentCommentId: 0, content, commentType: 'text' }], status: 'closed' };
    const answer = await api.send({ action, method: 'POST', path, body, expected: [200, 201] });
    return { changed: true, value: { id: String(parsed(AzureThread, answer, action).id) } };
  }
  const value = { id: String(present.thread) };
  if (isSameText(present.content, content)) return { changed: false, value };
  const place = [...path, value.id, 'comments', String(present.id)];
  await api.send({ action, method: 'PATCH', path: place, body: { content }, expected: [200] });
  return { changed: true, value };
}

async function firstComments(api: AzureApi, path: string[], action: string) {
  const threads = await api.list(z.array(AzureThread), { action, path });
  return threads.flatMap(({ id: thread, isDeleted, comments }) => {
    const [first] = comments;
    if (isDeleted === true || first === undefined || first.isDeleted === true) return [];
    return [{ thread, id: first.id, content: first.content ?? '' }];
  });
}
