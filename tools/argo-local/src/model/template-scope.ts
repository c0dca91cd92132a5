import type { DAGTask, LifecycleHook, Template, WorkflowSpec, WorkflowStep } from '@luban-ci/argo-workflows-schema';
import { InputError } from '@luban-ci/core';
import { type Catalog, findTemplateHolder } from './catalog.ts';

/** A call of a template: a step, a task, a hook, or the workflow's entry point. */
export type TemplateCall = Pick<WorkflowStep & DAGTask & LifecycleHook, 'template' | 'templateRef' | 'arguments'>;

/**
 * Where template names are looked up. Names within a referenced template are looked up in that template's own holder
 * (workflow/templateresolution/context.go), while parameters and volumes stay those of the running workflow.
 */
export interface TemplateScope {
  /** As in a node's status: `local/`, `namespaced/<name>` or `cluster/<name>`. */
  id: string;
  /** @throws InputError when there is no such template */
  resolve(call: TemplateCall): ResolvedTemplate;
}

export interface ResolvedTemplate {
  template: Template;
  scope: TemplateScope;
}

export function createTemplateScope(
  spec: WorkflowSpec,
  catalog: Catalog,
  /** The workflow's name, or nothing where its spec is that of a template (operator.go, createTemplateContext). */
  holderName: string,
  namespace: string,
): TemplateScope {
  return scopeOf(`local/${holderName}`, spec, catalog, namespace);
}

function scopeOf(id: string, spec: WorkflowSpec, catalog: Catalog, namespace: string): TemplateScope {
  const scope: TemplateScope = {
    id,
    resolve: (call) => {
      if (call.templateRef === undefined) return { template: named(spec, call.template, id), scope };
      const { name = '', template, clusterScope = false } = call.templateRef;
      const holder = findTemplateHolder(catalog, { name, clusterScope }, namespace);
      const kind = clusterScope ? 'ClusterWorkflowTemplate' : 'WorkflowTemplate';
      if (holder === undefined) throw new InputError(`there is no ${kind} called ${name}`);
      const inner = scopeOf(`${clusterScope ? 'cluster' : 'namespaced'}/${name}`, holder.spec, catalog, namespace);
      return { template: named(holder.spec, template, `${kind} ${name}`), scope: inner };
    },
  };
  return scope;
}

function named(spec: WorkflowSpec, name: string | undefined, where: string): Template {
  const found = spec.templates?.find((template) => template.name === name);
  if (found === undefined) throw new InputError(`there is no template called ${name ?? '(none)'} in ${where}`);
  return found;
}
