import type { Workflow } from '@luban-ci/argo-workflows-schema';
import type { RunNode } from './engine/node-table.ts';

/** What happens in a run, in order. */
export type RunEvent =
  | { type: 'workflow'; workflow: Workflow }
  | { type: 'node'; workflow: string; node: RunNode }
  | { type: 'output'; workflow: string; nodeId: string; nodeName: string; text: string; stream: 'stdout' | 'stderr' };
