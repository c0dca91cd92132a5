import { readDescription } from '../../testing/find-operation.ts';
import { commitOn, readFile, seedRepository } from '../../testing/repository-model.ts';
import { type Answer, type Call, startStandInServer } from '../../testing/stand-in-server.ts';
import { collectionRoutes } from './collection-routes.ts';
import { type AzureRepositoryModel, type AzureWorld, failure, policiesOn } from './model.ts';
import { pullRoutes } from './pull-routes.ts';
import { addRepository, repositoryRoutes } from './repository-routes.ts';

/** Azure DevOps in miniature, for tests: Services, or a Server with its collection below a path. */
export interface AzureStandIn extends AsyncDisposable {
  url: string;
  /** Every request as `METHOD /path?query`. */
  seen: string[];
  /** A repository with two branches, made by somebody else. */
  createRepository(project: string, name: string): void;
  /** Stands in for git: puts commits on branches. */
  seed(project: string, name: string): { main: string; change: string };
  push(project: string, name: string, branch: string): string | 'refused';
  fileAt(project: string, name: string, branch: string, path: string): string | undefined;
  /** Subscriptions with their passwords, which the API never shows. */
  policies(): AzureWorld['policies'];
  subscriptions(): AzureWorld['subscriptions'];
}

export async function startAzureStandIn(options: {
  token: string;
  collection: string;
  project: string;
  /** The newest API version that it knows. */
  newest: string;
}): Promise<AzureStandIn> {
  const { collection } = options;
  const world: AzureWorld = {
    collection,
    projects: new Map([[options.project, 'eb6e4656-77fc-42a1-9181-4c6d8e9da5d1']]),
    descriptions: new Map(),
    repositories: new Map(),
    policies: [],
    subscriptions: [],
    operations: new Map(),
  };
  const password = `Basic ${Buffer.from(`:${options.token}`).toString('base64')}`;
  const server = await startStandInServer({
    world,
    routes: { ...collectionRoutes(collection), ...repositoryRoutes(collection), ...pullRoutes(collection) },
    refuse: (call) => (call.headers.authorization === password ? refuseVersion(call, options.newest) : { status: 401 }),
    failure,
    description: readDescription('azure'),
    apiPath: `/${collection}`,
  });
  const known = (project: string, name: string): AzureRepositoryModel => {
    const found = world.repositories.get(`${project}/${name}`);
    if (found === undefined) throw new Error(`${project}/${name} was not created`);
    return found;
  };
  return {
    ...server,
    createRepository: (project, name) => {
      seedRepository(addRepository(world, project, name));
    },
    seed: (project, name) => seedRepository(known(project, name)),
    push: (project, name, branch) => {
      const repository = known(project, name);
      return policiesOn(world, repository, branch).length > 0 ? 'refused' : commitOn(repository, branch, []);
    },
    fileAt: (project, name, branch, path) => readFile(known(project, name), branch, path),
    policies: () => world.policies,
    subscriptions: () => world.subscriptions,
  };
}

/** `connectionData` has been in preview for ever. */
function refuseVersion(call: Omit<Call, 'at'>, newest: string): Answer | undefined {
  const [version = '', preview] = (call.query.get('api-version') ?? '').split('-');
  if (version === '') {
    return failure(400, 'No api-version was supplied for the request.', 'VssVersionNotSpecifiedException');
  }
  if (Number(version) > Number(newest)) {
    const message = `The requested REST API version of ${version} is out of range for this server.`;
    return failure(400, message, 'VssVersionOutOfRangeException');
  }
  if (!call.path.endsWith('/connectionData') || preview === 'preview') return undefined;
  const message = `The requested version "${version}" of the resource is under preview.`;
  return failure(400, message, 'VssInvalidPreviewVersionException');
}
