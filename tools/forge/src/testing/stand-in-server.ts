import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import { completed } from './completed.ts';
import type { Description } from './descriptions/description.ts';
import { findOperation } from './find-operation.ts';

/** One request to a stand-in, read whole. */
export interface Call {
  method: string;
  /** Of the stand-in: `http://127.0.0.1:40000`. */
  base: string;
  /** As it was sent, still encoded. */
  path: string;
  headers: IncomingHttpHeaders;
  query: URLSearchParams;
  body: Record<string, unknown>;
  /** What stood in the path where the route has a name: `:owner`, or `*` for all the rest. */
  at(name: string): string;
}

export interface Answer {
  status: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export type Handler<World> = (call: Call, world: World) => Answer;

/** `GET /repos/:owner/:repo/branches/*` → what answers it. The first that fits is taken. */
export type Routes<World> = Readonly<Record<string, Handler<World>>>;

export interface StandInServer extends AsyncDisposable {
  url: string;
  /** Every request as `METHOD /path?query`. */
  seen: string[];
}

export interface StandInRules<World> {
  world: World;
  routes: Routes<World>;
  /** Answers what is refused whatever it asks for, such as a wrong token. */
  refuse(call: Omit<Call, 'at'>): Answer | undefined;
  failure(status: number, message: string): Answer;
  description: Description;
  /** Where the API begins: `/api/v4`. */
  apiPath: string;
}

/** A forge in miniature on loopback: in memory, gone when the test's scope ends. */
export async function startStandInServer<World>(rules: StandInRules<World>): Promise<StandInServer> {
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, rules).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, rules.failure(500, String(error))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    seen,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer<World>(request: IncomingMessage, rules: StandInRules<World>): Promise<Answer> {
  const { method = '', headers } = request;
  const base = `http://${headers.host}`;
  const url = new URL(request.url ?? '/', base);
  const body = await bodyOf(request);
  const call = { method, base, path: url.pathname, headers, query: url.searchParams, body };
  const refused = rules.refuse(call);
  if (refused !== undefined) return refused;
  const segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
  for (const [route, handle] of Object.entries(rules.routes)) {
    const [wanted = '', pattern = ''] = route.split(' ');
    const places = wanted === method ? placesIn(pattern.split('/').slice(1), segments) : undefined;
    if (places === undefined) continue;
    const found = findOperation(rules.description, method, url.pathname.slice(rules.apiPath.length));
    const given = handle({ ...call, at: (name) => places[name] ?? '' }, rules.world);
    return { ...given, body: completed(found?.answers[String(given.status)], given.body) };
  }
  return rules.failure(404, `no such address: ${method} ${url.pathname}`);
}

function placesIn(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const isOpen = pattern.at(-1) === '*';
  if (isOpen ? segments.length < pattern.length : segments.length !== pattern.length) return undefined;
  const places: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const segment = segments[index] ?? '';
    if (part === '*') places['*'] = segments.slice(index).join('/');
    else if (part.startsWith(':')) places[part.slice(1)] = segment;
    else if (part !== segment) return undefined;
  }
  return places;
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const value: unknown = text === '' ? {} : JSON.parse(text);
  return Array.isArray(value) ? { list: value } : { ...Object(value) };
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
