import type { ClusterWorkflowTemplate, Workflow, WorkflowTemplate } from '@luban-ci/argo-workflows-schema';

/** A ConfigMap or a Secret, with texts as values. */
export interface KeyedData {
  name: string;
  /** Where none is given, it stands in every namespace. */
  namespace?: string;
  data: Readonly<Record<string, string>>;
}

/** What a cluster would hold: templates to refer to, and the data they read. */
export interface Catalog {
  workflows: readonly Workflow[];
  workflowTemplates: readonly WorkflowTemplate[];
  clusterWorkflowTemplates: readonly ClusterWorkflowTemplate[];
  configMaps: readonly KeyedData[];
  secrets: readonly KeyedData[];
}

export const emptyCatalog: Catalog = {
  workflows: [],
  workflowTemplates: [],
  clusterWorkflowTemplates: [],
  configMaps: [],
  secrets: [],
};

export function joinCatalogs(...catalogs: readonly Catalog[]): Catalog {
  return {
    workflows: catalogs.flatMap((catalog) => catalog.workflows),
    workflowTemplates: catalogs.flatMap((catalog) => catalog.workflowTemplates),
    clusterWorkflowTemplates: catalogs.flatMap((catalog) => catalog.clusterWorkflowTemplates),
    configMaps: catalogs.flatMap((catalog) => catalog.configMaps),
    secrets: catalogs.flatMap((catalog) => catalog.secrets),
  };
}

/** The one called `name` in this namespace; one that names its namespace wins over one that does not. */
export function findKeyedData(all: readonly KeyedData[], name: string, namespace: string): KeyedData | undefined {
  const called = all.filter((each) => each.name === name);
  return called.find((each) => each.namespace === namespace) ?? called.find((each) => each.namespace === undefined);
}

/** A template for a reference from `namespace`; cluster-wide ones stand in no namespace. */
export function findTemplateHolder(
  catalog: Catalog,
  reference: { name: string; clusterScope: boolean },
  namespace: string,
): WorkflowTemplate | ClusterWorkflowTemplate | undefined {
  if (reference.clusterScope)
    return catalog.clusterWorkflowTemplates.find((each) => each.metadata.name === reference.name);
  const called = catalog.workflowTemplates.filter((each) => each.metadata.name === reference.name);
  return (
    called.find((each) => each.metadata.namespace === namespace) ??
    called.find((each) => each.metadata.namespace === undefined)
  );
}
