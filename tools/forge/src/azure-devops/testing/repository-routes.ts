import { commitOn, newRepository, type TreeChange } from '../../testing/repository-model.ts';
import { type Answer, type Call, list, type Routes, text } from '../../testing/stand-in-server.ts';
import {
  type AzureRepositoryModel,
  type AzureWorld,
  failure,
  ofRepository,
  page,
  policiesOn,
  repositoryGuid,
  whole,
} from './model.ts';
import { repositoryJson } from './shapes.ts';

export function repositoryRoutes(collection: string): Routes<AzureWorld> {
  const all = `/${collection}/:project/_apis/git/repositories`;
  const one = `${all}/:repository`;
  return {
    [`GET ${all}`]: (call, world) => {
      const own = [...world.repositories.values()].filter((each) => each.owner === call.at('project'));
      return whole(own.map((each) => repositoryJson(call.base, world, each)));
    },
    [`POST ${all}`]: createRepository,
    [`GET ${one}`]: ofRepository((call, repository, world) => ({
      status: 200,
      body: repositoryJson(call.base, world, repository),
    })),
    [`DELETE ${one}`]: ofRepository((call, repository, world) => {
      if (call.at('repository') !== repositoryGuid(repository))
        return failure(400, 'A repository is deleted by its id', 'InvalidArgumentValueException');
      world.repositories.delete(`${repository.owner}/${repository.name}`);
      return { status: 204 };
    }),
    [`PATCH ${one}`]: ofRepository((call, repository, world) => {
      repository.defaultBranch = text(call.body['defaultBranch']).replace('refs/heads/', '');
      return { status: 200, body: repositoryJson(call.base, world, repository) };
    }),
    [`GET ${one}/refs`]: ofRepository((call, repository) => {
      const prefix = `refs/${call.query.get('filter')}`;
      const refs = [...repository.branches].map(([branch, objectId]) => ({ name: `refs/heads/${branch}`, objectId }));
      return page(
        call,
        refs.filter(({ name }) => name.startsWith(prefix)),
      );
    }),
    [`POST ${one}/refs`]: ofRepository(updateRefs),
    [`POST ${one}/pushes`]: ofRepository(push),
    [`GET ${one}/commits/:sha/statuses`]: ofRepository((call, repository) => {
      if (!repository.commits.has(call.at('sha'))) return noCommit(call.at('sha'));
      const newest = new Map(
        repository.statuses
          .filter(({ commit }) => commit === call.at('sha'))
          .map((each, index) => [each.context, statusJson(each, index + 1)]),
      );
      return whole([...newest.values()].toReversed());
    }),
    [`POST ${one}/commits/:sha/statuses`]: ofRepository((call, repository) => {
      if (!repository.commits.has(call.at('sha'))) return noCommit(call.at('sha'));
      const { state, description, targetUrl, context } = call.body;
      const { genre, name } = Object(context);
      const status = {
        commit: call.at('sha'),
        context: `${genre}/${name}`,
        state: text(state),
        description: text(description),
        target_url: targetUrl === undefined ? null : text(targetUrl),
      };
      repository.statuses.push(status);
      return { status: 201, body: statusJson(status, repository.statuses.length) };
    }),
  };
}

function createRepository(call: Call, world: AzureWorld): Answer {
  const [project, name] = [call.at('project'), text(call.body['name'])];
  if (!world.projects.has(project)) return failure(404, `TF200016: ${project}`, 'ProjectDoesNotExistWithNameException');
  if (world.repositories.has(`${project}/${name}`)) {
    const message = `TF400948: A Git repository with the name ${name} already exists.`;
    return failure(409, message, 'GitRepositoryNameAlreadyExistsException');
  }
  return { status: 201, body: repositoryJson(call.base, world, addRepository(world, project, name)) };
}

export function addRepository(world: AzureWorld, project: string, name: string): AzureRepositoryModel {
  const made = newRepository(project, name, world.repositories.size + 1);
  const repository: AzureRepositoryModel = { ...made, pullStatuses: [], completing: new Set() };
  world.repositories.set(`${project}/${name}`, repository);
  return repository;
}

function updateRefs(call: Call, repository: AzureRepositoryModel): Answer {
  const results = list(call.body['list']).map((each) => {
    const { name, oldObjectId, newObjectId } = Object(each);
    const branch = text(name).replace('refs/heads/', '');
    const isThere = repository.branches.get(branch) === oldObjectId;
    if (isThere) repository.branches.delete(branch);
    const updateStatus = isThere ? 'succeeded' : 'staleOldObjectId';
    return { name, oldObjectId, newObjectId, success: isThere, updateStatus };
  });
  return whole(results);
}

function push(call: Call, repository: AzureRepositoryModel, world: AzureWorld): Answer {
  const { name, oldObjectId } = Object(list(call.body['refUpdates'])[0]);
  const branch = text(name).replace('refs/heads/', '');
  const head = repository.branches.get(branch);
  if (head !== oldObjectId) {
    const message = `TF401028: The reference '${name}' has already been updated by another client, so you cannot update it.`;
    return failure(409, message, 'GitReferenceStaleException');
  }
  if (policiesOn(world, repository, branch).length > 0) {
    const message =
      'TF402455: Pushes to this branch are not permitted; you must use a pull request to update this branch.';
    return failure(403, message, 'GitRefUpdateRejectedByPolicyException');
  }
  const changes: TreeChange[] = [];
  for (const each of list(Object(list(call.body['commits'])[0]).changes)) {
    const { changeType, item, newContent } = Object(each);
    const path = text(item.path).replace(/^\//, '');
    const isThere = repository.commits.get(head ?? '')?.has(path) === true;
    if (isThere === (changeType === 'add'))
      return failure(400, `The path '${path}' is not as said.`, 'InvalidArgumentValueException');
    changes.push({ path, content: changeType === 'delete' ? undefined : newContent.content });
  }
  const commitId = commitOn(repository, branch, changes);
  const refUpdates = [{ name, oldObjectId, newObjectId: commitId }];
  return { status: 201, body: { pushId: 1, commits: [{ commitId }], refUpdates } };
}

function statusJson(status: AzureRepositoryModel['statuses'][number], id: number) {
  const at = status.context.lastIndexOf('/');
  return {
    id,
    state: status.state,
    description: status.description,
    context: { genre: status.context.slice(0, at), name: status.context.slice(at + 1) },
    ...(status.target_url === null ? {} : { targetUrl: status.target_url }),
  };
}

function noCommit(sha: string): Answer {
  return failure(
    404,
    `TF401175: The version descriptor ${sha} could not be resolved.`,
    'GitUnresolvableToCommitException',
  );
}
