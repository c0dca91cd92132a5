import type { Argocd } from '@luban-ci/argocd';
import { type Log, RetryableError, StepError } from '@luban-ci/core';
import type { Candidate } from './candidate.ts';

/**
 * Insists that the source environment really runs the candidate. Without Argo CD it says that nobody was asked.
 *
 * @returns whether Argo CD was asked
 * @throws RetryableError while it is still being rolled out, StepError when it does not run or is not healthy
 */
export async function requireHealthy(
  argocd: Argocd | undefined,
  application: string,
  candidate: Candidate,
  log: Log,
): Promise<boolean> {
  if (argocd === undefined) {
    log.warn(`Argo CD was not asked whether ${application} runs this image and is healthy`);
    return false;
  }
  const state = await argocd.application(application);
  if (state === undefined)
    throw new StepError(`Argo CD has no application ${application}, or the account may not see it`);
  const runs = `${application} is ${state.sync} and ${state.health}`;
  if (state.sync !== 'Synced' || state.health === 'Progressing') {
    throw new RetryableError(`${runs}; only what is Synced and Healthy is promoted`);
  }
  if (state.health !== 'Healthy') throw new StepError(`${runs}; only what is Healthy is promoted`);
  if (!state.images.some((image) => isCandidate(image, candidate))) {
    throw new RetryableError(
      `${application} does not run ${candidate.tag ?? candidate.digest} yet; it runs ${state.images.join(', ') || 'nothing'}`,
    );
  }
  return true;
}

/** As the manifests name it, which kustomize writes from the same entry: `<repository>:<tag>`, with the digest where it has one. */
function isCandidate(image: string, { repository, tag, digest }: Candidate): boolean {
  const named = tag === undefined ? [] : [`${repository}:${tag}`, `${repository}:${tag}@${digest}`];
  return [`${repository}@${digest}`, ...named].includes(image);
}
