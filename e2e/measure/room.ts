import { z } from 'zod';

/** Thousandths of a processor that the pods of a measurement ask for at the same time, with some to spare. */
const wanted = 500;

const Nodes = z.object({
  items: z.array(z.object({ status: z.object({ allocatable: z.object({ cpu: z.string() }) }) })),
});
const Container = z.object({
  resources: z.object({ requests: z.object({ cpu: z.string().default('0') }).optional() }).optional(),
});
const Pods = z.object({
  items: z.array(
    z.object({
      spec: z.object({ containers: z.array(Container) }),
      status: z.object({ phase: z.string() }),
    }),
  ),
});

/**
 * A pod that finds no room waits until another one goes, which is no time of its own. Suites leave their applications.
 *
 * @param nodes what `kubectl get nodes -o json` says, parsed
 * @param pods the same of all pods
 * @returns why nothing can be measured, in one sentence; nothing where there is room
 */
export function lackOfRoom(nodes: unknown, pods: unknown): string | undefined {
  const there = sum(Nodes.parse(nodes).items.map(({ status }) => thousandths(status.allocatable.cpu)));
  const alive = Pods.parse(pods).items.filter(({ status }) => status.phase === 'Running' || status.phase === 'Pending');
  const containers = alive.flatMap(({ spec }) => spec.containers);
  const asked = sum(containers.map(({ resources }) => thousandths(resources?.requests?.cpu ?? '0')));
  if (there - asked >= wanted) return undefined;
  return `wants room in the cluster: ${asked / 1000} of ${there / 1000} processors are asked for by what is there (make cluster-down cluster-up)`;
}

/** A quantity as Kubernetes writes it: `2`, `50m`. */
function thousandths(quantity: string): number {
  return quantity.endsWith('m') ? Number.parseInt(quantity, 10) : Number(quantity) * 1000;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
