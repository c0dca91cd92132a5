import { platformNamespace } from '@luban-ci/conventions';
import type { WantedObject } from '@luban-ci/kube';
import type { Place } from './place.ts';

/** The namespace itself. */
export function namespaceObject({ namespace, project, env, conventions: { config } }: Place): WantedObject {
  const egress = config.cilium_egress_gateway_policy;
  return {
    apiVersion: 'v1',
    kind: 'Namespace',
    metadata: {
      name: namespace,
      labels: {
        'app.kubernetes.io/part-of': 'luban-ci',
        'luban-ci.io/project': project,
        'luban-ci.io/environment': env,
        'pod-security.kubernetes.io/enforce': config.pod_security_level,
        ...(egress === undefined ? {} : { 'luban-ci.io/cilium-egress-gateway-policy': egress }),
      },
    },
  };
}

/** The account that set-up runs under may do in this namespace what set-up does, and only here. */
export function provisionerBinding({ namespace }: Place): WantedObject {
  return {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata: { name: 'luban-namespace-provisioner', namespace },
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'luban-namespace-provisioner' },
    subjects: [{ kind: 'ServiceAccount', name: 'luban-setup-sa', namespace: platformNamespace }],
  };
}

/** How much a project may ask for, and who may reach it. */
export function limitObjects({ namespace, inputs, conventions: { config } }: Place): WantedObject[] {
  const limits = [{ type: 'Container', defaultRequest: config.container_requests }];
  const metadata = (name: string) => ({ name, namespace });
  return [
    {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: metadata('luban-quota'),
      spec: { hard: config.namespace_quota },
    },
    { apiVersion: 'v1', kind: 'LimitRange', metadata: metadata('luban-limits'), spec: { limits } },
    ...(config.network_policy === 'none'
      ? []
      : [isolation(namespace, [...config.network_policy_allow_from, ...inputs.allowFrom])]),
  ];
}

function isolation(namespace: string, allowed: readonly string[]): WantedObject {
  const others = [...new Set(allowed)].toSorted().map((name) => ({
    namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': name } },
  }));
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: { name: 'luban-isolation', namespace },
    spec: { podSelector: {}, policyTypes: ['Ingress'], ingress: [{ from: [{ podSelector: {} }, ...others] }] },
  };
}
