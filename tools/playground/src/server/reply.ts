import type { ServerResponse } from 'node:http';

/** A whole answer. Streams (git, blobs) write to the response themselves. */
export interface Reply {
  status: number;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
}

/** Ends a call with a status and a sentence; every surface prints it in its own form. */
export class HttpFailure extends Error {
  override readonly name = 'HttpFailure';
  readonly status: number;
  readonly headers: Record<string, string>;

  constructor(status: number, message: string, headers: Record<string, string> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export function json(status: number, value: unknown, headers: Record<string, string> = {}): Reply {
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(value),
  };
}

export function empty(status: number, headers: Record<string, string> = {}): Reply {
  return { status, headers };
}

export function sendReply(response: ServerResponse, reply: Reply, isHead: boolean): void {
  const body = reply.body === undefined ? undefined : Buffer.from(reply.body);
  const length = body === undefined || reply.status === 204 ? {} : { 'content-length': String(body.byteLength) };
  response.writeHead(reply.status, { ...length, 'x-content-type-options': 'nosniff', ...reply.headers });
  response.end(isHead ? undefined : body);
}
