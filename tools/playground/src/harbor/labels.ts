import { z } from 'zod';
import { readJson } from '../server/read-body.ts';
import { empty, HttpFailure, type Reply } from '../server/reply.ts';
import { type HarborCall, paged } from './harbor-call.ts';
import type { Label } from './harbor-state.ts';

const LabelRequest = z.strictObject({
  name: z.string().min(1).max(128),
  description: z.string().default(''),
  scope: z.literal('g'),
});

/** Of the global labels; those of projects are not kept here. */
export async function getLabels(call: HarborCall): Promise<Reply> {
  if (call.query.get('scope') !== 'g') throw new HttpFailure(400, 'only the labels of scope g are known here');
  const name = call.query.get('name') ?? '';
  const { labels } = await call.store.read();
  return paged(call, labels.filter((label) => label.name.includes(name)).map(labelShape));
}

export async function postLabel(call: HarborCall): Promise<Reply> {
  const { name, description } = await readJson(call.request, LabelRequest);
  const id = await call.store.update((state) => {
    if (state.labels.some((label) => label.name === name)) throw new HttpFailure(409, `label ${name} already exists`);
    const created = { id: state.nextId, name, description, createdAt: call.clock.now().toISOString() };
    state.nextId += 1;
    state.labels.push(created);
    return created.id;
  });
  return empty(201, { location: `/api/v2.0/labels/${id}` });
}

export async function deleteLabel(call: HarborCall, { label = '' }: Record<string, string>): Promise<Reply> {
  await call.store.update((state) => {
    if (!state.labels.some(({ id }) => String(id) === label)) throw new HttpFailure(404, `label ${label} not found`);
    state.labels = state.labels.filter(({ id }) => String(id) !== label);
  });
  return empty(200);
}

function labelShape({ id, name, description, createdAt }: Label): unknown {
  return { id, name, description, scope: 'g', creation_time: createdAt, update_time: createdAt };
}
