import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { streamProgram } from '@luban-ci/process';
import { gitEnvironment } from './git-repository.ts';

export interface BackendCall {
  /** Bare repository, absolute. */
  folder: string;
  /** `info/refs`, `git-upload-pack` or `git-receive-pack`. */
  service: string;
  /** Without `?`. */
  query: string;
  user: string;
  /** Configuration that holds for this call alone. */
  config: Record<string, string>;
  /** For hooks. */
  env: Record<string, string>;
}

/**
 * Answers one request of git's smart protocol with `git http-backend`, by the rules of CGI (RFC 3875). Resolves when the
 * answer has been sent.
 */
export async function serveGit(request: IncomingMessage, response: ServerResponse, call: BackendCall): Promise<void> {
  const backend = streamProgram('git', ['http-backend'], { cwd: call.folder, env: cgiEnvironment(request, call) });
  const stderr = collected(backend.stderr);
  const sent = pipeline(request, backend.stdin).catch(() => {}); // the client went away, or git has read enough
  try {
    await forwardAnswer(backend.stdout, response);
  } catch (error) {
    backend.stdout.destroy();
    response.destroy();
    if (!request.destroyed) throw error;
  }
  const exitCode = await backend.ended;
  await sent;
  if (exitCode !== 0 && !response.headersSent)
    throw new Error(`git http-backend ended with ${exitCode}: ${await stderr}`);
}

function cgiEnvironment(request: IncomingMessage, call: BackendCall): Record<string, string> {
  const { headers } = request;
  const config = Object.entries(call.config).flatMap(([key, value], index) => [
    [`GIT_CONFIG_KEY_${index}`, key],
    [`GIT_CONFIG_VALUE_${index}`, value],
  ]);
  return {
    ...gitEnvironment(call.env),
    ...Object.fromEntries(config),
    GIT_CONFIG_COUNT: String(config.length / 2),
    GIT_HTTP_EXPORT_ALL: '1',
    PATH_TRANSLATED: `${call.folder}/${call.service}`,
    PATH_INFO: `/${call.service}`,
    QUERY_STRING: call.query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: headers['content-type'] ?? '',
    REMOTE_USER: call.user,
    REMOTE_ADDR: '127.0.0.1',
    ...(headers['content-length'] === undefined ? {} : { CONTENT_LENGTH: headers['content-length'] }),
    ...(headers['content-encoding'] === undefined ? {} : { HTTP_CONTENT_ENCODING: headers['content-encoding'] }),
    ...gitProtocol(headers['git-protocol']),
  };
}

/** `version=2` and the like; anything else does not reach the environment. */
function gitProtocol(header: string | string[] | undefined): Record<string, string> {
  return typeof header === 'string' && /^[a-z0-9=:.-]{1,64}$/i.test(header) ? { GIT_PROTOCOL: header } : {};
}

async function forwardAnswer(stdout: AsyncIterable<Buffer>, response: ServerResponse): Promise<void> {
  let head: Buffer = Buffer.alloc(0);
  for await (const chunk of stdout) {
    if (response.headersSent) {
      if (!response.write(chunk)) await drained(response);
      continue;
    }
    head = Buffer.concat([head, chunk]);
    const end = head.indexOf('\r\n\r\n');
    if (end === -1) continue;
    const { status, headers } = parseHead(head.subarray(0, end).toString('latin1'));
    response.writeHead(status, headers);
    response.write(head.subarray(end + 4));
  }
  if (response.headersSent) response.end();
}

function parseHead(text: string): { status: number; headers: Record<string, string> } {
  const headers: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  const { status = '200', ...rest } = headers;
  return { status: Number.parseInt(status, 10), headers: rest };
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    // whoever hung up before the first byte has closed it already, and neither event will come
    if (response.destroyed) return reject(new Error('the client went away'));
    const finish = (): void => {
      response.off('close', gone);
      resolve();
    };
    const gone = (): void => {
      response.off('drain', finish);
      reject(new Error('the client went away'));
    };
    response.once('drain', finish);
    response.once('close', gone);
  });
}

async function collected(stream: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8').slice(0, 2000);
}
