import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { type LocalMachine, startWorkflow } from './start-workflow.ts';

/**
 * Runs a workflow to its end. When `signal` aborts it is terminated: what runs is killed and exit handlers are left out.
 *
 * @returns the workflow with Argo's status, however it ended
 * @throws InputError before anything runs, naming all that is not supported or does not resolve
 */
export async function runWorkflow(workflow: Workflow, machine: LocalMachine, signal?: AbortSignal): Promise<Workflow> {
  signal?.throwIfAborted();
  const running = startWorkflow(workflow, machine);
  signal?.addEventListener('abort', running.terminate, { once: true });
  return running.done.finally(() => signal?.removeEventListener('abort', running.terminate));
}
