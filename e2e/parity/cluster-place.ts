import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { ClusterAtHand } from './cluster-at-hand.ts';

/** A namespace for one suite, with an account for its workflows, gone when the suite is over. */
export interface ClusterPlace extends AsyncDisposable {
  namespace: string;
  /** Creates what stands around the workflows: YAML, into the namespace or for the whole cluster. */
  apply(manifests: string): Promise<void>;
}

/** Begins as a project's build namespace does, without the word that makes it refuse pods that are not "restricted". */
export async function clusterPlace(cluster: ClusterAtHand): Promise<ClusterPlace> {
  const namespace = `parity-${randomBytes(3).toString('hex')}`;
  const applied: string[] = [];
  const kubectl = async (args: readonly string[], input?: string): Promise<void> => {
    const { exitCode, stderr } = await cluster.kubectl([...args, '--namespace', namespace], input);
    if (exitCode !== 0) throw new Error(`kubectl ${args.join(' ')} failed: ${stderr}`);
  };
  const apply = async (manifests: string): Promise<void> => {
    applied.push(manifests);
    await kubectl(['apply', '--filename', '-'], manifests);
  };
  await kubectl(['create', 'namespace', namespace]);
  await apply(await readFile(new URL('workflow-account.yaml', import.meta.url), 'utf8'));
  return {
    namespace,
    apply,
    [Symbol.asyncDispose]: async () => {
      const removal = ['--ignore-not-found', '--wait=false'];
      for (const manifests of applied) await kubectl(['delete', ...removal, '--filename', '-'], manifests);
      await kubectl(['delete', 'namespace', namespace, ...removal]);
    },
  };
}
