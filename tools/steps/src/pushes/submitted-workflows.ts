import { StepError } from '@luban-ci/core';
import { compareOrder } from '@luban-ci/edits';
import type { Kube, KubeObject } from '@luban-ci/kube';
import { z } from 'zod';
import { labelValueOf, madeUpAnnotation, requestLabel, subjectLabel } from './workflow-object.ts';

export const workflowApi = 'argoproj.io/v1alpha1';

/** A workflow of the same request that has not failed: one that has, or is being deleted, may be asked for again. */
export async function findRequested(
  kube: Kube,
  namespace: string,
  requestId: string | undefined,
): Promise<KubeObject | undefined> {
  if (requestId === undefined) return undefined;
  const found = await labelled(kube, namespace, requestLabel, requestId);
  return found.find((workflow) => !hasFailed(workflow) && workflow.metadata.deletionTimestamp === undefined);
}

/** Every workflow about a subject that is still there, however it ended. */
export function findAbout(kube: Kube, namespace: string, subject: string): Promise<KubeObject[]> {
  return labelled(kube, namespace, subjectLabel, subject);
}

/**
 * A workflow that made up for a request about this subject before the request came: that was asked for when it made up for it, or
 * earlier, or nobody knows when. One that has failed may be asked for again.
 */
export async function findMadeUp(
  kube: Kube,
  namespace: string,
  { subject, askedAt }: { subject?: string | undefined; askedAt?: string | undefined },
): Promise<KubeObject | undefined> {
  if (subject === undefined) return undefined;
  const found = await findAbout(kube, namespace, subject);
  return found.find((workflow) => {
    const madeUpAt = workflow.metadata.annotations?.[madeUpAnnotation];
    if (madeUpAt === undefined || hasFailed(workflow)) return false;
    return askedAt === undefined || compareOrder(askedAt, madeUpAt) <= 0;
  });
}

/** @throws StepError when there is none */
export async function requireNamespace(kube: Kube, namespace: string): Promise<void> {
  if ((await kube.read({ apiVersion: 'v1', kind: 'Namespace', name: namespace })) !== undefined) return;
  throw new StepError(`There is no namespace ${namespace}`, {
    hint: 'Set the project up first: it makes the namespace.',
  });
}

export function hasFailed(workflow: KubeObject): boolean {
  return ['Failed', 'Error'].includes(phaseOf(workflow) ?? '');
}

export function phaseOf(workflow: KubeObject): string | undefined {
  return statusOf(workflow)?.phase;
}

export function messageOfWorkflow(workflow: KubeObject): string {
  return statusOf(workflow)?.message ?? 'no message';
}

const statusShape = () =>
  z.looseObject({
    status: z.looseObject({ phase: z.string().optional(), message: z.string().optional() }).optional(),
  });

function statusOf(workflow: KubeObject) {
  return statusShape().parse(workflow).status;
}

function labelled(kube: Kube, namespace: string, label: string, id: string): Promise<KubeObject[]> {
  const labelSelector = `${label}=${labelValueOf(id)}`;
  return kube.list({ apiVersion: workflowApi, kind: 'Workflow', namespace, labelSelector });
}
