import type { Parameter, WorkflowSpec } from '@luban-ci/argo-workflows-schema';
import type { Clock } from '@luban-ci/core';
import type { Catalog } from '../model/catalog.ts';
import type { TemplateScope } from '../model/template-scope.ts';
import type { Gate } from './gate.ts';
import type { Limiter } from './limiter.ts';
import type { LockTable } from './lock-table.ts';
import type { NodeTable } from './node-table.ts';
import type { RunPod } from './pod.ts';
import type { SuspendedNodes } from './suspended-nodes.ts';

/** Why a run was ended from outside or by its deadline; the reason of its signals. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';
  readonly how: 'Stop' | 'Terminate' | 'Deadline';

  constructor(how: RunEnded['how']) {
    super(how === 'Deadline' ? 'Step exceeded its deadline' : `workflow shutdown with strategy: ${how}`);
    this.how = how;
  }
}

/** One workflow while it runs: everything that its nodes share. */
export interface Run {
  name: string;
  namespace: string;
  spec: WorkflowSpec;
  scope: TemplateScope;
  catalog: Catalog;
  nodes: NodeTable;
  /** Nodes whose call could not be made: a missing value, a lock without a limit. What they stand in ends with Error. */
  broken: Set<string>;
  /** `workflow.*`, as text, growing while the run goes on. */
  globals: Map<string, string>;
  /** Outputs with a `globalName`, by that name. */
  outputs: Map<string, Parameter>;
  clock: Clock;
  /** Aborts with RunEnded on stop, terminate and deadline. */
  ending: AbortSignal;
  /** Aborts on terminate only: exit handlers still run after a stop or a deadline. */
  terminating: AbortSignal;
  gate: Gate;
  suspended: SuspendedNodes;
  pods: Limiter;
  locks: LockTable;
  runPod: RunPod;
}
