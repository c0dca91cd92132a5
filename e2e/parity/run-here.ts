import { randomBytes } from 'node:crypto';
import {
  createLockTable,
  type ImageMapping,
  type RunningWorkflow,
  refusalOf,
  startWorkflow,
} from '@luban-ci/argo-local';
import { systemClock } from '@luban-ci/core';
import { plainEnvironment } from '@luban-ci/process';
import { temporaryFolder } from '@luban-ci/testing';
import { lubanCommand } from '../../tools/gitops-utils/src/testing/luban-process.ts';
import { type Account, accountOf, refused } from './account.ts';
import type { Intervention, Submission } from './submission.ts';

/** What busybox and Debian's Python have in the cluster, this machine has as programs of its own. */
const images: ImageMapping[] = [
  { repository: 'library/busybox', host: true },
  { repository: 'library/python', host: true },
  { repository: 'gitops-utils', entrypoint: lubanCommand, commands: { luban: lubanCommand }, env: lubanCommand.env },
];

const randomSuffix = (): string => randomBytes(3).toString('hex').slice(0, 5);

/** The sentence in which a workflow is refused on this machine; nothing where it runs. */
export function refusalHere({ workflow, catalog }: Submission): string | undefined {
  return refusalOf(workflow, { catalog, images, namespace: 'parity', clock: systemClock, randomSuffix })?.message;
}

/** Runs it by argo-local, with the real clock: the cluster has no other. */
export async function runHere(submission: Submission, namespace: string): Promise<Account> {
  if (refusalHere(submission) !== undefined) return refused;
  await using folder = await temporaryFolder();
  const acted = { already: false };
  const running: RunningWorkflow = startWorkflow(submission.workflow, {
    ...{ images, namespace, catalog: submission.catalog, folder: folder.path, clock: systemClock, randomSuffix },
    locks: createLockTable(),
    environment: plainEnvironment(),
    onEvent: (event) => {
      if (event.type !== 'node' || event.node.phase !== 'Running' || acted.already) return;
      if (event.node.name !== submission.intervention?.node) return;
      acted.already = true;
      queueMicrotask(() => intervene(running, submission.intervention)); // once the node is on its way
    },
  });
  const done = await running.done;
  return accountOf(done, done.status?.phase === 'Succeeded');
}

function intervene(running: RunningWorkflow, intervention: Intervention | undefined): void {
  if (intervention?.command === 'stop') running.stop();
  if (intervention?.command === 'terminate') running.terminate();
  if (intervention?.command === 'resume') running.resume(intervention.node, intervention.values);
}
