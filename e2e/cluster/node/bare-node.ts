import type { NodeKind } from '../node-kind.ts';
import { keeperOf } from './running-node.ts';
import { startNode } from './start-node.ts';
import { stopNode } from './stop-node.ts';

/** A node of compiled programs in namespaces of its own, without Docker. */
export const bareNode: NodeKind = {
  brings: new Set(),
  holder: async (workshop) => {
    const keeper = await keeperOf(workshop);
    return keeper === undefined ? undefined : `process ${keeper}`;
  },
  start: startNode,
  stop: stopNode,
};
