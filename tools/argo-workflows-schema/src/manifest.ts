import type {
  ClusterWorkflowTemplate,
  CronWorkflow,
  Workflow,
  WorkflowList,
  WorkflowTemplate,
} from './types.generated.ts';

/** Argo's kinds that this package knows, by the name that stands in `kind`. */
export interface ManifestByKind {
  Workflow: Workflow;
  WorkflowTemplate: WorkflowTemplate;
  ClusterWorkflowTemplate: ClusterWorkflowTemplate;
  CronWorkflow: CronWorkflow;
  WorkflowList: WorkflowList;
}

export type ManifestKind = keyof ManifestByKind;

export const manifestKinds: readonly ManifestKind[] = [
  'Workflow',
  'WorkflowTemplate',
  'ClusterWorkflowTemplate',
  'CronWorkflow',
  'WorkflowList',
];

export function isManifestKind(text: unknown): text is ManifestKind {
  return manifestKinds.some((kind) => kind === text);
}
