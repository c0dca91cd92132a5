import { type Clock, RetryableError } from '@luban-ci/core';
import type { WritableKube } from '@luban-ci/kube';
import { z } from 'zod';

const Review = z.object({ status: z.object({ allowed: z.boolean() }) });
const mostTries = 20;

/**
 * A right that was just given counts when the API server's authorizer has seen it, a moment later. It is asked, so that the
 * first use of the right is not refused.
 *
 * @throws RetryableError when it is not given within 10 s
 */
export async function untilAllowed(
  kube: WritableKube,
  namespace: string,
  { clock, signal }: { clock: Clock; signal: AbortSignal },
): Promise<void> {
  const resourceAttributes = { namespace, verb: 'create', resource: 'secrets' };
  for (let tries = 0; tries < mostTries; tries += 1) {
    const review = await kube.create({
      apiVersion: 'authorization.k8s.io/v1',
      kind: 'SelfSubjectAccessReview',
      metadata: {},
      spec: { resourceAttributes },
    });
    if (Review.parse(review).status.allowed) return;
    await clock.sleep(500, signal);
  }
  throw new RetryableError(`This account may not yet make Secrets in ${namespace}`, {
    hint: 'Bind it the ClusterRole luban-namespace-provisioner, or run this as somebody who may.',
  });
}
