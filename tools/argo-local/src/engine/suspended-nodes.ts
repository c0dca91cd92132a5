import type { NodeTable } from './node-table.ts';

/** Nodes of kind Suspend that wait for somebody. */
export interface SuspendedNodes {
  /** Resolves with the values that were supplied when somebody resumes the node. */
  wait(nodeId: string, signal: AbortSignal): Promise<Readonly<Record<string, string>>>;
  /** Lets the node with this id, name or display name go on, or all; says how many that were. */
  resume(node: string | undefined, values: Readonly<Record<string, string>>): number;
}

export function createSuspendedNodes(nodes: NodeTable): SuspendedNodes {
  const waiting = new Map<string, (values: Readonly<Record<string, string>>) => void>();
  return {
    wait: (nodeId, signal) =>
      new Promise((resolve, reject) => {
        waiting.set(nodeId, resolve);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
    resume: (node, values) => {
      const chosen = [...waiting].filter(([id]) => {
        const { name, displayName } = nodes.get(id);
        return node === undefined || [id, name, displayName].includes(node);
      });
      for (const [id, resolve] of chosen) {
        waiting.delete(id);
        resolve(values);
      }
      return chosen.length;
    },
  };
}
