import { readDescription } from '../../testing/find-operation.ts';
import { commitOn, readFile, seedRepository } from '../../testing/repository-model.ts';
import { startStandInServer } from '../../testing/stand-in-server.ts';
import { type AppModel, appRoutes, refuseApp } from './app-routes.ts';
import { branchRoutes } from './branch-routes.ts';
import { graphQlRoutes } from './graphql-route.ts';
import { failure, type GitHubRepository, type GitHubWorld } from './model.ts';
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
  fileAt(owner: string, name: string, branch: string, path: string): string | undefined;
  /** Hooks with their secrets, which the API never shows. */
  hooksOf(owner: string, name: string): GitHubRepository['hooks'];
}

export async function startGitHubStandIn(options: {
  token: string;
  organization: string;
  app?: AppModel;
}): Promise<GitHubStandIn> {
  const world: GitHubWorld = { organization: options.organization, repositories: new Map(), app: options.app };
  const server = await startStandInServer({
    world,
    routes: { ...repositoryRoutes, ...branchRoutes, ...pullRoutes, ...graphQlRoutes, ...appRoutes },
    refuse: (call) => {
      const { authorization, ...headers } = call.headers;
      if (headers['user-agent'] === undefined) return failure(403, 'Request forbidden by administrative rules.');
      if (authorization === `Bearer ${options.token}`) return undefined;
      return options.app === undefined ? failure(401, 'Bad credentials') : refuseApp(call, options.app);
    },
    failure,
    description: readDescription('github'),
    apiPath: '/api/v3',
  });
  const known = (owner: string, name: string): GitHubRepository => {
    const found = world.repositories.get(`${owner}/${name}`);
    if (found === undefined) throw new Error(`${owner}/${name} was not created`);
    return found;
  };
  return {
    ...server,
    seed: (owner, name) => seedRepository(known(owner, name)),
    push: (owner, name, branch) => {
      const repository = known(owner, name);
      return repository.protections.has(branch) ? 'refused' : commitOn(repository, branch, []);
    },
    fileAt: (owner, name, branch, path) => readFile(known(owner, name), branch, path),
    hooksOf: (owner, name) => known(owner, name).hooks,
  };
}
