import { z } from 'zod';
import type { Comment, Label, Pull, RepositoryState } from '../repository-state.ts';
import { readJson } from '../server/read-body.ts';
import { HttpFailure, json, type Reply } from '../server/reply.ts';
import { paged } from './pages.ts';
import { pullOf } from './pulls.ts';
import { commentShape, labelShape } from './shapes.ts';
import { type ApiCall, notFound, repositoryOf, requireWrite } from './world.ts';

const NewLabel = z.object({ name: z.string().min(1), color: z.string() });
const PullLabels = z.object({ labels: z.array(z.union([z.int(), z.string()])) });
const CommentText = z.object({ body: z.string().min(1) });

export async function getRepositoryLabels(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  return paged(call, `repos/${state.owner}/${state.name}/labels`, shapesOf(call, state, state.labels));
}

export async function postRepositoryLabel(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { name, color } = await readJson(call.request, NewLabel);
  if (!/^#?[0-9a-fA-F]{6}$/.test(color)) throw new HttpFailure(422, `bad color code: ${color}`);
  const state = await edited(call, parameters, (each) => {
    each.labels.push({ id: each.nextId, name, color: color.replace('#', '') });
    each.nextId += 1;
  });
  return json(201, shapesOf(call, state, state.labels).at(-1));
}

/** Gitea gives the labels of a pull request whole, without pages. */
export async function getPullLabels(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  return json(200, shapesOf(call, state, labelsOf(state, pullOf(state, parameters))));
}

export async function postPullLabels(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { labels } = await readJson(call.request, PullLabels);
  const state = await edited(call, parameters, (each) => {
    const pull = pullOf(each, parameters);
    const wanted = each.labels.filter(({ id, name }) => labels.includes(id) || labels.includes(name));
    pull.labels = [...new Set([...pull.labels, ...wanted.map(({ id }) => id)])];
  });
  return json(200, shapesOf(call, state, labelsOf(state, pullOf(state, parameters))));
}

/** Gitea gives the comments of a pull request whole, without pages. */
export async function getComments(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  const pull = pullOf(state, parameters);
  return json(
    200,
    pull.comments.map((each) => commentShape(call.world, state, pull.number, each)),
  );
}

export async function postComment(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { body } = await readJson(call.request, CommentText);
  const now = call.world.clock.now().toISOString();
  const state = await edited(call, parameters, (each) => {
    const comment = { id: each.nextId, body, author: call.user.name, createdAt: now, updatedAt: now };
    pullOf(each, parameters).comments.push(comment);
    each.nextId += 1;
  });
  const pull = pullOf(state, parameters);
  const made = pull.comments.at(-1);
  if (made === undefined) throw notFound();
  return json(201, commentShape(call.world, state, pull.number, made));
}

export async function patchComment(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { body } = await readJson(call.request, CommentText);
  const state = await edited(call, parameters, (each) => {
    Object.assign(commentOf(each, parameters).comment, { body, updatedAt: call.world.clock.now().toISOString() });
  });
  const { pull, comment } = commentOf(state, parameters);
  return json(200, commentShape(call.world, state, pull.number, comment));
}

function commentOf(state: RepositoryState, parameters: Record<string, string>): { pull: Pull; comment: Comment } {
  for (const pull of state.pulls) {
    const comment = pull.comments.find(({ id }) => String(id) === parameters['id']);
    if (comment !== undefined) return { pull, comment };
  }
  throw notFound();
}

async function edited(
  call: ApiCall,
  parameters: Record<string, string>,
  edit: (state: RepositoryState) => void,
): Promise<RepositoryState> {
  const { owner, name } = await repositoryOf(call.world, parameters);
  await requireWrite(call.world, call.user, owner);
  return call.world.store.update(owner, name, (state) => {
    edit(state);
    return state;
  });
}

function labelsOf(state: RepositoryState, pull: Pull): Label[] {
  return state.labels.filter(({ id }) => pull.labels.includes(id));
}

function shapesOf({ world }: ApiCall, state: RepositoryState, labels: readonly Label[]) {
  return labels.map((each) => labelShape(world, state, each));
}
