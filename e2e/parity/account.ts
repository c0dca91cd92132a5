import type { Workflow } from '@luban-ci/argo-workflows-schema';

/**
 * What is compared of a run: how it ended, and for each node, in the order of their names, one line with all that does
 * not depend on time, ids or the wording of messages. A workflow that was refused before anything ran has no nodes.
 */
export interface Account {
  phase: string;
  /** Of `argo submit --wait`, and what `luban run` makes of the phase. */
  succeeded: boolean;
  /** Outputs of the workflow, by global name. */
  outputs: string[];
  nodes: string[];
}

export const refused: Account = { phase: 'refused', succeeded: false, outputs: [], nodes: [] };

/** @param succeeded what the command that ran it said */
export function accountOf({ status }: Workflow, succeeded: boolean): Account {
  const nodes = status?.nodes ?? {};
  const nameOf = (id: string): string => nodes[id]?.name ?? id;
  return {
    phase: status?.phase ?? 'none',
    succeeded,
    outputs: (status?.outputs?.parameters ?? []).map(({ name, value }) => `${name}=${value}`).sort(),
    nodes: Object.values(nodes)
      .map((node) => lineOf(node, nameOf))
      .sort(),
  };
}

/** The same where a run is about a place, whose addresses and commits nobody else has: of outputs, the names alone. */
export function shapeOf(workflow: Workflow, succeeded: boolean): Account {
  const nodes = Object.entries(workflow.status?.nodes ?? {}).map(([id, node]) => {
    const parameters = node.outputs?.parameters?.map(({ name }) => ({ name, value: '…' }));
    return [
      id,
      { ...node, ...(parameters === undefined ? {} : { outputs: { ...node.outputs, parameters } }) },
    ] as const;
  });
  return accountOf({ ...workflow, status: { ...workflow.status, nodes: Object.fromEntries(nodes) } }, succeeded);
}

/** Whether a pod that is ended from outside tells an exit code depends on how far it has come. */
const endedFromOutside = ['137', '143'];

type Node = NonNullable<NonNullable<Workflow['status']>['nodes']>[string];

function lineOf(node: Node, nameOf: (id: string) => string): string {
  const { name, displayName, type, phase, templateName, templateRef, templateScope, outputs, nodeFlag } = node;
  const template = templateName ?? (templateRef === undefined ? '' : `${templateRef.name}/${templateRef.template}`);
  const parameters = (outputs?.parameters ?? []).map((each) => ` ${each.name}=${JSON.stringify(each.value)}`);
  const children = [...new Set((node.children ?? []).map(nameOf))].sort();
  return [
    `${name} "${displayName}" ${type} ${phase} of ${template} in ${templateScope ?? ''}`,
    ...(node.boundaryID ? [` within ${nameOf(node.boundaryID)}`] : []),
    ...(nodeFlag?.hooked === true ? [' hooked'] : []),
    ...(nodeFlag?.retried === true ? [' retried'] : []),
    ...(outputs?.exitCode === undefined || endedFromOutside.includes(outputs.exitCode)
      ? []
      : [` exit=${outputs.exitCode}`]),
    ...(outputs?.result === undefined ? [] : [` result=${JSON.stringify(outputs.result)}`]),
    ...parameters.sort(),
    ...(children.length === 0 ? [] : [` → ${children.join(', ')}`]),
  ].join('');
}
