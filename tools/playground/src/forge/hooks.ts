import { z } from 'zod';
import type { Hook } from '../repository-state.ts';
import { readJson } from '../server/read-body.ts';
import { empty, HttpFailure, json, type Reply } from '../server/reply.ts';
import { paged } from './pages.ts';
import { hookShape } from './shapes.ts';
import { type ApiCall, notFound, repositoryOf, requireWrite } from './world.ts';

const Config = z.record(z.string(), z.string());
const NewHook = z.object({
  type: z.string(),
  config: Config,
  events: z.array(z.string()).nullish(),
  active: z.boolean().default(false),
});
const HookEdit = z.object({
  config: Config.optional(),
  events: z.array(z.string()).nullish(),
  active: z.boolean().optional(),
});

export async function getHooks(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const state = await repositoryOf(call.world, parameters);
  await requireWrite(call.world, call.user, state.owner);
  return paged(call, `repos/${state.owner}/${state.name}/hooks`, state.hooks.map(hookShape));
}

export async function postHook(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const { owner, name } = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, owner);
  const wanted = await readJson(call.request, NewHook);
  if (wanted.type !== 'gitea') throw new HttpFailure(422, `Invalid hook type: ${wanted.type}`);
  for (const option of ['url', 'content_type']) {
    if (wanted.config[option] === undefined) throw new HttpFailure(422, `Missing config option: ${option}`);
  }
  if (wanted.config['content_type'] !== 'json') throw new HttpFailure(422, 'Invalid content type');
  const now = world.clock.now().toISOString();
  const hook = await world.store.update(owner, name, (state) => {
    const created: Hook = {
      id: state.nextId,
      url: checkedUrl(wanted.config['url'] ?? ''),
      secret: wanted.config['secret'] ?? '',
      events: eventsOf(wanted.events),
      active: wanted.active,
      createdAt: now,
      updatedAt: now,
    };
    state.nextId += 1;
    state.hooks.push(created);
    return created;
  });
  return json(201, hookShape(hook));
}

export async function patchHook(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const { owner, name } = await repositoryOf(world, parameters);
  await requireWrite(world, call.user, owner);
  const edit = await readJson(call.request, HookEdit);
  const hook = await world.store.update(owner, name, (state) => {
    const found = state.hooks.find(({ id }) => String(id) === parameters['id']);
    if (found === undefined) throw notFound();
    found.url = edit.config?.['url'] === undefined ? found.url : checkedUrl(edit.config['url']);
    found.secret = edit.config?.['secret'] ?? found.secret;
    found.events = eventsOf(edit.events);
    found.active = edit.active ?? found.active;
    found.updatedAt = world.clock.now().toISOString();
    return found;
  });
  return json(200, hookShape(hook));
}

export async function deleteHook(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { owner, name } = await repositoryOf(call.world, parameters);
  await requireWrite(call.world, call.user, owner);
  await call.world.store.update(owner, name, (state) => {
    const kept = state.hooks.filter(({ id }) => String(id) !== parameters['id']);
    if (kept.length === state.hooks.length) throw notFound();
    state.hooks = kept;
  });
  return empty(204);
}

/** Gitea takes no events for `push`, on every edit too. */
function eventsOf(events: readonly string[] | null | undefined): string[] {
  return events == null || events.length === 0 ? ['push'] : [...events];
}

function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url !== null && /^https?:$/.test(url.protocol)) return text;
  throw new HttpFailure(422, 'Invalid url');
}
