import { randomUUID } from 'node:crypto';
import type { Clock } from '@luban-ci/core';
import { z } from 'zod';
import { json, type Reply } from '../server/reply.ts';
import type { CheckShape } from './check-shape.ts';
import { apiVersionOf, servedKinds } from './kinds.ts';
import { type ObjectPlace, type ObjectStore, StoredObject } from './object-store.ts';
import { changedForGood, withServerFields } from './server-fields.ts';
import { alreadyExists, conflict, failure, invalid, notFound } from './status-reply.ts';

/** What every writing call works with. */
export interface Writing {
  store: ObjectStore;
  clock: Clock;
  check: CheckShape;
}

const Given = z.looseObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata: z.looseObject({
    name: z.string().optional(),
    namespace: z.string().optional(),
    resourceVersion: z.string().optional(),
  }),
});
const Deletion = z.looseObject({
  preconditions: z.object({ uid: z.string().optional(), resourceVersion: z.string().optional() }).optional(),
});

/** Names of RBAC objects may hold colons; all of them become files. */
const nameShape = /^[a-z0-9]([-a-z0-9.:]{0,251}[a-z0-9])?$/;

export async function createObject(writing: Writing, wanted: Omit<ObjectPlace, 'name'>, body: unknown): Promise<Reply> {
  const given = Given.safeParse(body);
  const name = given.data?.metadata.name ?? '';
  const place = { ...wanted, name };
  const refused = given.success
    ? refusal(writing, place, given.data)
    : failure(400, 'BadRequest', 'the body is no object');
  if (refused !== undefined || !given.success) return refused ?? failure(400, 'BadRequest', 'the body is no object');
  const { store, clock } = writing;
  if (place.namespace !== '' && (await namespaceOf(writing, place.namespace)) === undefined) {
    return failure(404, 'NotFound', `namespaces "${place.namespace}" not found`);
  }
  if ((await store.find(place)) !== undefined) return alreadyExists(place);
  const added = {
    ...{ uid: randomUUID(), resourceVersion: await store.nextVersion(), generation: 1 },
    creationTimestamp: clock
      .now()
      .toISOString()
      .replace(/\.\d+Z$/, 'Z'),
    ...(place.namespace === '' ? {} : { namespace: place.namespace }),
  };
  const object = withServerFields(
    StoredObject.parse({ ...given.data, metadata: { ...given.data.metadata, name, ...added } }),
  );
  await store.write(place, object);
  if (place.kind.kind === 'Namespace') await createObject(writing, accountsOf(name), defaultAccount);
  return json(201, object);
}

/** Every namespace has an account `default`, which a controller makes. */
const defaultAccount = { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default' } };

function accountsOf(namespace: string): Omit<ObjectPlace, 'name'> {
  return { kind: servedKind('ServiceAccount'), namespace };
}

export async function replaceObject(writing: Writing, place: ObjectPlace, body: unknown): Promise<Reply> {
  const given = Given.safeParse(body);
  if (!given.success) return failure(400, 'BadRequest', 'the body is no object');
  const refused = refusal(writing, place, given.data);
  if (refused !== undefined) return refused;
  const live = await writing.store.find(place);
  if (live === undefined) return notFound(place);
  const { resourceVersion } = given.data.metadata;
  if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion) return conflict(place);
  const [fixed] = changedForGood(place.kind.kind, live, given.data);
  if (fixed !== undefined) return invalid(place, `${fixed}: field is immutable`);
  const { uid, creationTimestamp, deletionTimestamp, namespace } = live.metadata;
  const kept = { name: place.name, namespace, uid, creationTimestamp, deletionTimestamp };
  const metadata = { ...given.data.metadata, ...kept, resourceVersion: await writing.store.nextVersion() };
  const object = withServerFields(StoredObject.parse({ ...given.data, metadata }));
  await keepOrEnd(writing, place, object);
  return json(200, object);
}

export async function deleteObject(writing: Writing, place: ObjectPlace, body: unknown): Promise<Reply> {
  const live = await writing.store.find(place);
  if (live === undefined) return notFound(place);
  const { uid, resourceVersion } = Deletion.safeParse(body).data?.preconditions ?? {};
  if (uid !== undefined && uid !== live.metadata.uid) return conflict(place);
  if (resourceVersion !== undefined && resourceVersion !== live.metadata.resourceVersion) return conflict(place);
  const deletionTimestamp = writing.clock
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, 'Z');
  const metadata = { ...live.metadata, deletionTimestamp, resourceVersion: await writing.store.nextVersion() };
  await keepOrEnd(writing, place, { ...live, metadata });
  return json(200, { apiVersion: 'v1', kind: 'Status', status: 'Success' });
}

/** Nobody deploys here, so Argo CD's own finalizer has nothing to wait for. */
const doneAtOnce = /^resources-finalizer\.argocd\.argoproj\.io/;

/** What is being deleted goes with its last finalizer, a namespace with everything in it. */
async function keepOrEnd({ store }: Writing, place: ObjectPlace, object: StoredObject): Promise<void> {
  const finalizers = (object.metadata.finalizers ?? []).filter((each) => !doneAtOnce.test(each));
  if (object.metadata.deletionTimestamp === undefined || finalizers.length > 0) return store.write(place, object);
  await store.remove(place);
  if (place.kind.kind !== 'Namespace') return;
  for (const kind of servedKinds.filter(({ namespaced }) => namespaced)) {
    for (const { metadata } of await store.list(kind, place.name))
      await store.remove({ kind, namespace: place.name, name: metadata.name });
  }
}

function refusal({ check }: Writing, place: ObjectPlace, given: z.output<typeof Given>): Reply | undefined {
  const { kind, namespace, name } = place;
  if (kind.shape === 'none') return failure(405, 'MethodNotAllowed', `${kind.plural} can only be listed here`);
  if (given.kind !== kind.kind || given.apiVersion !== apiVersionOf(kind))
    return failure(400, 'BadRequest', `the object is a ${given.kind} of ${given.apiVersion}, not a ${kind.kind}`);
  if ((given.metadata.namespace ?? namespace) !== namespace)
    return failure(400, 'BadRequest', 'the namespace of the object does not match the namespace of the request');
  if ((given.metadata.name ?? name) !== name)
    return failure(400, 'BadRequest', 'the name of the object does not match the name on the URL');
  if (!nameShape.test(name)) return invalid(place, `metadata.name: Invalid value: ${JSON.stringify(name)}`);
  const problems = check(kind, given);
  return problems.length === 0
    ? undefined
    : failure(400, 'BadRequest', `${kind.kind} in version "${kind.version}" cannot be handled: ${problems.join('; ')}`);
}

function namespaceOf({ store }: Writing, name: string): Promise<StoredObject | undefined> {
  return store.find({ kind: servedKind('Namespace'), namespace: '', name });
}

function servedKind(kind: string) {
  const found = servedKinds.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`${kind} is not served`);
  return found;
}
