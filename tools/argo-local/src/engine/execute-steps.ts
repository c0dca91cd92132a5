import { setImmediate } from 'node:timers/promises';
import type { WorkflowStep } from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import { createBoundary, failedFast } from './boundary.ts';
import type { Boundary } from './call.ts';
import { type ExecuteTemplate, runExitHook } from './exit-hook.ts';
import { type ExpandedCall, expandCall } from './expanded-calls.ts';
import { isUnsuccessful, type RunNode } from './node-table.ts';
import { aggregateVariables, nodeVariables } from './node-variables.ts';
import { publishOutputs, scopeOutputs } from './outputs.ts';
import { type PreparedCall, startNode } from './prepared-call.ts';
import type { Run } from './run.ts';
import { wantsResult } from './wants-result.ts';

interface Group {
  node: RunNode;
  boundary: Boundary;
  /** What the steps of this group may name. */
  variables: Map<string, string>;
}

/** Runs groups of steps one after another, the steps of a group side by side (workflow/controller/steps.go). */
export async function executeSteps(
  run: Run,
  call: PreparedCall,
  groups: readonly (readonly WorkflowStep[])[],
  execute: ExecuteTemplate,
): Promise<RunNode> {
  const steps = run.nodes.find(call.name) ?? startNode(run, call, 'Steps', 'Running');
  run.nodes.update(steps.id, { phase: 'Running' });
  const boundary = createBoundary(run, call, steps);
  const variables = new Map(call.variables);
  let before = [steps.id];
  for (const [index, group] of groups.entries()) {
    for (const [name, value] of run.globals) variables.set(name, value);
    const name = `${call.name}[${index}]`;
    const templateScope = call.inner.id;
    const node = run.nodes.start({ name, type: 'StepGroup', phase: 'Running', boundaryID: steps.id, templateScope });
    for (const parent of before) run.nodes.connect(parent, node.id);
    const ended = await executeGroup(run, call, group, { node, boundary, variables }, execute);
    before = outboundOfGroup(run, node);
    if (isUnsuccessful(ended.phase)) {
      return run.nodes.update(steps.id, { phase: 'Failed', outboundNodes: before, ...messageFrom(ended) });
    }
    for (const step of group) for (const pair of variablesOf(run, step, node)) variables.set(...pair);
  }
  const outputs = scopeOutputs(call.found, variables);
  publishOutputs(run, outputs);
  return run.nodes.update(steps.id, {
    phase: 'Succeeded',
    outboundNodes: before,
    ...(outputs === undefined ? {} : { outputs }),
  });
}

async function executeGroup(
  run: Run,
  call: PreparedCall,
  steps: readonly WorkflowStep[],
  group: Group,
  execute: ExecuteTemplate,
): Promise<RunNode> {
  try {
    const expanded = steps.flatMap((step) => expandStep(run, call, step, group));
    const ended = await Promise.all(
      await startInTurn(run, expanded, (each) => executeStep(run, call, each, group, execute)),
    );
    if (ended.includes(undefined)) return run.nodes.update(group.node.id, { phase: 'Failed', message: failedFast });
    const broken = ended.find((node) => node !== undefined && run.broken.has(node.id));
    if (broken !== undefined) {
      const message = `step group deemed errored due to child ${broken.name} error: ${broken.message}`;
      return run.nodes.update(group.node.id, { phase: 'Error', message });
    }
    const failed = ended.find((node, index) => stopsGroup(node, expanded[index]?.call));
    if (failed === undefined) return run.nodes.update(group.node.id, { phase: 'Succeeded' });
    return run.nodes.update(group.node.id, { phase: 'Failed', message: `child '${failed.id}' failed` });
  } catch (error) {
    return run.nodes.update(group.node.id, { phase: 'Error', message: messageOf(error) });
  }
}

