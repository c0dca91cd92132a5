import { nearestName, type Parameter, type Workflow } from '@luban-ci/argo-workflows-schema';
import { type BadField, InputError } from '@luban-ci/core';
import { type Catalog, findTemplateHolder } from './catalog.ts';

/** What `argo submit --from workflowtemplate/<name>` submits: a Workflow of nothing but a reference. */
export function workflowFrom(source: string, catalog: Catalog, namespace: string): Workflow {
  const [kind = '', name = ''] = source.split('/');
  const clusterScope = ['clusterworkflowtemplate', 'cwft'].includes(kind.toLowerCase());
  if (name === '' || (!clusterScope && !['workflowtemplate', 'wftmpl'].includes(kind.toLowerCase()))) {
    throw new InputError(`--from ${source} is neither workflowtemplate/<name> nor clusterworkflowtemplate/<name>`);
  }
  if (findTemplateHolder(catalog, { name, clusterScope }, namespace) === undefined) {
    const all = clusterScope ? catalog.clusterWorkflowTemplates : catalog.workflowTemplates;
    const near = nearestName(
      name,
      all.map((each) => each.metadata.name ?? ''),
    );
    const hint = near === undefined ? undefined : `Did you mean ${near}?`;
    throw new InputError(`there is no ${kind} called ${name} in ${namespace}`, [], { hint });
  }
  return {
    apiVersion: 'argoproj.io/v1alpha1',
    kind: 'Workflow',
    metadata: { generateName: `${name}-`, namespace },
    spec: { workflowTemplateRef: { name, ...(clusterScope ? { clusterScope } : {}) } },
  };
}

/** Reads `-p name=value` flags. Everything after the first `=` is the value, as it stands. */
export function readParameters(flags: readonly string[]): Record<string, string> {
  const bad = flags.filter((flag) => flag.indexOf('=') < 1);
  if (bad.length > 0) throw new InputError(`-p wants name=value, but got ${bad.map((flag) => `"${flag}"`).join(', ')}`);
  return Object.fromEntries(flags.map((flag) => [flag.slice(0, flag.indexOf('=')), flag.slice(flag.indexOf('=') + 1)]));
}

/**
 * The workflow with these parameter values in its arguments.
 *
 * @throws InputError for every name that neither the workflow nor the template it refers to declares
 */
export function withParameters(
  workflow: Workflow,
  values: Readonly<Record<string, string>>,
  catalog: Catalog,
): Workflow {
  const own = workflow.spec.arguments?.parameters ?? [];
  const known = [...own, ...parametersOfTemplate(workflow, catalog)].map((parameter) => parameter.name);
  const unknown = Object.keys(values).filter((name) => !known.includes(name));
  if (unknown.length > 0)
    throw new InputError('parameters that the workflow does not have', unknown.map(badParameter(known)));
  const given = Object.entries(values).map(([name, value]): Parameter => ({ name, value }));
  const kept = own.filter((parameter) => !(parameter.name in values));
  const parameters = [...kept, ...given];
  return { ...workflow, spec: { ...workflow.spec, arguments: { ...workflow.spec.arguments, parameters } } };
}

function badParameter(known: readonly string[]): (name: string) => BadField {
  return (field) => {
    const near = nearestName(field, known);
    return { field, expected: near === undefined ? `one of ${known.join(', ')}` : `did you mean ${near}?` };
  };
}

function parametersOfTemplate(workflow: Workflow, catalog: Catalog): readonly Parameter[] {
  const reference = workflow.spec.workflowTemplateRef;
  if (reference?.name === undefined) return [];
  const holder = findTemplateHolder(
    catalog,
    { name: reference.name, clusterScope: reference.clusterScope === true },
    workflow.metadata.namespace ?? 'default',
  );
  return holder?.spec.arguments?.parameters ?? [];
}
