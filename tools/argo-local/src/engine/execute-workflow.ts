import type { Arguments, TemplateRef } from '@luban-ci/argo-workflows-schema';
import { messageOf } from '@luban-ci/core';
import { fillAllTags } from '../expressions/fill-tags.ts';
import { lockWishes } from '../model/lock-wishes.ts';
import { executeTemplate } from './execute-template.ts';
import { isUnsuccessful, podName, type RunNode } from './node-table.ts';
import { type Run, RunEnded } from './run.ts';
import { workflowArguments } from './workflow-arguments.ts';

export interface Ended {
  phase: 'Succeeded' | 'Failed' | 'Error';
  message?: string;
}

/** Runs the entry point and then the exit handler, and tells how the workflow ended (operator.go, operate). */
export async function executeWorkflow(run: Run): Promise<Ended> {
  try {
    const wishes = lockWishes(run.spec.synchronization, run.globals, run.namespace, run.catalog);
    const release = await run.locks.acquire(wishes, run.ending, () => {});
    return await executeEntry(run).finally(release);
  } catch (error) {
    return { phase: 'Failed', message: messageOf(error) };
  }
}

async function executeEntry(run: Run): Promise<Ended> {
  const args = workflowArguments(run);
  const entry = { name: run.name, template: { template: run.spec.entrypoint ?? '' }, scope: run.scope };
  const node = await executeTemplate(run, { ...entry, args, parents: [], onExit: false, wantsResult: false });
  if (node !== undefined && run.broken.has(node.id)) {
    return { phase: 'Error', message: `error in entry template execution: ${node.message}` }; // no exit handler either
  }
  const main = endedAs(run, node);
  const onExit = await executeExit(run, main);
  if (main.phase !== 'Succeeded' || onExit === undefined || !isUnsuccessful(onExit.phase)) return main;
  return endedAs(run, onExit);
}

function endedAs(run: Run, node: RunNode | undefined): Ended {
  const phase = node?.phase === 'Failed' || node?.phase === 'Error' ? node.phase : 'Succeeded';
  const reason: unknown = run.ending.aborted ? run.ending.reason : undefined;
  const stopped = reason instanceof RunEnded && reason.how !== 'Deadline' && phase !== 'Succeeded';
  const message = stopped ? `Stopped with strategy '${reason.how}'` : node?.message;
  return { phase, ...(message === undefined || message === '' ? {} : { message }) };
}

interface ExitCall {
  template?: string;
  templateRef?: TemplateRef;
  arguments?: Arguments;
}

async function executeExit(run: Run, main: Ended): Promise<RunNode | undefined> {
  run.globals.set('workflow.status', main.phase);
  run.globals.set('workflow.failures', failuresOf(run));
  run.globals.set('workflow.duration', String(secondsSince(run)));
  const hook: ExitCall | undefined =
    run.spec.onExit === undefined ? run.spec.hooks?.['exit'] : { template: run.spec.onExit };
  if (hook === undefined || run.terminating.aborted) return undefined;
  return executeTemplate(run, {
    name: `${run.name}.onExit`,
    template: hook,
    scope: run.scope,
    args: run.spec.onExit === undefined ? fillAllTags(hook.arguments ?? {}, run.globals) : workflowArguments(run),
    parents: [],
    onExit: true,
    hooked: true,
    wantsResult: false,
  });
}

function secondsSince(run: Run): number {
  const started = Date.parse(run.globals.get('workflow.creationTimestamp') ?? '');
  return Math.max(0, (run.clock.now().getTime() - started) / 1000);
}

/** A JSON list as a quoted text: Argo quotes it once more so that it survives its own substitution. */
function failuresOf(run: Run): string {
  const failures = run.nodes
    .all()
    .filter((node) => isUnsuccessful(node.phase))
    .map((node) => ({
      displayName: node.displayName,
      message: node.message ?? '',
      templateName: node.templateName ?? '',
      phase: node.phase,
      podName: podName(run.name, node.name, node.templateName ?? ''),
      finishedAt: node.finishedAt,
    }));
  return JSON.stringify(JSON.stringify(failures));
}
