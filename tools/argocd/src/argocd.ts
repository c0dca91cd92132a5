import { type Clock, exchange, RetryableError, retryAfterSeconds, StepError, withPatience } from '@luban-ci/core';
import { z } from 'zod';

/** The part of an Application's status that says whether it runs what git asks for. */
const Application = z.object({
  status: z
    .object({
      sync: z.object({ status: z.string(), revision: z.string().optional() }).optional(),
      health: z.object({ status: z.string() }).optional(),
      summary: z.object({ images: z.array(z.string()).default([]) }).optional(),
    })
    .optional(),
});

/** What Argo CD knows of an application. */
export interface ApplicationState {
  /** `Synced`, `OutOfSync` or `Unknown`. */
  sync: string;
  /** `Healthy`, `Progressing`, `Degraded`, `Suspended`, `Missing` or `Unknown`. */
  health: string;
  /** Commit of the GitOps repository that was compared last. */
  revision: string | undefined;
  /** Images that run, as the manifests name them. */
  images: readonly string[];
}

export interface ArgocdOptions {
  /** Address of the API server: `https://argocd.example.com`. */
  server: string;
  token: string;
  fetch: typeof fetch;
  clock: Clock;
  signal: AbortSignal;
}

export interface Argocd {
  /** `undefined` when there is no such application, or when this account may not see it: Argo CD answers 403 for both. */
  application(name: string): Promise<ApplicationState | undefined>;
}

const limitBytes = 16 * 1024 * 1024;

/** Reads from Argo CD's API (`/api/v1/applications/<name>`). */
export function createArgocd(options: ArgocdOptions): Argocd {
  const { clock, signal } = options;
  return { application: (name) => withPatience(() => readApplication(name, options), { clock, signal }) };
}

async function readApplication(
  name: string,
  { server, token, fetch, clock, signal }: ArgocdOptions,
): Promise<ApplicationState | undefined> {
  const peer = `Argo CD at ${new URL(server).host}`;
  const url = new URL(`api/v1/applications/${encodeURIComponent(name)}`, `${server.replace(/\/+$/, '')}/`);
  const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
  const answer = await exchange(url.href, { headers }, { peer, timeoutSeconds: 20, limitBytes, fetch, signal });
  if (answer.status === 404 || answer.status === 403) return undefined;
  if (answer.status === 401)
    throw new StepError(`${peer} does not accept the token`, { hint: 'Give LUBAN_ARGOCD_TOKEN a valid one.' });
  if (answer.status === 429 || answer.status >= 500) {
    const seconds = retryAfterSeconds(answer.headers, clock.now());
    throw new RetryableError(`${peer} answered ${answer.status}`, { retryAfterSeconds: seconds });
  }
  if (answer.status !== 200) throw new StepError(`${peer} answered ${answer.status} for the application ${name}`);
  return stateFrom(answer.bytes, peer);
}

function stateFrom(bytes: Uint8Array, peer: string): ApplicationState {
  const { status } = parsed(bytes, peer);
  return {
    sync: status?.sync?.status ?? 'Unknown',
    health: status?.health?.status ?? 'Unknown',
    revision: status?.sync?.revision,
    images: status?.summary?.images ?? [],
  };
}

function parsed(bytes: Uint8Array, peer: string): z.output<typeof Application> {
  try {
    return Application.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch (cause) {
    throw new StepError(`${peer} answered with something that is no application`, { cause });
  }
}
