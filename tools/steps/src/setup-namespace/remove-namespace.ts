import { StepError } from '@luban-ci/core';
import { isMarked, type Mark, pruneObjects, type Removed, removeObject, type WritableKube } from '@luban-ci/kube';

/** Every kind that this step makes inside a namespace. */
export const madeKinds = [
  { apiVersion: 'argoproj.io/v1alpha1', kind: 'WorkflowTemplate' },
  { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  { apiVersion: 'v1', kind: 'ConfigMap' },
  { apiVersion: 'v1', kind: 'LimitRange' },
  { apiVersion: 'v1', kind: 'ResourceQuota' },
  { apiVersion: 'v1', kind: 'Secret' },
  { apiVersion: 'v1', kind: 'ServiceAccount' },
  // Last, because they hold our own right to remove the others.
  { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
] as const;

/** What a namespace would take with it, and nobody could bring back. */
const deployedKinds = [
  { apiVersion: 'apps/v1', kind: 'Deployment' },
  { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
] as const;

interface Removal {
  mark: Mark;
  dryRun: boolean;
}

/**
 * The whole namespace when we made it; what we put into it when somebody else did.
 *
 * @throws StepError when something is still deployed in it
 */
export async function removeNamespace(kube: WritableKube, namespace: string, removal: Removal): Promise<Removed[]> {
  const name = { apiVersion: 'v1', kind: 'Namespace', name: namespace };
  const live = await kube.read(name);
  if (live === undefined || live.metadata.deletionTimestamp !== undefined)
    return [await removeObject(kube, name, removal)];
  if (isMarked(live, removal.mark)) {
    await refuseWhileUsed(kube, namespace);
    return [await removeObject(kube, name, removal)];
  }
  const inside = await pruneObjects(kube, { ...removal, namespace, kinds: madeKinds, isWanted: () => false });
  return [...inside, { name: `Namespace ${namespace}`, outcome: 'foreign', diff: '' }];
}

async function refuseWhileUsed(kube: WritableKube, namespace: string): Promise<void> {
  const deployed = await Promise.all(deployedKinds.map((kind) => kube.list({ ...kind, namespace })));
  const names = deployed.flat().map(({ kind, metadata }) => `${kind} ${metadata.name}`);
  if (names.length === 0) return;
  const shown = names.length > 5 ? [...names.slice(0, 5), `${names.length - 5} more`] : names;
  throw new StepError(`The namespace ${namespace} still holds ${shown.join(', ')}`, {
    hint: 'Remove the applications first: setup-argocd-application with remove, for each.',
  });
}
