import { type SetUpWorld, setUpWorld } from '../testing/set-up-world.fixture.ts';

export const sandbox = {
  projectName: 'payment',
  deployEnv: 'snd',
  developerGroups: ['payment-developers'],
  adminGroups: ['payment-leads'],
};
export const production = { ...sandbox, deployEnv: 'prd' };
export const namespace = 'snd-payment';
export const docker = 'kubernetes.io/dockerconfigjson';

/** A world with the credentials that a platform team keeps in luban-ci. */
export async function withCredentials(): Promise<SetUpWorld> {
  const world = await setUpWorld();
  await world.secret('harbor-creds', { '.dockerconfigjson': '{"auths":{"all":{}}}' }, docker);
  await world.secret('payment-harbor-creds', { '.dockerconfigjson': '{"auths":{"own":{}}}' }, docker);
  await world.secret('harbor-ro-creds', { '.dockerconfigjson': '{"auths":{}}' }, docker);
  await world.secret('github-creds', { username: 'git', token: 'a$b"c\\d' });
  return world;
}

/** Names of what is in a namespace, by kind. */
export async function contents(world: SetUpWorld, where: string): Promise<Record<string, string[]>> {
  const kinds: [string, string][] = [
    ['v1', 'ConfigMap'],
    ['v1', 'LimitRange'],
    ['networking.k8s.io/v1', 'NetworkPolicy'],
    ['v1', 'ResourceQuota'],
    ['rbac.authorization.k8s.io/v1', 'RoleBinding'],
    ['v1', 'Secret'],
    ['v1', 'ServiceAccount'],
    ['argoproj.io/v1alpha1', 'WorkflowTemplate'],
  ];
  const found = await Promise.all(
    kinds.map(async ([apiVersion, kind]) => {
      const objects = await world.kube.list({ apiVersion, kind, namespace: where });
      return [kind, objects.map(({ metadata }) => metadata.name ?? '')] as const;
    }),
  );
  return Object.fromEntries(found);
}
