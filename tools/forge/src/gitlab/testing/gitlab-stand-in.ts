import { readDescription } from '../../testing/find-operation.ts';
import { commitOn, readFile, seedRepository } from '../../testing/repository-model.ts';
import { startStandInServer } from '../../testing/stand-in-server.ts';
import { branchRoutes } from './branch-routes.ts';
import { mergeRequestRoutes } from './merge-request-routes.ts';
import { failure, type GitLabProjectModel, type GitLabWorld } from './model.ts';
import { projectRoutes } from './project-routes.ts';

/** A GitLab in miniature, for tests: REST v4 below `/api/v4`. */
export interface GitLabStandIn extends AsyncDisposable {
  url: string;
  /** Every request as `METHOD /path?query`. */
  seen: string[];
  /** Stands in for git: puts commits on branches. */
  seed(owner: string, name: string): { main: string; change: string };
  push(owner: string, name: string, branch: string): string | 'refused';
  fileAt(owner: string, name: string, branch: string, path: string): string | undefined;
  /** Hooks with their tokens, which the API never shows. */
  hooksOf(owner: string, name: string): GitLabProjectModel['hooks'];
}

export async function startGitLabStandIn(options: {
  token: string;
  groups: readonly string[];
  isPremium?: boolean;
}): Promise<GitLabStandIn> {
  const world: GitLabWorld = {
    groups: new Map(options.groups.map((path, index) => [path, index + 1])),
    projects: new Map(),
    isPremium: options.isPremium ?? true,
  };
  const server = await startStandInServer({
    world,
    routes: { ...projectRoutes, ...branchRoutes, ...mergeRequestRoutes },
    refuse: ({ headers }) =>
      headers.authorization === `Bearer ${options.token}` ? undefined : failure(401, '401 Unauthorized'),
    failure,
    description: readDescription('gitlab'),
    apiPath: '/api/v4',
  });
  const known = (owner: string, name: string): GitLabProjectModel => {
    const found = world.projects.get(`${owner}/${name}`);
    if (found === undefined) throw new Error(`${owner}/${name} was not created`);
    return found;
  };
  return {
    ...server,
    seed: (owner, name) => seedRepository(known(owner, name)),
    push: (owner, name, branch) => {
      const project = known(owner, name);
      return project.protections.get(branch)?.push === 0 ? 'refused' : commitOn(project, branch, []);
    },
    fileAt: (owner, name, branch, path) => readFile(known(owner, name), branch, path),
    hooksOf: (owner, name) => known(owner, name).hooks,
  };
}