/** Steps are started one after the other; after one that cannot even begin, such as for want of a lock, none is. */
async function startInTurn(
  run: Run,
  expanded: readonly ExpandedCall<WorkflowStep>[],
  start: (call: ExpandedCall<WorkflowStep>) => Promise<RunNode | undefined>,
): Promise<Promise<RunNode | undefined>[]> {
  const started: Promise<RunNode | undefined>[] = [];
  for (const each of expanded) {
    const running = start(each);
    started.push(running);
    const soon = await Promise.race([running, setImmediate(undefined)]);
    if (soon !== undefined && run.broken.has(soon.id)) break;
  }
  return started;
}

/** A loop over nothing leaves one skipped node behind. */
function expandStep(run: Run, call: PreparedCall, step: WorkflowStep, group: Group): ExpandedCall<WorkflowStep>[] {
  const expanded = expandCall(step, group.variables);
  if (expanded.length === 0)
    skip(run, call, { name: step.name ?? '', call: step, skipped: 'Skipped, empty params' }, group);
  return expanded;
}

function skip(run: Run, call: PreparedCall, expanded: ExpandedCall<WorkflowStep>, group: Group): RunNode {
  const name = `${group.node.name}.${expanded.name}`;
  const skipped = { name, template: expanded.call, scope: call.inner, args: {}, boundary: group.boundary };
  const shared = { parents: [group.node.id], onExit: call.onExit, wantsResult: false };
  return startNode(run, { ...skipped, ...shared }, 'Skipped', 'Skipped', expanded.skipped);
}

async function executeStep(
  run: Run,
  call: PreparedCall,
  expanded: ExpandedCall<WorkflowStep>,
  group: Group,
  execute: ExecuteTemplate,
): Promise<RunNode | undefined> {
  if (expanded.skipped !== undefined) return skip(run, call, expanded, group);
  const step = expanded.call;
  const node = await execute(run, {
    name: `${group.node.name}.${expanded.name}`,
    template: step,
    scope: call.inner,
    args: step.arguments ?? {},
    boundary: group.boundary,
    parents: [group.node.id],
    local: ['steps.name', expanded.name],
    onExit: call.onExit,
    wantsResult: wantsResult(step.name ?? '', call.found),
  });
  if (node === undefined) return undefined;
  const hooked = {
    owner: step,
    prefix: `steps.${step.name ?? ''}`,
    node,
    boundary: group.boundary,
    variables: group.variables,
  };
  await runExitHook(run, call, hooked, execute);
  return node;
}

function stopsGroup(node: RunNode | undefined, step: WorkflowStep | undefined): node is RunNode {
  if (node === undefined || !isUnsuccessful(node.phase)) return false;
  return node.phase === 'Failed' ? step?.continueOn?.failed !== true : step?.continueOn?.error !== true;
}

function variablesOf(run: Run, step: WorkflowStep, group: RunNode): [string, string][] {
  const prefix = `steps.${step.name ?? ''}`;
  const name = `${group.name}.${step.name ?? ''}`;
  const node = run.nodes.find(name);
  if (node !== undefined) return nodeVariables(prefix, node);
  const turns = run.nodes.all().filter((each) => isTurn(each, name) && each.type !== 'Skipped');
  const { outputs: _, ...plain } = run.nodes.get(group.id);
  return [...(turns.length === 0 ? [] : aggregateVariables(prefix, turns)), ...nodeVariables(prefix, plain)];
}

/** `wf[0].build(0:api)`, but neither an attempt of it nor its exit handler. */
function isTurn(node: RunNode, name: string): boolean {
  return node.name.startsWith(`${name}(`) && node.nodeFlag === undefined;
}

function outboundOfGroup(run: Run, group: RunNode): string[] {
  const children = run.nodes.get(group.id).children ?? [];
  return children.length === 0 ? [group.id] : children.flatMap((child) => run.nodes.outboundOf(child));
}

function messageFrom({ message }: RunNode): { message?: string } {
  return message === undefined ? {} : { message };
}
