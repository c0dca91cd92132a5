import type { Boundary } from './call.ts';
import { createLimiter } from './limiter.ts';
import { isUnsuccessful, type RunNode } from './node-table.ts';
import type { PreparedCall } from './prepared-call.ts';
import type { Run } from './run.ts';

/** What the children of a steps or DAG node obey: how many at a time, and whether one failure stops the rest. */
export function createBoundary(run: Run, call: PreparedCall, node: RunNode): Boundary {
  const { parallelism, failFast } = call.found;
  const failed = (): boolean =>
    run.nodes
      .all()
      .some((each) => each.boundaryID === node.id && isUnsuccessful(each.phase) && each.nodeFlag?.retried !== true);
  return {
    id: node.id,
    closed: () => failFast === true && failed(),
    ...(parallelism === undefined ? {} : { children: createLimiter(parallelism) }),
  };
}

export const failedFast = 'template has failed or errored children and failFast enabled';
