import type { NodeStatus } from '@luban-ci/argo-workflows-schema';
import type { Clock } from '@luban-ci/core';

export type NodePhase = 'Pending' | 'Running' | 'Succeeded' | 'Skipped' | 'Failed' | 'Error' | 'Omitted';
export type NodeType = 'Pod' | 'Steps' | 'StepGroup' | 'DAG' | 'TaskGroup' | 'Retry' | 'Skipped' | 'Suspend';

/** A node of a run; the fields are those of Argo's NodeStatus. */
export interface RunNode extends NodeStatus {
  type: NodeType;
  phase: NodePhase;
}

export type NodeStart = Pick<RunNode, 'name' | 'type' | 'phase'> &
  Partial<
    Pick<RunNode, 'boundaryID' | 'templateName' | 'templateRef' | 'templateScope' | 'inputs' | 'message' | 'nodeFlag'>
  >;

/** All nodes of one run, and the only place that changes them. */
export interface NodeTable {
  start(node: NodeStart): RunNode;
  update(id: string, change: Partial<RunNode>): RunNode;
  /** Connects two nodes, once. */
  connect(parentId: string, childId: string): void;
  find(name: string): RunNode | undefined;
  get(id: string): RunNode;
  all(): RunNode[];
  /** Where the graph goes on after this node (workflow/controller/operator.go, getOutboundNodes). */
  outboundOf(id: string): string[];
}

export function createNodeTable(workflowName: string, clock: Clock, onChange: (node: RunNode) => void): NodeTable {
  const nodes = new Map<string, RunNode>();
  const get = (id: string): RunNode => {
    const node = nodes.get(id);
    if (node === undefined) throw new Error(`node ${id} was never started`);
    return node;
  };
  const set = (node: RunNode): RunNode => {
    const finished = isFulfilled(node.phase) && node.finishedAt === undefined;
    const stored = finished ? { ...node, finishedAt: timestamp(clock) } : node;
    nodes.set(stored.id, stored);
    onChange(stored);
    return stored;
  };
  const table: NodeTable = {
    get,
    find: (name) => nodes.get(nodeId(workflowName, name)),
    all: () => [...nodes.values()],
    start: (node) => {
      const id = nodeId(workflowName, node.name);
      const boundary = node.boundaryID === undefined ? undefined : nodes.get(node.boundaryID);
      return set({ id, displayName: displayName(node.name, boundary?.name), startedAt: timestamp(clock), ...node });
    },
    update: (id, change) => set({ ...get(id), ...change }),
    connect: (parentId, childId) => {
      const parent = get(parentId);
      const children = parent.children ?? [];
      if (parentId !== childId && !children.includes(childId)) set({ ...parent, children: [...children, childId] });
    },
    outboundOf: (id) => outbound(get(id), table),
  };
  return table;
}

export function isFulfilled(phase: NodePhase): boolean {
  return phase !== 'Pending' && phase !== 'Running';
}

/** Ran to its end; a node that was skipped or omitted never ran. */
export function isCompleted(phase: NodePhase): boolean {
  return phase === 'Succeeded' || isUnsuccessful(phase);
}

export function isUnsuccessful(phase: NodePhase): boolean {
  return phase === 'Failed' || phase === 'Error';
}

/** The workflow's name and the FNV-1a sum of the node's, as Workflow.NodeID in pkg/apis/workflow/v1alpha1. */
export function nodeId(workflowName: string, name: string): string {
  return name === workflowName ? name : `${workflowName}-${fnv1a(name)}`;
}

/** As GeneratePodName (version v2) in workflow/util/pod_name.go. */
export function podName(workflowName: string, name: string, templateName: string): string {
  return name === workflowName ? name : `${workflowName}-${templateName}`.slice(0, 242).concat(`-${fnv1a(name)}`);
}

function fnv1a(text: string): number {
  return Buffer.from(text).reduce((sum, byte) => Math.imul(sum ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}

/** The name within its boundary, without the group's position: `wf[0].build` is `build`. */
function displayName(name: string, boundaryName: string | undefined): string {
  if (boundaryName === undefined || !name.startsWith(boundaryName)) return name;
  return name.slice(boundaryName.length).replace(/^(\[\d+\])?\./, '');
}

/** Whole seconds in RFC 3339, as Kubernetes writes times. */
export function timestamp(clock: Clock): string {
  return `${clock.now().toISOString().slice(0, 19)}Z`;
}

function outbound(node: RunNode, table: NodeTable): string[] {
  const children = node.children ?? [];
  if (node.type === 'Retry') return children.slice(-1);
  if (node.type === 'TaskGroup' && children.length > 0) return children.flatMap((child) => table.outboundOf(child));
  if (node.type === 'Steps' || node.type === 'DAG') {
    return (node.outboundNodes ?? []).flatMap((each) => table.outboundOf(each));
  }
  return [node.id];
}
