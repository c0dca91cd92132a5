import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { createLimiter } from '../engine/limiter.ts';
import { type LocalMachine, type RunningWorkflow, startWorkflow } from '../start-workflow.ts';

/** Workflows that were submitted, by namespace and name, running or over. */
export interface WorkflowStore {
  /**
   * Takes a workflow and starts it as soon as fewer than the allowed number run.
   *
   * @throws InputError when it cannot run here; then nothing is stored
   */
  submit(workflow: Workflow): Workflow;
  find(namespace: string, name: string): StoredWorkflow | undefined;
  list(namespace: string): Workflow[];
  /** Terminates it when it runs, and forgets it. */
  remove(namespace: string, name: string): boolean;
  /** Waits until everything that was submitted is over. */
  settled(): Promise<void>;
  /** Terminates all. */
  close(): Promise<void>;
}

export interface StoredWorkflow {
  current(): Workflow;
  suspend(): void;
  resume(node?: string, values?: Readonly<Record<string, string>>): void;
  terminate(): void;
  stop(): void;
}

export function createWorkflowStore(machine: LocalMachine, concurrency: number): WorkflowStore {
  const stored = new Map<string, RunningWorkflow>();
  const ends: Promise<Workflow>[] = []; // those of removed workflows, too
  const places = createLimiter(concurrency);
  const keyOf = (namespace: string, name: string): string => `${namespace}/${name}`;
  const remove = (namespace: string, name: string): boolean => {
    stored.get(keyOf(namespace, name))?.terminate();
    return stored.delete(keyOf(namespace, name));
  };
  const settled = async (): Promise<void> => {
    const known = ends.length;
    await Promise.all(ends);
    if (ends.length > known) await settled(); // one that ended may have submitted another
  };
  return {
    remove,
    settled,
    submit: (workflow) => {
      const running = startWorkflow(workflow, machine, () => places.enter());
      stored.set(keyOf(running.namespace, running.name), running);
      ends.push(running.done);
      return running.current();
    },
    find: (namespace, name) => stored.get(keyOf(namespace, name)),
    list: (namespace) =>
      [...stored.values()].filter((each) => each.namespace === namespace).map((each) => each.current()),
    close: async () => {
      for (const each of stored.values()) each.terminate();
      await settled();
    },
  };
}
