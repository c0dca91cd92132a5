import type { WantedObject } from '@luban-ci/kube';
import { memberOfAny } from '../set-up/group-names.ts';
import type { Place } from './place.ts';

const rbac = 'rbac.authorization.k8s.io';

interface Role {
  /** ClusterRole with its rights, and the name of its binding. */
  clusterRole: string;
  binding: string;
  /** Account that Argo's SSO acts as for members of the groups. */
  account: string;
  groups: readonly string[];
  /** Somebody who is in both is an admin: the higher one is asked first (Argo's rbac-rule-precedence). */
  precedence: string;
}

/** Who may do what in a project's namespace. */
export function accessObjects(place: Place): WantedObject[] {
  const { adminGroups, developerGroups } = place.inputs;
  const roles: Role[] = [
    {
      ...{ clusterRole: 'luban-project-admin', binding: 'project-admins', account: 'project-admin' },
      ...{ groups: adminGroups, precedence: '2' },
    },
    {
      ...{ clusterRole: 'luban-project-developer', binding: 'project-developers', account: 'project-developer' },
      ...{ groups: developerGroups, precedence: '1' },
    },
  ];
  return roles.flatMap((role) => roleObjects(role, place));
}

function roleObjects(role: Role, { namespace, inputs }: Place): WantedObject[] {
  const testUser = `test-${role.account}`;
  const accounts = [
    ...(role.groups.length === 0 ? [] : [role.account]),
    ...(inputs.createTestUsers === 'yes' ? [testUser] : []),
  ];
  const subjects = [
    ...role.groups.map((name) => ({ apiGroup: rbac, kind: 'Group', name })),
    ...accounts.map((name) => ({ kind: 'ServiceAccount', name, namespace })),
  ];
  if (subjects.length === 0) return [];
  const roleRef = { apiGroup: rbac, kind: 'ClusterRole', name: role.clusterRole };
  return [
    ...(accounts.includes(testUser) ? [account(testUser, namespace)] : []),
    ...(role.groups.length === 0 ? [] : mappedAccount(role, namespace)),
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata: { name: role.binding, namespace },
      roleRef,
      subjects,
    },
  ];
}

function account(name: string, namespace: string, annotations?: Record<string, string>): WantedObject {
  const metadata = { name, namespace, ...(annotations === undefined ? {} : { annotations }) };
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata };
}

/**
 * The account by which Argo's SSO lets members of the groups in, and its token, which Kubernetes no longer makes by itself
 * (argo-server-sso.md, service-account-secrets.md). Without groups there is none: a rule for nobody must not be one for
 * somebody (upstream-S6).
 */
function mappedAccount({ account: name, groups, precedence }: Role, namespace: string): WantedObject[] {
  const rule = {
    'workflows.argoproj.io/rbac-rule': memberOfAny(groups),
    'workflows.argoproj.io/rbac-rule-precedence': precedence,
  };
  return [
    account(name, namespace, rule),
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: {
        name: `${name}.service-account-token`,
        namespace,
        annotations: { 'kubernetes.io/service-account.name': name },
      },
      type: 'kubernetes.io/service-account-token',
    },
  ];
}
