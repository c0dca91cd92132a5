import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { plainEnvironment, runProgram, streamProgram } from '@luban-ci/process';
import type { FileTree } from './file-tree.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** One request as a fault hook sees it. */
export interface GitRequest {
  method: string;
  /** Path and query. */
  target: string;
  /** Whether objects or refs are being sent to the server, not only announced. */
  isPush: boolean;
}

/** What a fault hook may do: nothing, answer instead of git, cut the line, or answer falsely after git has done its work. */
export type GitFault =
  | undefined
  | { status: number }
  | { reset: 'before' | 'after' }
  | { lie: number }
  /** An answer at once, as of a proxy that has run out of patience; git does its work afterwards. */
  | { early: number; until: Promise<unknown> }
  | { delayMilliseconds: number }
  /** Something that happens before git gets the request. */
  | { before: () => Promise<unknown> };

export interface GitServerOptions {
  /** Basic credentials that every request has to carry. */
  user?: { username: string; password: string };
  fault?: (request: GitRequest) => GitFault;
  /** The newest version of git's protocol that is spoken; 2 where nothing is said. */
  protocol?: 1 | 2;
  /** Every request is sent on to this origin. */
  redirectTo?: string;
}

/** A real git server over smart HTTP on loopback, for tests; gone with its repositories at the end of their scope. */
export interface GitServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  origin: string;
  /** Every request so far, with the status it was answered with, and the bytes of both bodies. */
  requests: (GitRequest & { status: number; authorised: boolean; bytes: number })[];
  url(name: string): string;
  /** Makes a bare repository with one commit on each branch. @returns its URL */
  create(name: string, branches: Record<string, FileTree>): Promise<string>;
  /** Makes a bare repository of what `git fast-import` reads. @returns its URL */
  importing(name: string, head: string, stream: Iterable<string>): Promise<string>;
  /** Runs git in a repository of the server. @returns standard output */
  git(name: string, args: readonly string[], input?: string): Promise<string>;
  setFault(fault: GitServerOptions['fault']): void;
  /** From now on a hook refuses pushes to a branch, the way forges protect one. */
  closeBranch(name: string, branch: string, said: string): Promise<void>;
  /** From now on a hook refuses refs that begin like that, the way forges take branches and tags only. */
  refuseRefs(name: string, ...prefixes: string[]): Promise<void>;
  /** From now on pushes that reach the server are recorded. @returns a function that answers the refs of each so far */
  recordPushes(name: string): Promise<() => Promise<string[][]>>;
}

