import { join } from 'node:path';
import type { NodeStatus, Workflow, WorkflowSpec } from '@luban-ci/argo-workflows-schema';
import { type Clock, InputError } from '@luban-ci/core';
import type { ImageMapping } from './containers/image-mapping.ts';
import { createContainerRunner } from './containers/run-container.ts';
import { type Ended, executeWorkflow } from './engine/execute-workflow.ts';
import { createGate } from './engine/gate.ts';
import { globalVariables } from './engine/global-variables.ts';
import { createLimiter } from './engine/limiter.ts';
import type { LockTable } from './engine/lock-table.ts';
import { createNodeTable, timestamp } from './engine/node-table.ts';
import { type Run, RunEnded } from './engine/run.ts';
import { createSuspendedNodes } from './engine/suspended-nodes.ts';
import { fillAllTags } from './expressions/fill-tags.ts';
import type { Catalog } from './model/catalog.ts';
import { preflight } from './model/preflight.ts';
import type { RunEvent } from './run-events.ts';

/** The machine that workflows run on: what it knows, what its images mean, and where it may write. */
export interface LocalMachine {
  catalog: Catalog;
  images: readonly ImageMapping[];
  /** Absolute; every workflow gets a folder of its own below it. */
  folder: string;
  /** Where a workflow belongs that does not say. */
  namespace: string;
  clock: Clock;
  /** Shared by all workflows that shall respect each other's semaphores. */
  locks: LockTable;
  environment: NodeJS.ProcessEnv;
  /** Five lower-case letters or digits, for `generateName`. */
  randomSuffix: () => string;
  onEvent: (event: RunEvent) => void;
}

/** A workflow that is running. */
export interface RunningWorkflow {
  name: string;
  namespace: string;
  /** Resolves with the final state, however it ends. */
  done: Promise<Workflow>;
  /** The state right now. */
  current(): Workflow;
  /** Starts no further pod until resumed. */
  suspend(): void;
  /** Goes on; `node` (id, name or display name) lets only that suspended node go on, `values` are its supplied outputs. */
  resume(node?: string, values?: Readonly<Record<string, string>>): void;
  /** Ends it, but lets exit handlers run. */
  stop(): void;
  /** Ends it, exit handlers included. */
  terminate(): void;
}

/**
 * Starts a workflow as Argo's controller would, as soon as `waitForPlace` lets it; what that resolves with is called at
 * the end.
 *
 * @throws InputError before anything runs, naming all that is not supported or does not resolve
 */
export function startWorkflow(
  workflow: Workflow,
  machine: LocalMachine,
  waitForPlace: () => Promise<() => void> = async () => () => {},
): RunningWorkflow {
  const { name, namespace, spec, scope, globals, started } = checked(workflow, machine);
  const [ending, terminating] = [new AbortController(), new AbortController()];
  const nodes = createNodeTable(name, machine.clock, (node) => machine.onEvent({ type: 'node', workflow: name, node }));
  const gate = createGate(spec.suspend === true);
  const run: Run = {
    ...{ name, namespace, spec, scope, nodes, globals, gate },
    ...{ catalog: machine.catalog, clock: machine.clock, locks: machine.locks },
    outputs: new Map(),
    broken: new Set(),
    ending: ending.signal,
    terminating: terminating.signal,
    suspended: createSuspendedNodes(nodes),
    pods: createLimiter(spec.parallelism ?? Number.POSITIVE_INFINITY),
    runPod: createContainerRunner({
      ...{ namespace, catalog: machine.catalog, images: machine.images, environment: machine.environment },
      folder: join(machine.folder, name),
      onOutput: ({ nodeId, nodeName }, text, stream) =>
        machine.onEvent({ type: 'output', workflow: name, nodeId, nodeName, text, stream }),
    }),
  };
  const end = (how: RunEnded['how']): void => {
    ending.abort(new RunEnded(how));
    if (how === 'Terminate') terminating.abort(new RunEnded(how));
  };
  return control(run, started, end, { machine, waitForPlace });
}

/** Argo's own bound (workflow/validate/validate.go, maxCharsInObjectName): the name is also the value of a label. */
const longestName = 63;

/** What has to be sound before anything runs. */
type Surroundings = Pick<LocalMachine, 'catalog' | 'images' | 'namespace' | 'clock' | 'randomSuffix'>;

