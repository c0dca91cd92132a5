import type { PullModel, RepositoryModel } from '../../testing/repository-model.ts';
import { type Answer, type Call, text } from '../../testing/stand-in-server.ts';

export interface AzureRepositoryModel extends RepositoryModel {
  pullStatuses: { id: number; pull: number; genre: string; name: string; state: string; description: string }[];
  /** Numbers of pull requests whose merge was asked for and is not done yet. */
  completing: Set<number>;
}

export interface PolicyModel {
  id: number;
  isEnabled: boolean;
  isBlocking: boolean;
  type: { id: string };
  settings: Record<string, unknown>;
}

export interface AzureWorld {
  /** Below the root: `metasync`, or `tfs/DefaultCollection` on a Server. */
  collection: string;
  /** Ids by name. */
  projects: Map<string, string>;
  descriptions: Map<string, string>;
  repositories: Map<string, AzureRepositoryModel>;
  policies: PolicyModel[];
  subscriptions: { id: string; body: Record<string, unknown> }[];
  /** How often a project that is being made or removed was asked after. */
  operations: Map<string, { project: string; looks: number; isRemoval?: boolean }>;
}

export const ownUser = '0aa0a000-0000-4000-8000-00000000b0b0';

/** Azure's error: what programs go by is the type's name. */
export function failure(status: number, message: string, typeKey = 'VssServiceException'): Answer {
  const typeName = `Microsoft.TeamFoundation.${typeKey}, Microsoft.TeamFoundation.Server`;
  return { status, body: { $id: '1', innerException: null, message, typeName, typeKey, errorCode: 0, eventId: 3000 } };
}

/** Wraps what answers for a repository, by its name or its id. */
export function ofRepository(
  answer: (call: Call, repository: AzureRepositoryModel, world: AzureWorld) => Answer,
): (call: Call, world: AzureWorld) => Answer {
  return (call, world) => {
    const [project, name] = [call.at('project'), call.at('repository')];
    const found = [...world.repositories.values()].find(
      (each) => each.owner === project && (each.name === name || repositoryGuid(each) === name),
    );
    if (!world.projects.has(project)) {
      const message = `TF200016: The following project does not exist: ${project}.`;
      return failure(404, message, 'ProjectDoesNotExistWithNameException');
    }
    if (found !== undefined) return answer(call, found, world);
    const message = `TF401019: The Git repository with name or identifier ${name} does not exist.`;
    return failure(404, message, 'GitRepositoryNotFoundException');
  };
}

export function repositoryGuid({ id }: RepositoryModel): string {
  return `5feda3f5-0000-4000-8000-${String(id).padStart(12, '0')}`;
}

/** One item a page by `x-ms-continuationtoken`; `count` is of the page. */
export function page(call: Call, items: readonly unknown[]): Answer {
  const at = Number(call.query.get('continuationToken') ?? '0');
  const more = at + 1 < items.length ? { headers: { 'x-ms-continuationtoken': String(at + 1) } } : {};
  return { ...whole(items.slice(at, at + 1)), ...more };
}

export function whole(value: readonly unknown[]): Answer {
  return { status: 200, body: { count: value.length, value } };
}

export function policiesOn(world: AzureWorld, repository: AzureRepositoryModel, branch: string): PolicyModel[] {
  return world.policies.filter((policy) => {
    const [scope] = Array.isArray(policy.settings['scope']) ? policy.settings['scope'] : [];
    const isHere = Object(scope).repositoryId === repositoryGuid(repository);
    return policy.isEnabled && policy.isBlocking && isHere && Object(scope).refName === `refs/heads/${branch}`;
  });
}

/** A status policy looks at the statuses of the pull request, not at those of its commits. */
export function isCompletable(world: AzureWorld, repository: AzureRepositoryModel, pull: PullModel): boolean {
  return policiesOn(world, repository, pull.target).every(({ settings }) => {
    if (Number(settings['minimumApproverCount'] ?? 0) > 0) return false;
    if (settings['statusName'] === undefined) return true;
    const newest = repository.pullStatuses.findLast(
      (each) =>
        each.pull === pull.number &&
        each.name === settings['statusName'] &&
        each.genre === text(settings['statusGenre']),
    );
    return newest?.state === 'succeeded';
  });
}
