import { createInterface, type Interface } from 'node:readline';
import type { RunEvent, WorkflowStore } from '@luban-ci/argo-local';

export interface ResumeOptions {
  /** Where a line resumes what waits: Enter at a terminal, or a pipe. Nothing is read before something waits. */
  input: NodeJS.ReadableStream;
  tell: (text: string) => void;
  kubeconfig: string;
}

/** Lets a person, or a script, resume workflows that are suspended and say so when one is. */
export interface Resumer extends Disposable {
  onEvent(event: RunEvent): void;
  /** From now on lines resume the workflows of this store. */
  attach(store: Pick<WorkflowStore, 'find'>): void;
}

export function createResumer({ input, tell, kubeconfig }: ResumeOptions): Resumer {
  const namespaces = new Map<string, string>();
  const waiting = new Map<string, string>();
  const lines: { reader?: Interface; store?: Pick<WorkflowStore, 'find'> } = {};
  const resumeOldest = (): void => {
    const [oldest] = waiting;
    if (oldest === undefined) return;
    const [key, name] = oldest;
    waiting.delete(key);
    lines.store?.find(namespaces.get(name) ?? '', name)?.resume(key === name ? undefined : key);
  };
  const wait = (key: string, name: string, what: string): void => {
    if (waiting.has(key)) return;
    waiting.set(key, name);
    tell(
      `› ${what} waits for somebody. Press Enter to resume, or:\n  ${resumeCommand(kubeconfig, namespaces.get(name) ?? '', name)}\n`,
    );
    if (lines.reader !== undefined) return;
    lines.reader = createInterface({ input });
    lines.reader.on('line', resumeOldest);
  };
  return {
    attach: (store) => {
      lines.store = store;
    },
    onEvent: (event) => {
      if (event.type === 'workflow') {
        const { metadata, spec, status } = event.workflow;
        const name = metadata.name ?? '';
        namespaces.set(name, metadata.namespace ?? '');
        if (spec.suspend === true && status?.phase === 'Running') wait(name, name, name);
        return;
      }
      if (event.type !== 'node' || event.node.type !== 'Suspend') return;
      const { id, name, phase } = event.node;
      if (phase === 'Running') wait(id, event.workflow, name);
      else waiting.delete(id);
    },
    [Symbol.dispose]: () => {
      lines.reader?.close();
      input.pause();
    },
  };
}

/** What `argo resume` would send, for a machine that has kubectl but not argo. */
function resumeCommand(kubeconfig: string, namespace: string, name: string): string {
  return `kubectl --kubeconfig ${kubeconfig} -n ${namespace} patch workflow ${name} --type merge -p '{"spec":{"suspend":false}}'`;
}
