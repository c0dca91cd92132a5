import { z } from 'zod';
import type { ApiClient } from './api-client.ts';
import type { Ensured, MarkedComment, RepositoryName } from './forge.ts';
import { findMarked, isSameText, markedText } from './marked-comment.ts';
import { parsed } from './parsed.ts';
import { repositoryPath } from './rest-repository.ts';

const RestComment = z.object({ id: z.int(), body: z.string().nullish() });

/**
 * To GitHub and Gitea a pull request's conversation is that of the issue of its number. `pageSize` is how this list says
 * how much it wants, where that is not as in the others.
 */
export async function ensureComment(
  api: ApiClient,
  name: RepositoryName,
  number: number,
  comment: MarkedComment,
  pageSize?: Record<string, string>,
): Promise<Ensured<{ id: string }>> {
  const action = `Commenting on pull request ${number} of ${name.owner}/${name.repository}`;
  const body = markedText(comment);
  const path = repositoryPath(name, 'issues', String(number), 'comments');
  const comments = await api.list(z.array(RestComment), { action, path, ...(pageSize && { pageSize }) });
  const present = findMarked(comments, comment.marker, (each) => each.body ?? '');
  if (present === undefined) {
    const answer = await api.send({ action, method: 'POST', path, body: { body }, expected: [201] });
    return { changed: true, value: { id: String(parsed(RestComment, answer, action).id) } };
  }
  const value = { id: String(present.id) };
  if (isSameText(present.body ?? '', body)) return { changed: false, value };
  await api.send({
    action,
    method: 'PATCH',
    path: repositoryPath(name, 'issues', 'comments', value.id),
    body: { body },
    expected: [200],
  });
  return { changed: true, value };
}