export async function gitServer(options: GitServerOptions = {}): Promise<GitServer> {
  const folder = await temporaryFolder();
  const requests: GitServer['requests'] = [];
  let fault = options.fault;
  const place = { root: folder.path, backend: await backendProgram(folder.path) };
  const server = createServer((request, response) => {
    answer(place, request, response, options, fault, requests).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const git = async (name: string, args: readonly string[], input = ''): Promise<string> => {
    const result = await runProgram('git', args, {
      cwd: join(folder.path, `${name}.git`),
      env: serverEnvironment(),
      input,
    });
    if (result.exitCode !== 0) throw new Error(`git ${args.join(' ')}: ${result.stderr}`);
    return result.stdout;
  };
  const importing: GitServer['importing'] = async (name, head, stream) => {
    await mkdir(join(folder.path, `${name}.git`), { recursive: true });
    await git(name, ['init', '--quiet', '--bare', `--initial-branch=${head}`, '.']);
    await git(name, ['config', 'uploadpack.allowFilter', 'true']);
    await git(name, ['config', 'uploadpack.allowAnySHA1InWant', 'true']);
    await git(name, ['fast-import', '--quiet'], [...stream].join(''));
    return `${origin}/${name}.git`;
  };
  return {
    origin,
    requests,
    url: (name) => `${origin}/${name}.git`,
    git,
    closeBranch: (name, branch, said) => writeHook(folder.at(`${name}.git`), refusing([`refs/heads/${branch}`], said)),
    refuseRefs: (name, ...prefixes) => {
      const patterns = prefixes.map((prefix) => `${prefix}*`);
      return writeHook(folder.at(`${name}.git`), refusing(patterns, 'not here'));
    },
    recordPushes: async (name) => {
      const record = folder.at(`${name}.pushes`);
      await writeFile(record, '');
      await writeHook(folder.at(`${name}.git`), `{ cat; echo; } >> '${record}'`);
      return async () => {
        const pushes = (await readFile(record, 'utf8')).split('\n\n').filter((push) => push !== '');
        return pushes.map((push) => push.split('\n').map((line) => line.split(' ')[2] ?? ''));
      };
    },
    setFault: (next) => {
      fault = next;
    },
    create: (name, branches) => importing(name, 'main', Object.entries(branches).map(importOf)),
    importing,
    [Symbol.asyncDispose]: async () => {
      if (!server.listening) return;
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Lines of a hook that refuses refs by shell patterns, saying why. */
function refusing(patterns: readonly string[], said: string): string {
  return `while read -r _ _ ref; do\n  case $ref in ${patterns.join(' | ')}) echo '${said}' >&2; exit 1 ;; esac\ndone`;
}

async function writeHook(repository: string, lines: string): Promise<void> {
  const path = join(repository, 'hooks', 'pre-receive');
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, `#!/bin/sh\n${lines}\nexit 0\n`, { mode: 0o755 });
}

/** `git http-backend` itself: a server has no `git` in front that starts it and waits, for every request. */
async function backendProgram(cwd: string): Promise<string> {
  const { stdout } = await runProgram('git', ['--exec-path'], { cwd, env: serverEnvironment() });
  return join(stdout.trim(), 'git-http-backend');
}

/** Where the repositories are, and what answers for them. */
interface Place {
  root: string;
  backend: string;
}

async function answer(
  place: Place,
  request: IncomingMessage,
  response: ServerResponse,
  options: GitServerOptions,
  fault: GitServerOptions['fault'],
  requests: GitServer['requests'],
): Promise<void> {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1'); // whole, where it is sent as to a proxy
  const target = `${pathname}${search}`;
  const method = request.method ?? 'GET';
  const seen = {
    method,
    target,
    isPush: method === 'POST' && target.endsWith('/git-receive-pack'),
    status: 0,
    bytes: 0,
    authorised: request.headers.authorization !== undefined,
  };
  requests.push(seen);
  const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
  const reply = (
    status: number,
    headers: Record<string, string> = {},
    content: Uint8Array = new Uint8Array(),
  ): void => {
    seen.status = status;
    seen.bytes = body.length + content.length;
    response.writeHead(status, headers).end(content);
  };
  if (options.redirectTo !== undefined) return reply(302, { location: `${options.redirectTo}${target}` });
  if (!isAllowed(request, options)) return reply(401, { 'www-authenticate': 'Basic realm="git"' });
  const wrong = fault?.(seen);
  if (wrong !== undefined && 'status' in wrong) return reply(wrong.status);
  if (wrong !== undefined && 'reset' in wrong && wrong.reset === 'before') return void request.socket.destroy();
  if (wrong !== undefined && 'before' in wrong) await wrong.before();
  if (wrong !== undefined && 'early' in wrong) {
    reply(wrong.early);
    await wrong.until;
    return void (await runBackend(place, request, target, body));
  }
  if (wrong !== undefined && 'delayMilliseconds' in wrong)
    await new Promise((go) => setTimeout(go, wrong.delayMilliseconds));
  if (options.protocol === 1) delete request.headers['git-protocol'];
  const answered = await runBackend(place, request, target, body);
  if (wrong !== undefined && 'lie' in wrong) return reply(wrong.lie);
  if (wrong !== undefined && 'reset' in wrong) return void request.socket.destroy();
  return reply(answered.status, answered.headers, answered.content);
}

function isAllowed(request: IncomingMessage, { user }: GitServerOptions): boolean {
  if (user === undefined) return true;
  const wanted = Buffer.from(`${user.username}:${user.password}`).toString('base64');
  return request.headers.authorization === `Basic ${wanted}`;
}

interface BackendAnswer {
  status: number;
  headers: Record<string, string>;
  content: Uint8Array;
}

/** `git http-backend` speaks CGI (RFC 3875): the request in its environment, headers and body on its output. */
async function runBackend(
  { root, backend: program }: Place,
  request: IncomingMessage,
  target: string,
  body: Buffer,
): Promise<BackendAnswer> {
  const [path = '', query = ''] = target.split('?');
  const header = (name: string): string => String(request.headers[name] ?? '');
  const backend = streamProgram(program, [], {
    cwd: root,
    env: {
      ...serverEnvironment(),
      GIT_PROJECT_ROOT: root,
      GIT_HTTP_EXPORT_ALL: '1',
      GIT_PROTOCOL: header('git-protocol'),
      HTTP_CONTENT_ENCODING: header('content-encoding'),
      CONTENT_TYPE: header('content-type'),
      CONTENT_LENGTH: String(body.length),
      PATH_INFO: decodeURIComponent(path),
      QUERY_STRING: query,
      REQUEST_METHOD: request.method ?? 'GET',
      REMOTE_USER: 'tester',
      REMOTE_ADDR: '127.0.0.1',
    },
  });
  backend.stdin.end(body);
  backend.stderr.resume();
  const chunks = await Array.fromAsync(backend.stdout as AsyncIterable<Buffer>);
  await backend.ended;
  return parseCgi(Buffer.concat(chunks));
}

function parseCgi(output: Buffer): BackendAnswer {
  const end = output.indexOf('\r\n\r\n');
  const lines = output.toString('latin1', 0, Math.max(0, end)).split('\r\n');
  const fields = lines.map((line): [string, string] => {
    const colon = line.indexOf(':');
    return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
  });
  const { status, ...headers } = Object.fromEntries(fields);
  return {
    status: end === -1 ? 500 : Number.parseInt(status ?? '200', 10),
    headers,
    content: output.subarray(end + 4),
  };
}

function serverEnvironment(): Record<string, string> {
  const [name, email] = ['Test', 'test@git.example'];
  const identity = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
  return { ...plainEnvironment(), ...identity, GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null' };
}

function importOf([branch, files]: [string, FileTree]): string {
  const data = (text: string): string => `data ${Buffer.byteLength(text)}\n${text}\n`;
  const contents = Object.entries(files).map(([path, text]) => `M 100644 inline ${path}\n${data(text)}`);
  const commit = `commit refs/heads/${branch}\ncommitter Test <test@git.example> 1767323045 +0000\n`;
  return `${commit}${data(`Start ${branch}\n`)}${contents.join('')}\n`;
}
