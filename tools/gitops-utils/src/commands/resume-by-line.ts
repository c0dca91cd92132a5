import { writeFile } from 'node:fs/promises';
import { createInterface, type Interface } from 'node:readline';
import type { LocalApi, RunEvent } from '@luban-ci/argo-local';

export interface ResumeOptions {
  /** Where a line resumes what waits: Enter at a terminal, or a pipe. Nothing is read before something waits. */
  input: NodeJS.ReadableStream;
  tell: (text: string) => void;
  /** A file that holds the API's Authorization header, readable by its owner alone. */
  headerFile: string;
}

/** Lets a person, or a script, resume workflows that are suspended and say so when one is. */
export interface Resumer extends Disposable {
  onEvent(event: RunEvent): void;
  /** From now on lines resume the workflows of this API. */
  attach(api: LocalApi): Promise<void>;
}

export function createResumer({ input, tell, headerFile }: ResumeOptions): Resumer {
  const namespaces = new Map<string, string>();
  const waiting = new Map<string, string>();
  const lines: { reader?: Interface; api?: LocalApi } = {};
  const resumeOldest = (): void => {
    const [oldest] = waiting;
    if (oldest === undefined) return;
    const [key, name] = oldest;
    waiting.delete(key);
    lines.api?.store.find(namespaces.get(name) ?? '', name)?.resume(key === name ? undefined : key);
  };
  const wait = (key: string, name: string, what: string): void => {
    if (waiting.has(key)) return;
    waiting.set(key, name);
    const command = resumeCommand(headerFile, lines.api?.url ?? '', namespaces.get(name) ?? '', name);
    tell(`› ${what} waits for somebody. Press Enter to resume, or:\n  ${command}\n`);
    if (lines.reader !== undefined) return;
    lines.reader = createInterface({ input });
    lines.reader.on('line', resumeOldest);
  };
  return {
    attach: async (api) => {
      lines.api = api;
      await writeFile(headerFile, `Authorization: Bearer ${api.token}\n`, { mode: 0o600 });
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

/** What `argo resume` sends. kubectl sends no token over plain HTTP, and an argument would show it to everybody. */
function resumeCommand(headerFile: string, url: string, namespace: string, name: string): string {
  const address = `${url}/apis/argoproj.io/v1alpha1/namespaces/${namespace}/workflows/${name}`;
  return `curl -sS -o /dev/null -X PATCH -H @${headerFile} -d '{"spec":{"suspend":false}}' ${address}`;
}
