import type { Parameter, Workflow, WorkflowSpec } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import { type Catalog, findTemplateHolder } from './catalog.ts';

/**
 * The spec that runs: the workflow's own, over that of the template it refers to. As in Argo (workflow/util/merge.go) the
 * workflow's fields win; parameters, templates and volumes are merged by name; `suspend` is the workflow's alone.
 */
export function executedSpec(workflow: Workflow, catalog: Catalog, namespace: string): WorkflowSpec {
  const { workflowTemplateRef: reference, ...own } = workflow.spec;
  if (reference === undefined) return own;
  const clusterScope = reference.clusterScope === true;
  const holder = findTemplateHolder(catalog, { name: reference.name ?? '', clusterScope }, namespace);
  if (holder === undefined) {
    const kind = clusterScope ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate';
    throw new InputError(`spec.workflowTemplateRef: there is no ${kind} called ${reference.name} in ${namespace}`);
  }
  const { suspend: _, ...base } = holder.spec;
  return {
    ...base,
    ...own,
    arguments: { parameters: mergeParameters(base.arguments?.parameters ?? [], own.arguments?.parameters ?? []) },
    templates: byName(base.templates ?? [], own.templates ?? []),
    volumes: byName(base.volumes ?? [], own.volumes ?? []),
  };
}

/** A value from the workflow replaces value and valueFrom of the template; enum and description stay. */
function mergeParameters(base: readonly Parameter[], own: readonly Parameter[]): Parameter[] {
  const merged = base.map((parameter) => {
    const given = own.find((each) => each.name === parameter.name);
    if (given === undefined) return parameter;
    const { value: _value, valueFrom: _valueFrom, ...rest } = parameter;
    return given.value === undefined && given.valueFrom === undefined
      ? { ...parameter, ...given }
      : { ...rest, ...given };
  });
  return [...merged, ...own.filter((each) => !base.some((parameter) => parameter.name === each.name))];
}

function byName<T extends { name?: string }>(base: readonly T[], own: readonly T[]): T[] {
  return [...base.filter((each) => !own.some((other) => other.name === each.name)), ...own];
}
