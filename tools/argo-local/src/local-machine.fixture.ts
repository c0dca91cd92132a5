import type { Workflow } from '@luban-ci/argo-workflows-schema';
import { createManifestReader } from '@luban-ci/argo-workflows-schema';
import { fixedClock, type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { parse } from 'yaml';
import { createLockTable } from './engine/lock-table.ts';
import { emptyCatalog } from './model/catalog.ts';
import type { RunEvent } from './run-events.ts';
import { type LocalMachine, type RunningWorkflow, startWorkflow } from './start-workflow.ts';

/** A machine on which the image `sh` is this machine's own shell, in a folder that is gone afterwards. */
export interface TestMachine extends LocalMachine, AsyncDisposable {
  events: RunEvent[];
}

const reader = createManifestReader();

export async function testMachine(parts: Partial<LocalMachine> = {}): Promise<TestMachine> {
  const folder: TemporaryFolder = await temporaryFolder();
  const events: RunEvent[] = [];
  let suffix = 0;
  return {
    events,
    catalog: emptyCatalog,
    images: [{ repository: 'sh', host: true }],
    folder: folder.path,
    namespace: 'payment',
    clock: fixedClock(),
    locks: createLockTable(),
    environment: { PATH: process.env['PATH'] },
    randomSuffix: () => `test${++suffix}`,
    onEvent: (event) => events.push(event),
    ...parts,
    [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose](),
  };
}

/** A workflow of `spec`, called `wf`. */
export function workflowOf(spec: string, name = 'wf'): Workflow {
  const document = { apiVersion: 'argoproj.io/v1alpha1', kind: 'Workflow', metadata: { name }, spec: parse(spec) };
  return reader.read(document, 'the test', 'Workflow');
}

export function start(machine: LocalMachine, spec: string, name = 'wf'): RunningWorkflow {
  return startWorkflow(workflowOf(spec, name), machine);
}

/** Runs it to its end: one line for each node, as `name type phase: message`, then the workflow's. */
export async function outcomeOf(machine: LocalMachine, spec: string): Promise<string[]> {
  return linesOf(await start(machine, spec).done);
}

export function linesOf({ status }: Workflow): string[] {
  const nodes = Object.values(status?.nodes ?? {}).map((node) =>
    [`${node.name} ${node.type} ${node.phase}`, node.message ?? ''].filter((part) => part !== '').join(': '),
  );
  return [...nodes.sort(), [`= ${status?.phase}`, status?.message ?? ''].filter((part) => part !== '').join(': ')];
}

/** A template that runs a line of shell with the inputs `a` and `b` (empty where not given) in its environment. */
export function shell(name: string, line: string, more = ''): string {
  return `
  - name: ${name}
    inputs: { parameters: [{ name: a, default: '' }, { name: b, default: '' }] }
    ${more}
    container:
      image: sh:1
      command: [sh, -c, ${JSON.stringify(line)}]
      env: [{ name: A, value: '{{inputs.parameters.a}}' }, { name: B, value: '{{inputs.parameters.b}}' }]
`;
}
