import type { Backoff, RetryStrategy } from '@luban-ci/argo-workflows-schema';
import { evaluateCondition } from '../expressions/evaluate-expression.ts';
import { durationMilliseconds } from './duration.ts';
import { isUnsuccessful, type RunNode } from './node-table.ts';
import { type Run, RunEnded } from './run.ts';

export type RetryDecision = { again: true; waitMilliseconds: number } | { again: false; message: string | undefined };

/** The attempts so far are over; shall there be another one, and when? */
export function decideRetry(
  run: Run,
  strategy: RetryStrategy,
  attempts: readonly RunNode[],
  onExit: boolean,
): RetryDecision {
  const last = attempts.at(-1);
  if (last === undefined || !isUnsuccessful(last.phase)) return { again: false, message: undefined };
  const ending = onExit ? run.terminating : run.ending;
  if (ending.aborted) return { again: false, message: endedMessage(ending.reason) };
  const wait = backoffMilliseconds(run, strategy, attempts, last);
  if (typeof wait === 'string') return { again: false, message: wait };
  if (!coveredByPolicy(strategy, last)) return { again: false, message: last.message };
  const limit = strategy.limit === undefined ? Number.POSITIVE_INFINITY : Number(strategy.limit);
  if (attempts.length > limit) return { again: false, message: 'No more retries left' };
  if (!expressionHolds(strategy, attempts)) {
    return { again: false, message: 'retryStrategy.expression evaluated to false' };
  }
  return { again: true, waitMilliseconds: wait };
}

/** What `lastRetry.*` and `retries` say in the attempt after these. */
export function lastRetryVariables(attempts: readonly RunNode[]): [string, string][] {
  const last = attempts.at(-1);
  return [
    ['retries', String(attempts.length)],
    ['lastRetry.exitCode', last?.outputs?.exitCode ?? '0'],
    ['lastRetry.status', last?.phase ?? ''],
    ['lastRetry.duration', String(last === undefined ? 0 : secondsOf(last))],
    ['lastRetry.message', last?.message ?? ''],
  ];
}

/** In the expression a pod without an exit code has -1 (operator.go, buildRetryStrategyLocalScope). */
function expressionHolds({ expression = '' }: RetryStrategy, attempts: readonly RunNode[]): boolean {
  if (expression === '') return true;
  const last = attempts.at(-1);
  const variables = new Map([
    ...lastRetryVariables(attempts),
    ['retries', String(attempts.length - 1)] as const,
    ['lastRetry.exitCode', last?.outputs?.exitCode ?? '-1'] as const,
  ]);
  return evaluateCondition(expression, variables);
}

/** Without a policy: OnFailure, but Always where there is an expression (RetryPolicyActual). */
function coveredByPolicy({ retryPolicy, expression }: RetryStrategy, last: RunNode): boolean {
  const policy = retryPolicy ?? (expression === undefined ? 'OnFailure' : 'Always');
  if (policy === 'Always') return true;
  if (policy === 'OnFailure') return last.phase === 'Failed';
  return policy === 'OnError' && last.phase === 'Error';
}

/** Milliseconds to wait, or why it is no use to wait. Without a limit Argo does not wait at all. */
function backoffMilliseconds(
  run: Run,
  { backoff, limit }: RetryStrategy,
  attempts: readonly RunNode[],
  last: RunNode,
): number | string {
  if (backoff === undefined) return 0;
  const wait = waitMilliseconds(backoff, attempts.length);
  if (backoff.maxDuration !== undefined && backoff.maxDuration !== '') {
    const until = Date.parse(attempts[0]?.startedAt ?? '') + durationMilliseconds(backoff.maxDuration);
    if (run.clock.now().getTime() > until) return 'Max duration limit exceeded';
    if (Date.parse(last.finishedAt ?? '') + wait > until) return 'Backoff would exceed max duration limit';
  }
  return limit === undefined ? 0 : wait;
}

function waitMilliseconds({ duration = '', factor, cap }: Backoff, attempts: number): number {
  const wanted = durationMilliseconds(duration) * Number(factor ?? 1) ** (attempts - 1);
  return cap === undefined || cap === '' ? wanted : Math.min(wanted, durationMilliseconds(cap));
}

function endedMessage(reason: unknown): string {
  if (!(reason instanceof RunEnded)) return String(reason);
  return reason.how === 'Deadline' ? 'retry exceeded workflow deadline' : `Stopped with strategy '${reason.how}'`;
}

function secondsOf(node: RunNode): number {
  return (Date.parse(node.finishedAt ?? '') - Date.parse(node.startedAt ?? '')) / 1000;
}
