import { createHash } from 'node:crypto';
import type { NewObject } from '@luban-ci/kube';

/** A workflow that is to be made from a template, and by what it is found again. */
export interface Submission {
  template: string;
  namespace: string;
  isClusterScoped?: boolean;
  /** Empty ones are left to the template. */
  parameters: Readonly<Record<string, string>>;
  labels: Readonly<Record<string, string>>;
  /** Beginning of its name; by default the template's. */
  namePrefix?: string | undefined;
  serviceAccount?: string | undefined;
  /** The same for every retry of one request. */
  requestId?: string | undefined;
  /** The same for every request about one thing. */
  subject?: string | undefined;
  /** Of a workflow that makes up for a request which got lost: as of when. It is kept for a day, for the request to come late. */
  madeUpAt?: string | undefined;
}

/** The labels by which a workflow is found again: for the same request, and for the same subject. */
export const requestLabel = 'luban-ci.io/request-id';
export const subjectLabel = 'luban-ci.io/subject';
/** As of when a workflow makes up for requests about its subject. */
export const madeUpAnnotation = 'luban-ci.io/made-up-at';

/** Label values are short and plain (63 characters of `[A-Za-z0-9_.-]`), ids are not: a digest stands for one. */
export function labelValueOf(id: string): string {
  return createHash('sha256').update(id).digest('hex').slice(0, 40);
}

/** The longest prefix that leaves room for the five characters Kubernetes adds, within a label's 63. */
const longestPrefix = 57;
/** All three, because what the template says of one stays otherwise. */
const keptForADay = { secondsAfterCompletion: 86_400, secondsAfterSuccess: 86_400, secondsAfterFailure: 86_400 };

export function workflowObject(submission: Submission): NewObject {
  const { template, namespace, isClusterScoped = false, serviceAccount, requestId, subject, madeUpAt } = submission;
  const parameters = Object.entries(submission.parameters).filter(([, value]) => value !== '');
  const ids = Object.entries({ [requestLabel]: requestId, [subjectLabel]: subject });
  const found = ids.flatMap(([label, id]) => (id === undefined ? [] : [[label, labelValueOf(id)]]));
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: {
      generateName: `${(submission.namePrefix ?? template).slice(0, longestPrefix)}-`,
      namespace,
      labels: { ...submission.labels, ...Object.fromEntries(found) },
      ...(madeUpAt === undefined ? {} : { annotations: { [madeUpAnnotation]: madeUpAt } }),
    },
    spec: {
      workflowTemplateRef: { name: template, ...(isClusterScoped ? { clusterScope: true } : {}) },
      arguments: { parameters: parameters.map(([name, value]) => ({ name, value })) },
      ...(serviceAccount === undefined ? {} : { serviceAccountName: serviceAccount }),
      ...(madeUpAt === undefined ? {} : { ttlStrategy: keptForADay }),
    },
  };
}
