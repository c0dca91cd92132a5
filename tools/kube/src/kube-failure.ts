import { InputError, messageOf, RetryableError, StepError } from '@luban-ci/core';
import { z } from 'zod';

/** The body of a refusal: a Status object of Kubernetes' API conventions, as text or parsed. */
const Status = z.object({ message: z.string().optional(), reason: z.string().optional() });

/** The HTTP status of an answer that the client turned into an error. */
export function statusOf(error: unknown): number | undefined {
  const parsed = z.object({ code: z.number() }).safeParse(error);
  return parsed.success ? parsed.data.code : undefined;
}

/** The cluster has no such kind: of a custom resource, its definition is not installed. */
export function unknownKind(action: string, apiVersion: string, kind: string): StepError {
  return new StepError(`${action} failed: the cluster does not know the kind ${kind} of ${apiVersion}`, {
    hint: 'Install what brings this kind (Argo CD, Argo Workflows, kpack), or name another cluster.',
  });
}

/** What a failed call means to a step; `action` begins the sentence: `Creating Workflow snd-payment/x`. */
export function kubeFailure(error: unknown, action: string): Error {
  if (error instanceof StepError) return error;
  const status = statusOf(error);
  const said = saidBy(error);
  if (status === undefined) {
    return new RetryableError(`${action} failed: the cluster cannot be reached (${messageOf(error)})`, {
      cause: error,
    });
  }
  if (status === 429 || status >= 500)
    return new RetryableError(`${action} failed: the cluster answered ${status}${said}`, { cause: error });
  if (status === 422 || status === 400)
    return new InputError(`${action} was refused as invalid${said}`, [], { cause: error });
  const hint =
    status === 401 || status === 403
      ? 'Give the service account the permission that the sentence names, or use another one.'
      : undefined;
  return new StepError(`${action} was refused with ${status}${said}`, { cause: error, hint });
}

function saidBy(error: unknown): string {
  const body = z.object({ body: z.unknown() }).safeParse(error).data?.body;
  const status = Status.safeParse(typeof body === 'string' ? parsedJson(body) : body);
  return status.success && status.data.message ? `: ${status.data.message}` : '';
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
