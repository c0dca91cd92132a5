import { createManifestReader, type Workflow } from '@luban-ci/argo-workflows-schema';
import { until } from '../cluster/until.ts';
import { type Account, accountOf, refused } from './account.ts';
import type { ClusterAtHand, Ended } from './cluster-at-hand.ts';
import type { Intervention, Submission } from './submission.ts';

/** What became of a workflow in the cluster. */
export interface RunThere {
  there: Account;
  /** Argo's words for what failed, a line for each node; they are not compared. */
  failures: string;
}

const reader = createManifestReader();

/**
 * Submits it as a person would, waits for its end, and tells what became of it, with Argo's words for what failed.
 *
 * @param tell what is told
 * @throws Error when the cluster could not be asked
 */
export async function runThere(
  submission: Submission,
  cluster: ClusterAtHand,
  namespace: string,
  tell = accountOf,
): Promise<RunThere> {
  const { name, workflow, intervention } = submission;
  const ended = cluster.argoSubmit(namespace, JSON.stringify(withoutPodsLeft(workflow)));
  if (intervention !== undefined) await intervene(submission, intervention, cluster, namespace);
  const { exitCode, stderr } = await ended;
  const now = await workflowIn(cluster, namespace, name);
  if (now === undefined && stderr.includes('code = InvalidArgument')) return { there: refused, failures: '' };
  if (now === undefined) throw new Error(`${name} could not be submitted: ${stderr}`);
  if (exitCode !== 0 && now.status?.phase === 'Succeeded') {
    throw new Error(`argo ended with ${exitCode} for ${name}, which succeeded: ${stderr}`);
  }
  return { there: tell(now, exitCode === 0), failures: failuresIn(now) };
}

/** Pods that are over are looked at by every part of the node until they are gone. */
function withoutPodsLeft(workflow: Workflow): Workflow {
  const podGC = { strategy: 'OnPodCompletion', deleteDelayDuration: '0s' } as const;
  return { ...workflow, spec: { podGC, ...workflow.spec } };
}

function failuresIn({ status }: Workflow): string {
  return Object.values(status?.nodes ?? {})
    .flatMap(({ name, phase, message }) => (message ? [`${name} ${phase}: ${message}`] : []))
    .join('\n');
}

async function workflowIn(cluster: ClusterAtHand, namespace: string, name: string): Promise<Workflow | undefined> {
  const args = ['get', 'workflow', name, '--namespace', namespace, '--output', 'json', '--ignore-not-found'];
  const { exitCode, stdout, stderr } = await cluster.kubectl(args);
  if (exitCode !== 0) throw new Error(`the workflow ${name} cannot be read: ${stderr}`);
  return stdout === '' ? undefined : reader.read(JSON.parse(stdout), name, 'Workflow');
}

async function intervene(
  { name }: Submission,
  { node, command, values = {} }: Intervention,
  cluster: ClusterAtHand,
  namespace: string,
): Promise<void> {
  await until(`${node} runs`, 120, async () => {
    const nodes = Object.values((await workflowIn(cluster, namespace, name))?.status?.nodes ?? {});
    if (!nodes.some((each) => each.name === node && each.phase === 'Running')) throw new Error('it does not run yet');
  });
  for (const [key, value] of Object.entries(values)) {
    const selector = `name=${node}`;
    await succeed(
      cluster.argo(['node', 'set', name, '-n', namespace, '-p', `${key}=${value}`, '--node-field-selector', selector]),
    );
  }
  await succeed(cluster.argo([command, name, '-n', namespace]));
}

async function succeed(running: Promise<Ended>): Promise<void> {
  const { exitCode, stderr } = await running;
  if (exitCode !== 0) throw new Error(stderr);
}
