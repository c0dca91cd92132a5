import type { RetryStrategy } from '@luban-ci/argo-workflows-schema';
import { fillAllTags } from '../expressions/fill-tags.ts';
import type { RunNode } from './node-table.ts';
import { attemptOf, type PreparedCall, startNode } from './prepared-call.ts';
import { decideRetry, lastRetryVariables } from './retry-decision.ts';
import type { Run } from './run.ts';

/**
 * Runs a call under a Retry node, whose children are the attempts `name(0)`, `name(1)`, …, and which ends as the last of
 * them did (workflow/controller/operator.go, processNodeRetries).
 */
export async function executeWithRetries(
  run: Run,
  call: PreparedCall,
  strategy: RetryStrategy,
  execute: (run: Run, call: PreparedCall) => Promise<RunNode>,
): Promise<RunNode> {
  const parent = run.nodes.find(call.name) ?? startNode(run, call, 'Retry', 'Running');
  run.nodes.update(parent.id, { phase: 'Running' });
  const filled = fillAllTags(strategy, call.variables);
  const attempts: RunNode[] = [];
  for (;;) {
    const attempt = attemptOf(run, call, parent, attempts.length, lastRetryVariables(attempts));
    attempts.push(await execute(run, attempt));
    const decision = decideRetry(run, filled, attempts, call.onExit);
    if (!decision.again) return finish(run, parent, attempts, decision.message);
    await pause(run, parent, decision.waitMilliseconds, call.onExit);
  }
}

async function pause(run: Run, parent: RunNode, milliseconds: number, onExit: boolean): Promise<void> {
  if (milliseconds === 0) return;
  run.nodes.update(parent.id, { message: `Backoff for ${milliseconds / 1000} seconds` });
  const ending = onExit ? run.terminating : run.ending;
  await run.clock.sleep(milliseconds, ending).catch((error: unknown) => {
    if (!ending.aborted) throw error;
  });
  run.nodes.update(parent.id, { message: '' });
}

function finish(run: Run, parent: RunNode, attempts: readonly RunNode[], message: string | undefined): RunNode {
  const last = attempts.at(-1);
  return run.nodes.update(parent.id, {
    phase: last?.phase ?? 'Error',
    message: message ?? '',
    ...(last?.outputs === undefined ? {} : { outputs: last.outputs }),
  });
}
