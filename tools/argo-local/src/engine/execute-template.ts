import { messageOf } from '@luban-ci/core';
import { lockWishes } from '../model/lock-wishes.ts';
import type { Call } from './call.ts';
import { executeDag } from './execute-dag.ts';
import { executePod } from './execute-pod.ts';
import { executeSteps } from './execute-steps.ts';
import { executeSuspend } from './execute-suspend.ts';
import { executeWithRetries } from './execute-with-retries.ts';
import type { RunNode } from './node-table.ts';
import { type PreparedCall, prepareCall, startNode } from './prepared-call.ts';
import type { Run } from './run.ts';

/**
 * Runs one call of a template to its end and says how its node ended. Nothing comes back when the node was not even
 * started, because its boundary fails fast (workflow/controller/operator.go, executeTemplate).
 */
export async function executeTemplate(run: Run, call: Call): Promise<RunNode | undefined> {
  const leave = await call.boundary?.children?.enter();
  try {
    if (call.boundary?.closed() === true) return undefined;
    return await executeCall(run, call);
  } finally {
    leave?.();
  }
}

async function executeCall(run: Run, call: Call): Promise<RunNode> {
  try {
    const prepared = prepareCall(run, call);
    return await executeLocked(run, prepared);
  } catch (error) {
    const node = run.nodes.find(call.name) ?? startNode(run, call, 'Skipped', 'Error', describe(error));
    run.broken.add(node.id);
    return run.nodes.update(node.id, { phase: 'Error', message: describe(error) });
  }
}

/** The error and what it comes from, in one line. */
function describe(error: unknown): string {
  const cause = error instanceof Error && error.cause !== undefined ? `: ${messageOf(error.cause)}` : '';
  return `${messageOf(error)}${cause}`;
}

async function executeLocked(run: Run, call: PreparedCall): Promise<RunNode> {
  const wishes = lockWishes(call.found.synchronization, call.variables, run.namespace, run.catalog);
  if (wishes.length === 0) return executeBody(run, call);
  const ending = call.onExit ? run.terminating : run.ending;
  const waiting: RunNode[] = [];
  const release = await run.locks.acquire(wishes, ending, (message) => {
    waiting.push(startNode(run, call, nodeTypeOf(run, call), 'Pending', message));
  });
  for (const node of waiting) run.nodes.update(node.id, { message: '' });
  try {
    return await executeBody(run, call);
  } finally {
    release();
  }
}

function executeBody(run: Run, call: PreparedCall): Promise<RunNode> {
  const strategy = call.found.retryStrategy ?? run.spec.retryStrategy;
  if (strategy === undefined) return executeOnce(run, call);
  return executeWithRetries(run, call, strategy, executeOnce);
}

async function executeOnce(run: Run, call: PreparedCall): Promise<RunNode> {
  const { steps, dag, suspend } = call.found;
  if (steps !== undefined) return executeSteps(run, call, steps, executeTemplate);
  if (dag !== undefined) return executeDag(run, call, dag, executeTemplate);
  if (suspend !== undefined) return executeSuspend(run, call, suspend);
  return executePod(run, call);
}

function nodeTypeOf(run: Run, { found }: PreparedCall): RunNode['type'] {
  if ((found.retryStrategy ?? run.spec.retryStrategy) !== undefined) return 'Retry';
  if (found.steps !== undefined) return 'Steps';
  if (found.dag !== undefined) return 'DAG';
  return found.suspend === undefined ? 'Pod' : 'Suspend';
}
