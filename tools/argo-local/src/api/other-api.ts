import { z } from 'zod';
import { discoveryAnswer } from './discovery.ts';
import type { ApiRequest } from './routes.ts';
import { type ApiAnswer, success } from './status-body.ts';

/** An API server that has what this one does not: namespaces, accounts, Secrets, Argo CD's objects. */
export type OtherApi = (request: ApiRequest) => Promise<ApiAnswer>;

/** An API server at an address, as a client that shows this token sees it. */
export function otherApiAt(url: string, token: string): OtherApi {
  return async ({ method, path, query, body }) => {
    const search = query.size === 0 ? '' : `?${query}`;
    const sends = method !== 'GET' && method !== 'HEAD';
    const answer = await fetch(`${url}${encodeURI(path)}${search}`, {
      method,
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
      ...(sends ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { code: answer.status, body: text === '' ? undefined : JSON.parse(text) };
  };
}

const Resources = z.looseObject({ resources: z.array(z.unknown()) });

/**
 * Both as one: workflows are ours, and so is what was loaded from files; everything else, and first word on what both could
 * have, is the other's. A namespace of either is there; in one of the other's, templates are its own alone, because set-up
 * looks after them there and would take one from a file for somebody's.
 */
export function withOther(
  routes: (request: ApiRequest) => ApiAnswer,
  other: OtherApi,
  learn: (namespace: string) => void,
): (request: ApiRequest) => Promise<ApiAnswer> {
  return async (request) => {
    const discovered = discoveryAnswer(request.path);
    if (discovered !== undefined) return joined(discovered, await other(request));
    const [, namespace = '', resource] =
      /\/namespaces\/([^/]+)\/(workflows|workflowtemplates)(?:\/|$)/.exec(request.path) ?? [];
    if (resource === 'workflows') {
      if (await hasNamespace(other, namespace)) learn(namespace);
      return routes(request);
    }
    const answer = await other(request);
    if (answer.code !== 404 || request.method !== 'GET') return answer;
    const isTheirs = resource !== undefined && (await hasNamespace(other, namespace));
    return isTheirs ? answer : orElse(answer, routes(request));
  };
}

async function hasNamespace(other: OtherApi, namespace: string): Promise<boolean> {
  const path = `/api/v1/namespaces/${namespace}`;
  return (await other({ method: 'GET', path, query: new URLSearchParams(), body: undefined })).code === 200;
}

/** What neither has is told in the words of who would have it. */
function orElse(answer: ApiAnswer, own: ApiAnswer): ApiAnswer {
  return own.code === 200 ? own : answer;
}

function joined(own: ApiAnswer, other: ApiAnswer): ApiAnswer {
  const [ours, theirs] = [Resources.parse(own.body), Resources.safeParse(other.body)];
  if (!theirs.success) return own;
  const known = ours.resources.map(nameOf);
  const more = theirs.data.resources.filter((each) => !known.includes(nameOf(each)));
  return success({ ...ours, resources: [...ours.resources, ...more] });
}

function nameOf(resource: unknown): unknown {
  return Object(resource).name;
}
