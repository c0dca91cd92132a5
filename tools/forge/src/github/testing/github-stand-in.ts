import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { branchRoutes } from './branch-routes.ts';
import { type Answer, type Call, failure, type Handler } from './call.ts';
import { newCommit, newRepository, type RepositoryModel } from './model.ts';
import { pullRoutes } from './pull-routes.ts';
import { repositoryRoutes } from './repository-routes.ts';

/** A GitHub Enterprise Server in miniature, for tests: REST below `/api/v3`, GraphQL at `/api/graphql`. */
export interface GitHubStandIn extends AsyncDisposable {
  url: string;
  /** Every request as `METHOD /path?query`. */
  seen: string[];
  /** Stands in for git: puts commits on branches. */
  seed(owner: string, name: string): { main: string; change: string };
  push(owner: string, name: string, branch: string): string | 'refused';
}

export interface StandInOptions {
  token: string;
  organization: string;
}

const routes: Record<string, Handler> = { ...repositoryRoutes, ...branchRoutes, ...pullRoutes };

export async function startGitHubStandIn(options: StandInOptions): Promise<GitHubStandIn> {
  const repositories = new Map<string, RepositoryModel>();
  const seen: string[] = [];
  const server = createServer((request, response) => {
    seen.push(`${request.method} ${request.url}`);
    answer(request, options, repositories, `http://${request.headers.host}`).then(
      (reply) => send(response, reply),
      (error: unknown) => send(response, failure(500, String(error))),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const known = (owner: string, name: string): RepositoryModel => {
    const found = repositories.get(`${owner}/${name}`);
    if (found === undefined) throw new Error(`${owner}/${name} was not created`);
    return found;
  };
  return {
    url: `http://127.0.0.1:${port}`,
    seen,
    seed: (owner, name) => {
      const repository = known(owner, name);
      const [main, change] = [newCommit(repository, 'first'), newCommit(repository, 'second')];
      repository.branches.set('main', main).set('change/one', change);
      return { main, change };
    },
    push: (owner, name, branch) => {
      const repository = known(owner, name);
      if (repository.protections.has(branch)) return 'refused';
      const commit = newCommit(repository, 'more');
      repository.branches.set(branch, commit);
      for (const pull of repository.pulls) if (pull.source === branch && pull.state === 'open') pull.head = commit;
      return commit;
    },
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  request: IncomingMessage,
  options: StandInOptions,
  repositories: Map<string, RepositoryModel>,
  base: string,
): Promise<Answer> {
  const url = new URL(request.url ?? '/', base);
  if (request.headers.authorization !== `Bearer ${options.token}`) return failure(401, 'Bad credentials');
  if (request.headers['user-agent'] === undefined) return failure(403, 'Request forbidden by administrative rules.');
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString('utf8');
  const segments = url.pathname.split('/').slice(1).map(decodeURIComponent);
  const [, , kind, owner = '', name = '', ...rest] = segments;
  const call: Call = {
    base,
    body: text === '' ? {} : JSON.parse(text),
    query: url.searchParams,
    repositories,
    organization: options.organization,
    repository: repositories.get(`${owner}/${name}`),
    rest: kind === 'repos' ? rest : segments.slice(2),
  };
  if (kind === 'repos' && call.repository === undefined) return failure(404, 'Not Found');
  const place = kind === 'repos' ? patternOf(rest) : segments.join('/').replace(/orgs\/[^/]+/, 'orgs/:org');
  return routes[`${request.method} ${place}`]?.({ ...call, create: newRepository }) ?? failure(404, 'Not Found');
}

/** `branches/main/protection` → `:/branches/*\/protection`: what changes from call to call becomes a star. */
function patternOf(rest: readonly string[]): string {
  if (rest[0] === 'git') return ':/git/refs/heads/*';
  return [':', ...rest.map((segment, index) => (index % 2 === 0 ? segment : '*'))].join('/');
}

function send(response: ServerResponse, { status, body, headers = {} }: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
  response.end(body === undefined ? undefined : JSON.stringify(body));
}
