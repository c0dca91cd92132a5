import { createManifestReader, type ManifestReader, type Workflow } from '@luban-ci/argo-workflows-schema';
import { InputError, messageOf } from '@luban-ci/core';
import { z } from 'zod';
import { type Catalog, findKeyedData, findTemplateHolder } from '../model/catalog.ts';
import { discoveryAnswer } from './discovery.ts';
import { matchesSelector } from './label-selector.ts';
import { type ApiAnswer, failure, notFound, success } from './status-body.ts';
import type { WorkflowStore } from './workflow-store.ts';

export interface ApiRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

export interface ApiState {
  catalog: Catalog;
  store: WorkflowStore;
  /** Namespaces that exist. */
  namespaces: ReadonlySet<string>;
}

/** Answers as the API server of a cluster with Argo in it would, for the part that submitting and waiting need. */
export function createRoutes(state: ApiState): (request: ApiRequest) => ApiAnswer {
  const reader = createManifestReader();
  return (request) => {
    const discovered = discoveryAnswer(request.path);
    if (discovered !== undefined) return discovered;
    const [, group, namespace = '', resource = '', name = '', subresource = ''] = partsOf(request.path);
    if (group === undefined) return notFound('the path', request.path);
    if (resource === '') return namespaceAnswer(state, namespace);
    if (!state.namespaces.has(namespace)) return notFound('namespaces', namespace);
    if (resource === 'workflows') return workflowAnswer(state, reader, request, { namespace, name, subresource });
    if (request.method !== 'GET') return failure(405, 'MethodNotAllowed', `${resource} can only be read here`);
    return readAnswer(state, resource, namespace, name);
  };
}

/** `/api/v1/namespaces/x`, `/apis/argoproj.io/v1alpha1/namespaces/x/workflows/y`, and the cluster-wide templates. */
function partsOf(path: string): (string | undefined)[] {
  const cluster = /^\/apis\/argoproj\.io\/v1alpha1\/(clusterworkflowtemplates)(?:\/([^/]+))?$/.exec(path);
  if (cluster !== null) return [path, 'argoproj', 'default', cluster[1], cluster[2] ?? ''];
  const namespaced =
    /^\/(api\/v1|apis\/argoproj\.io\/v1alpha1)\/namespaces\/([^/]+)(?:\/([^/]+))?(?:\/([^/]+))?(?:\/([^/]+))?$/;
  return [...(namespaced.exec(path) ?? [])];
}

function namespaceAnswer({ namespaces }: ApiState, name: string): ApiAnswer {
  if (!namespaces.has(name)) return notFound('namespaces', name);
  return success({ apiVersion: 'v1', kind: 'Namespace', metadata: { name }, status: { phase: 'Active' } });
}

function readAnswer({ catalog }: ApiState, resource: string, namespace: string, name: string): ApiAnswer {
  if (resource === 'configmaps') {
    const found = findKeyedData(catalog.configMaps, name, namespace);
    if (found === undefined) return notFound(resource, name);
    return success({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace }, data: found.data });
  }
  if (resource !== 'workflowtemplates' && resource !== 'clusterworkflowtemplates')
    return notFound('the resource', resource);
  const found = findTemplateHolder(catalog, { name, clusterScope: resource.startsWith('cluster') }, namespace);
  return found === undefined ? notFound(`${resource}.argoproj.io`, name) : success(found);
}

interface Target {
  namespace: string;
  name: string;
  subresource: string;
}

function workflowAnswer(state: ApiState, reader: ManifestReader, request: ApiRequest, target: Target): ApiAnswer {
  const { namespace, name } = target;
  if (request.method === 'POST' && name === '') return createAnswer(state, reader, request.body, namespace);
  if (request.method === 'GET' && name === '') return listAnswer(state, request, namespace);
  const found = state.store.find(namespace, name);
  if (found === undefined) return notFound('workflows.argoproj.io', name);
  if (request.method === 'GET') return success(found.current());
  if (request.method === 'PATCH') return patchAnswer(state, request.body, target);
  if (request.method !== 'DELETE') return failure(405, 'MethodNotAllowed', `${request.method} is not known here`);
  state.store.remove(namespace, name);
  return success({ apiVersion: 'v1', kind: 'Status', status: 'Success' });
}

function createAnswer({ store }: ApiState, reader: ManifestReader, body: unknown, namespace: string): ApiAnswer {
  try {
    const given = reader.read(body, 'the workflow', 'Workflow');
    const name = given.metadata.name ?? '';
    if (name === '' && (given.metadata.generateName ?? '') === '') {
      return failure(422, 'Invalid', 'the workflow has neither metadata.name nor metadata.generateName');
    }
    if (store.find(namespace, name) !== undefined) {
      return failure(409, 'AlreadyExists', `workflows.argoproj.io "${name}" already exists`);
    }
    return success(store.submit({ ...given, metadata: { ...given.metadata, namespace } }), 201);
  } catch (error) {
    if (error instanceof InputError) return failure(422, 'Invalid', messageOf(error));
    throw error;
  }
}

function listAnswer({ store }: ApiState, { query }: ApiRequest, namespace: string): ApiAnswer {
  if (query.get('watch') === 'true')
    return failure(501, 'NotImplemented', 'watching is not served here; ask again instead');
  const selector = query.get('labelSelector') ?? '';
  const items = store.list(namespace).filter((each: Workflow) => matchesSelector(each.metadata.labels ?? {}, selector));
  return success({ apiVersion: 'argoproj.io/v1alpha1', kind: 'WorkflowList', metadata: {}, items });
}

const Patch = z.strictObject({
  spec: z.strictObject({ suspend: z.boolean().nullish(), shutdown: z.enum(['Stop', 'Terminate']).optional() }),
});

/** What `argo suspend`, `resume`, `stop` and `terminate` change of a workflow. */
function patchAnswer({ store }: ApiState, body: unknown, { namespace, name }: Target): ApiAnswer {
  const patch = Patch.safeParse(body);
  const found = store.find(namespace, name);
  if (found === undefined) return notFound('workflows.argoproj.io', name);
  if (!patch.success) return failure(422, 'Invalid', 'only spec.suspend and spec.shutdown can be changed here');
  const { suspend, shutdown } = patch.data.spec;
  if (suspend === true) found.suspend();
  else if (suspend !== undefined) found.resume();
  if (shutdown === 'Stop') found.stop();
  if (shutdown === 'Terminate') found.terminate();
  return success(found.current());
}
