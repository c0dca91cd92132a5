import { randomBytes, timingSafeEqual } from 'node:crypto';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '@luban-ci/core';
import { stringify } from 'yaml';
import type { LocalMachine } from '../start-workflow.ts';
import { type OtherApi, withOther } from './other-api.ts';
import { type ApiRequest, createRoutes } from './routes.ts';
import { type ApiAnswer, failure } from './status-body.ts';
import { createWorkflowStore, type WorkflowStore } from './workflow-store.ts';

export interface ApiOptions {
  /** Namespaces that exist, apart from the machine's own. */
  namespaces: readonly string[];
  /** Workflows that run at a time; the others wait. */
  concurrency: number;
  /** Has the rest of the cluster, such as the playground's objects. */
  other?: OtherApi | undefined;
}

/** The API of a small cluster on loopback, for as long as it is not disposed of. */
export interface LocalApi extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  url: string;
  /** The bearer token that every request has to show. */
  token: string;
  store: WorkflowStore;
  /** Writes a kubeconfig for this API, readable by its owner alone. */
  writeKubeconfig(file: string): Promise<void>;
}

type Routes = (request: ApiRequest) => Promise<ApiAnswer>;

const largestBodyBytes = 4 * 1024 * 1024;

/** Serves the Workflow endpoints of Kubernetes' API on a free port of 127.0.0.1; submitted workflows run on `machine`. */
export async function serveApi(machine: LocalMachine, options: ApiOptions): Promise<LocalApi> {
  const token = randomBytes(24).toString('base64url');
  const store = createWorkflowStore(machine, options.concurrency);
  const namespaces = new Set([machine.namespace, ...options.namespaces]);
  const own = createRoutes({ catalog: machine.catalog, store, namespaces });
  const { other } = options;
  const routes: Routes =
    other === undefined ? async (request) => own(request) : withOther(own, other, (name) => namespaces.add(name));
  const server = createServer((request, response) => {
    answer(request, token, routes)
      .catch((error: unknown) => failure(500, 'InternalError', messageOf(error)))
      .then((answered) => send(response, answered));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${portOf(server)}`;
  return {
    ...{ url, token, store },
    writeKubeconfig: (file) => writeFile(file, kubeconfig(url, token, machine.namespace), { mode: 0o600 }),
    [Symbol.asyncDispose]: async () => {
      await store.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(request: IncomingMessage, token: string, routes: Routes): Promise<ApiAnswer> {
  if (!isAuthorized(request.headers.authorization, token)) return failure(401, 'Unauthorized', 'Unauthorized');
  const url = new URL(request.url ?? '/', 'http://127.0.0.1');
  const text = await readBody(request);
  if (text === undefined) return failure(413, 'RequestEntityTooLarge', 'the body is too large');
  const body = text === '' ? {} : parseJson(text);
  if (body === undefined) return failure(400, 'BadRequest', 'the body is not JSON');
  return routes({
    method: request.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    body,
  });
}

function isAuthorized(header: string | undefined, token: string): boolean {
  const [given, wanted] = [Buffer.from(header ?? ''), Buffer.from(`Bearer ${token}`)];
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    chunks.push(Buffer.from(chunk));
    if (chunks.reduce((sum, each) => sum + each.length, 0) > largestBodyBytes) return undefined;
  }
  return Buffer.concat(chunks).toString('utf8');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function send(response: ServerResponse, { code, body }: ApiAnswer): void {
  response.writeHead(code, { 'content-type': 'application/json' });
  response.end(JSON.stringify(body));
}

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('the server has no port');
  return address.port;
}

function kubeconfig(url: string, token: string, namespace: string): string {
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'luban-local', cluster: { server: url } }],
    users: [{ name: 'luban-local', user: { token } }],
    contexts: [{ name: 'luban-local', context: { cluster: 'luban-local', user: 'luban-local', namespace } }],
    'current-context': 'luban-local',
  });
}
