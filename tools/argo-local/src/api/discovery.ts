import { type ApiAnswer, success } from './status-body.ts';

/** What there is, for clients that look before they ask (the typed object API of Kubernetes' JavaScript client does). */
export function discoveryAnswer(path: string): ApiAnswer | undefined {
  if (path === '/api/v1') {
    return resources('v1', [resource('namespaces', 'Namespace', false), resource('configmaps', 'ConfigMap', true)]);
  }
  if (path !== '/apis/argoproj.io/v1alpha1') return undefined;
  return resources('argoproj.io/v1alpha1', [
    resource('workflows', 'Workflow', true),
    resource('workflowtemplates', 'WorkflowTemplate', true),
    resource('clusterworkflowtemplates', 'ClusterWorkflowTemplate', false),
  ]);
}

function resource(name: string, kind: string, namespaced: boolean): unknown {
  const verbs = name === 'workflows' ? ['create', 'delete', 'get', 'list', 'patch'] : ['get'];
  return { name, singularName: kind.toLowerCase(), namespaced, kind, verbs };
}

function resources(groupVersion: string, all: readonly unknown[]): ApiAnswer {
  return success({ kind: 'APIResourceList', apiVersion: 'v1', groupVersion, resources: all });
}