/** Why a workflow would be refused on this machine; nothing where it would run. */
export function refusalOf(workflow: Workflow, around: Surroundings): InputError | undefined {
  try {
    checked(workflow, around);
    return undefined;
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function checked(workflow: Workflow, around: Surroundings) {
  const name = nameOf(workflow, around.randomSuffix);
  const namespace = workflow.metadata.namespace ?? around.namespace;
  const { spec, scope } = preflight(workflow, name, namespace, around.catalog, around.images);
  const bare = startedWorkflow(workflow, name, namespace, around.clock);
  const globals = globalVariables(bare, spec, around.catalog);
  return { name, namespace, spec, scope, globals, started: withMetadata(bare, spec, globals) };
}

/** The name becomes a folder's and part of every node's, so it has to be what Kubernetes takes as a name. */
function nameOf({ metadata }: Workflow, randomSuffix: () => string): string {
  const name = metadata.name ?? `${metadata.generateName ?? 'workflow-'}${randomSuffix()}`;
  if (/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name) && name.length <= longestName) return name;
  throw new InputError(
    `"${name}" is not a name: lower-case letters, digits, "-" and "." are, at most ${longestName} of them`,
  );
}

interface Host {
  machine: LocalMachine;
  waitForPlace: () => Promise<() => void>;
}

function control(
  run: Run,
  started: Workflow,
  end: (how: RunEnded['how']) => void,
  { machine, waitForPlace }: Host,
): RunningWorkflow {
  let ended: (Ended & { finishedAt: string }) | undefined;
  const current = (): Workflow => stateOf(run, started, ended);
  const tell = (): Workflow => {
    const workflow = current();
    machine.onEvent({ type: 'workflow', workflow });
    return workflow;
  };
  tell();
  const work = async (): Promise<Workflow> => {
    const leave = await waitForPlace();
    const deadline = deadlineTimer(run.spec, () => end('Deadline'));
    const outcome = await executeWorkflow(run).finally(() => clearTimeout(deadline));
    ended = { ...outcome, finishedAt: timestamp(machine.clock) };
    leave();
    return tell();
  };
  return {
    ...{ name: run.name, namespace: run.namespace, current, done: work() },
    suspend: () => run.gate.close(),
    resume: (node, values = {}) => {
      if (node === undefined) run.gate.open();
      run.suspended.resume(node, values);
    },
    stop: () => end('Stop'),
    terminate: () => end('Terminate'),
  };
}

/** Real time, whatever clock the run has: it bounds real programs. */
function deadlineTimer({ activeDeadlineSeconds }: WorkflowSpec, expire: () => void): NodeJS.Timeout | undefined {
  return activeDeadlineSeconds === undefined ? undefined : setTimeout(expire, activeDeadlineSeconds * 1000);
}

function startedWorkflow(workflow: Workflow, name: string, namespace: string, clock: Clock): Workflow {
  const startedAt = timestamp(clock);
  return {
    ...workflow,
    metadata: {
      ...workflow.metadata,
      ...{ name, namespace, creationTimestamp: workflow.metadata.creationTimestamp ?? startedAt },
      uid: workflow.metadata.uid ?? `local-${name}`,
    },
    status: { phase: 'Running', startedAt, nodes: {} },
  };
}

/** `workflowMetadata`, the template's included, joins the workflow's own labels and annotations. */
function withMetadata(started: Workflow, spec: WorkflowSpec, globals: Map<string, string>): Workflow {
  const { labels = {}, annotations = {} } = fillAllTags(spec.workflowMetadata ?? {}, globals);
  for (const [key, value] of Object.entries(labels)) globals.set(`workflow.labels.${key}`, value);
  for (const [key, value] of Object.entries(annotations)) globals.set(`workflow.annotations.${key}`, value);
  const { metadata } = started;
  const joined = {
    labels: { ...metadata.labels, ...labels },
    annotations: { ...metadata.annotations, ...annotations },
  };
  return { ...started, metadata: { ...metadata, ...joined } };
}

function stateOf(run: Run, started: Workflow, ended: Ended | undefined): Workflow {
  const nodes: Record<string, NodeStatus> = Object.fromEntries(run.nodes.all().map((node) => [node.id, node]));
  const outputs = [...run.outputs.values()];
  return {
    ...started,
    status: {
      ...started.status,
      nodes,
      ...(outputs.length === 0 ? {} : { outputs: { parameters: outputs } }),
      ...ended,
    },
  };
}
