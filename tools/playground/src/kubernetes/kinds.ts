/** A kind that the playground's cluster has. */
export interface ServedKind {
  /** Empty for the core group. */
  group: string;
  version: string;
  kind: string;
  plural: string;
  namespaced: boolean;
  /** Who knows its shape; what nobody knows can only be listed, and there never is one. */
  shape: 'kubernetes' | 'argo-workflows' | 'none';
}

const core = { group: '', version: 'v1', namespaced: true, shape: 'kubernetes' } as const;
const rbac = { ...core, group: 'rbac.authorization.k8s.io' } as const;
const argo = { ...core, group: 'argoproj.io', version: 'v1alpha1' } as const;
const apps = { ...core, group: 'apps', shape: 'none' } as const;

export const servedKinds: readonly ServedKind[] = [
  { ...core, kind: 'Namespace', plural: 'namespaces', namespaced: false },
  { ...core, kind: 'ConfigMap', plural: 'configmaps' },
  { ...core, kind: 'Secret', plural: 'secrets' },
  { ...core, kind: 'ServiceAccount', plural: 'serviceaccounts' },
  { ...core, kind: 'ResourceQuota', plural: 'resourcequotas' },
  { ...core, kind: 'LimitRange', plural: 'limitranges' },
  { ...core, kind: 'PersistentVolumeClaim', plural: 'persistentvolumeclaims' },
  { ...apps, kind: 'Deployment', plural: 'deployments' },
  { ...apps, kind: 'StatefulSet', plural: 'statefulsets' },
  { ...core, group: 'networking.k8s.io', kind: 'NetworkPolicy', plural: 'networkpolicies' },
  { ...rbac, kind: 'Role', plural: 'roles' },
  { ...rbac, kind: 'RoleBinding', plural: 'rolebindings' },
  { ...rbac, kind: 'ClusterRole', plural: 'clusterroles', namespaced: false },
  { ...rbac, kind: 'ClusterRoleBinding', plural: 'clusterrolebindings', namespaced: false },
  { ...argo, kind: 'AppProject', plural: 'appprojects' },
  { ...argo, kind: 'Application', plural: 'applications' },
  { ...argo, kind: 'WorkflowTemplate', plural: 'workflowtemplates', shape: 'argo-workflows' },
  {
    ...argo,
    kind: 'ClusterWorkflowTemplate',
    plural: 'clusterworkflowtemplates',
    namespaced: false,
    shape: 'argo-workflows',
  },
];

/** `v1`, `argoproj.io/v1alpha1` */
export function apiVersionOf({ group, version }: ServedKind): string {
  return group === '' ? version : `${group}/${version}`;
}

/** As Kubernetes names a resource in its sentences: `configmaps`, `applications.argoproj.io`. */
export function resourceName({ group, plural }: ServedKind): string {
  return group === '' ? plural : `${plural}.${group}`;
}

/** What `kubectl` asks before anything else: the versions of the core, and every group with its one version. */
export function groupList(isCore: boolean): unknown {
  if (isCore) return { kind: 'APIVersions', versions: ['v1'], serverAddressByClientCIDRs: [] };
  const groups = [...new Set(servedKinds.filter(({ group }) => group !== '').map(apiVersionOf))].map((groupVersion) => {
    const [name, version] = groupVersion.split('/');
    return { name, versions: [{ groupVersion, version }], preferredVersion: { groupVersion, version } };
  });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

/** The list by which clients find out what there is. */
export function resourceList(apiVersion: string): unknown {
  const resources = servedKinds
    .filter((each) => apiVersionOf(each) === apiVersion)
    .map(({ kind, plural, namespaced, shape }) => ({
      ...{ name: plural, singularName: kind.toLowerCase(), namespaced, kind },
      verbs: shape === 'none' ? ['get', 'list'] : ['create', 'delete', 'get', 'list', 'update'],
    }));
  if (apiVersion === 'authorization.k8s.io/v1') resources.push(accessReview);
  return resources.length === 0
    ? undefined
    : { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion, resources };
}

const accessReview = {
  name: 'selfsubjectaccessreviews',
  singularName: 'selfsubjectaccessreview',
  namespaced: false,
  kind: 'SelfSubjectAccessReview',
  verbs: ['create'],
};
