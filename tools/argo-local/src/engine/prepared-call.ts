import type { Template } from '@luban-ci/argo-workflows-schema';
import { goJsonAsGiven } from '../expressions/go-json.ts';
import type { TemplateScope } from '../model/template-scope.ts';
import type { Call } from './call.ts';
import { type Valued, valueInputs } from './inputs.ts';
import { type NodePhase, type NodeType, podName, type RunNode } from './node-table.ts';
import type { Run } from './run.ts';

/** A call whose template is found and whose inputs have values. */
export interface PreparedCall extends Call {
  found: Template;
  /** Where the names within the template are looked up. */
  inner: TemplateScope;
  inputs: readonly Valued[];
  /** Everything that a tag in the template may name, but for what its own steps or tasks leave behind. */
  variables: Map<string, string>;
  /** Set on the attempts of a Retry node. */
  retried: boolean;
}

/** @throws InputError when the template or the value of an input is missing */
export function prepareCall(run: Run, call: Call): PreparedCall {
  const { template: found, scope: inner } = call.scope.resolve(call.template);
  const variables = new Map(run.globals);
  variables.set('node.name', call.name);
  if (call.local !== undefined) variables.set(...call.local);
  const inputs = valueInputs(found, call.args, { catalog: run.catalog, namespace: run.namespace, variables });
  for (const { name, value } of inputs) variables.set(`inputs.parameters.${name}`, value);
  variables.set('inputs.parameters', goJsonAsGiven(inputs));
  return { ...call, found, inner, inputs, variables: namedPod(run, variables, call.name, found), retried: false };
}

/** The same call as one attempt of its Retry node. */
export function attemptOf(
  run: Run,
  call: PreparedCall,
  parent: RunNode,
  attempt: number,
  extra: [string, string][],
): PreparedCall {
  const name = `${call.name}(${attempt})`;
  const variables = namedPod(run, new Map([...call.variables, ...extra]), name, call.found);
  return { ...call, name, variables, parents: [parent.id], retried: true };
}

function namedPod(run: Run, variables: Map<string, string>, name: string, template: Template): Map<string, string> {
  return variables.set('pod.name', podName(run.name, name, template.name ?? ''));
}

/** Adds the node of a call to the run. */
export function startNode(
  run: Run,
  call: Call & Partial<PreparedCall>,
  type: NodeType,
  phase: NodePhase,
  message?: string,
): RunNode {
  const { template, templateRef } = call.template;
  const flags = {
    ...(call.hooked === true ? { hooked: true } : {}),
    ...(call.retried === true ? { retried: true } : {}),
  };
  const node = run.nodes.start({
    name: call.name,
    type,
    phase,
    templateScope: call.scope.id,
    ...(template === undefined ? {} : { templateName: template }),
    ...(templateRef === undefined ? {} : { templateRef }),
    ...(call.boundary === undefined ? {} : { boundaryID: call.boundary.id }),
    ...(call.inputs === undefined || call.inputs.length === 0 ? {} : { inputs: { parameters: call.inputs } }),
    ...(Object.keys(flags).length === 0 ? {} : { nodeFlag: flags }),
    ...(message === undefined ? {} : { message }),
  });
  for (const parent of call.parents) run.nodes.connect(parent, node.id);
  return node;
}
