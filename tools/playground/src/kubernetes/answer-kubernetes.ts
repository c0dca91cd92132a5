import type { IncomingMessage } from 'node:http';
import type { Account } from '../accounts.ts';
import { readBody } from '../server/read-body.ts';
import { json, type Reply } from '../server/reply.ts';
import type { Cluster } from './cluster.ts';
import { apiVersionOf, groupList, resourceList, type ServedKind, servedKinds } from './kinds.ts';
import type { ObjectPlace, StoredObject } from './object-store.ts';
import { failure, notFound } from './status-reply.ts';
import { createObject, deleteObject, replaceObject, type Writing } from './write-objects.ts';

export interface KubernetesRequest {
  method: string;
  /** Decoded, below the API server's root: `['api', 'v1', 'namespaces', 'snd-payment']`. */
  segments: readonly string[];
  query: URLSearchParams;
  body: unknown;
}

/** Answers a call of an administrator as an API server would, for the kinds and verbs that set-up needs. */
export async function answerKubernetes(cluster: Cluster, request: KubernetesRequest): Promise<Reply> {
  const [root = '', ...rest] = request.segments;
  const isCore = root === 'api';
  if (!isCore && root !== 'apis') return failure(404, 'NotFound', 'the playground serves /api and /apis');
  if (rest.length === 0) return json(200, groupList(isCore));
  const apiVersion = (isCore ? rest.slice(0, 1) : rest.slice(0, 2)).join('/');
  const path = rest.slice(isCore ? 1 : 2);
  if (path.length === 0) {
    const list = resourceList(apiVersion);
    return list === undefined ? failure(404, 'NotFound', `there is no group ${apiVersion}`) : json(200, list);
  }
  if (path[0] === 'selfsubjectaccessreviews') return json(201, { ...Object(request.body), status: { allowed: true } });
  const target = targetOf(apiVersion, path);
  if (target === undefined) return failure(404, 'NotFound', 'the server could not find the requested resource');
  await cluster.ready();
  return cluster.store.inTurn(() => answerTarget(cluster, request, target));
}

/** Reads the request of somebody who was let in. @throws HttpFailure 413 for a body that is too long */
export async function kubernetesRequest(
  request: IncomingMessage,
  segments: readonly string[],
  query: URLSearchParams,
): Promise<KubernetesRequest> {
  const text = (await readBody(request)).toString('utf8');
  return { method: request.method ?? 'GET', segments, query, body: parsed(text) };
}

export function refuseAccount(account: Account | undefined): Reply | undefined {
  if (account === undefined) return failure(401, 'Unauthorized', 'Unauthorized');
  return account.admin ? undefined : failure(403, 'Forbidden', `User "${account.name}" is no administrator`);
}

/** A kind, or one object of it when `name` is there. */
type Target = Omit<ObjectPlace, 'name'> & { name?: string };

function targetOf(apiVersion: string, path: readonly string[]): Target | undefined {
  const kindOf = (plural: string | undefined): ServedKind | undefined =>
    servedKinds.find((each) => apiVersionOf(each) === apiVersion && each.plural === plural);
  const isNamespaced = path[0] === 'namespaces' && path.length > 2;
  const [plural, name, ...more] = isNamespaced ? path.slice(2) : path;
  const kind = kindOf(plural);
  const isElsewhere = kind?.namespaced === true && !isNamespaced && name !== undefined;
  if (kind === undefined || more.length > 0 || isElsewhere || (isNamespaced && !kind.namespaced)) return undefined;
  return { kind, namespace: isNamespaced ? (path[1] ?? '') : '', ...(name === undefined ? {} : { name }) };
}

async function answerTarget(
  { store, clock, check }: Cluster,
  request: KubernetesRequest,
  target: Target,
): Promise<Reply> {
  const { method, body } = request;
  const writing = async (): Promise<Writing> => ({ store, clock, check: await check() });
  if (target.name === undefined) {
    if (method === 'GET') return listReply(target, await store.list(target.kind, target.namespace), request.query);
    if (method === 'POST') return createObject(await writing(), target, body);
    return failure(405, 'MethodNotAllowed', `${method} is not served for ${target.kind.plural}`);
  }
  const place = { ...target, name: target.name };
  if (method === 'GET') {
    const found = await store.find(place);
    return found === undefined ? notFound(place) : json(200, found);
  }
  if (method === 'PUT') return replaceObject(await writing(), place, body);
  if (method === 'DELETE') return deleteObject(await writing(), place, body);
  return failure(415, 'UnsupportedMediaType', 'objects are not patched here; replace them');
}

function listReply({ kind }: Target, found: readonly StoredObject[], query: URLSearchParams): Reply {
  if (query.get('watch') === 'true') return failure(501, 'NotImplemented', 'watching is not served here; ask again');
  const selector = (query.get('labelSelector') ?? '').split(',').filter((part) => part !== '');
  const isWanted = ({ metadata: { labels = {} } }: StoredObject): boolean =>
    selector.every((part) => {
      const [name = '', value = ''] = part.split(/==?(.*)/s);
      return labels[name] === value;
    });
  return json(200, {
    ...{ apiVersion: apiVersionOf(kind), kind: `${kind.kind}List`, metadata: {} },
    items: found.filter(isWanted),
  });
}

/** A body that is not JSON is refused by whoever wants an object. */
function parsed(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
