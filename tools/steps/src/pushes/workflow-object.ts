import { createHash } from 'node:crypto';
import type { InputsOf } from '@luban-ci/core';
import type { NewObject } from '@luban-ci/kube';
import type { step } from './step.ts';

/** The label by which a workflow is found again for the same request. */
export const requestLabel = 'luban-ci.io/request-id';

/** Label values are short and plain (63 characters of `[A-Za-z0-9_.-]`), request ids are not: a digest stands for one. */
export function requestLabelValue(requestId: string): string {
  return createHash('sha256').update(requestId).digest('hex').slice(0, 40);
}

/** The longest prefix that leaves room for the five characters Kubernetes adds, within a label's 63. */
const longestPrefix = 57;

export function workflowObject(inputs: InputsOf<typeof step>): NewObject {
  const { template, namespace, isClusterScoped, serviceAccount, requestId } = inputs;
  const parameters = Object.entries(inputs.parameters).filter(([, value]) => value !== '');
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      generateName: `${(inputs.namePrefix ?? template).slice(0, longestPrefix)}-`,
      namespace,
      labels: {
        ...inputs.labels,
        ...(requestId === undefined ? {} : { [requestLabel]: requestLabelValue(requestId) }),
      },
    },
    spec: {
      workflowTemplateRef: { name: template, ...(isClusterScoped ? { clusterScope: true } : {}) },
      arguments: { parameters: parameters.map(([name, value]) => ({ name, value })) },
      ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
    },
  };
}
