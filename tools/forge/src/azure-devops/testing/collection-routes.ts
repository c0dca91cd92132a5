import { type Answer, type Call, type Routes, text } from '../../testing/stand-in-server.ts';
import { type AzureWorld, failure, ownUser, type PolicyModel, page, whole } from './model.ts';
import { subscriptionJson } from './shapes.ts';

/** What belongs to an organisation, a collection or a project rather than to a repository. */
export function collectionRoutes(collection: string): Routes<AzureWorld> {
  const apis = `/${collection}/_apis`;
  const policies = `/${collection}/:project/_apis/policy/configurations`;
  return {
    [`GET ${apis}/connectionData`]: () => ({
      status: 200,
      body: { authenticatedUser: { id: ownUser, providerDisplayName: 'bot' } },
    }),
    [`GET ${apis}/projects/:project`]: (call, { projects, descriptions }) => {
      const name = call.at('project');
      const id = projects.get(name);
      if (id === undefined) return noProject(call);
      const about = { description: descriptions.get(name) ?? null, state: 'wellFormed', visibility: 'private' };
      return { status: 200, body: { id, name, ...about } };
    },
    [`DELETE ${apis}/projects/:id`]: queueRemoval,
    [`POST ${apis}/projects`]: queueProject,
    [`GET ${apis}/operations/:id`]: lookAtOperation,
    [`GET ${apis}/process/processes`]: () =>
      whole([
        { id: '27450541-8e31-4150-9947-dc59f998fc01', name: 'CMMI', isDefault: false, type: 'system' },
        { id: 'adcc42ab-9882-485e-a3ed-7678f01f66bc', name: 'Agile', isDefault: true, type: 'system' },
      ]),
    [`GET ${policies}`]: (call, world) =>
      world.projects.has(call.at('project')) ? page(call, world.policies) : noProject(call),
    [`POST ${policies}`]: (call, world) => {
      const policy = { ...policyOf(call), id: Math.max(0, ...world.policies.map(({ id }) => id)) + 1 };
      world.policies.push(policy);
      return { status: 200, body: policy };
    },
    [`PUT ${policies}/:id`]: (call, world) => {
      const policy = world.policies.find(({ id }) => String(id) === call.at('id'));
      if (policy === undefined) return failure(404, 'No such policy', 'PolicyConfigurationNotFoundException');
      Object.assign(policy, policyOf(call));
      return { status: 200, body: policy };
    },
    [`DELETE ${policies}/:id`]: (call, world) => {
      world.policies = world.policies.filter(({ id }) => String(id) !== call.at('id'));
      return { status: 204 };
    },
    ...subscriptionRoutes(`${apis}/hooks/subscriptions`),
  };
}

function subscriptionRoutes(root: string): Routes<AzureWorld> {
  return {
    [`GET ${root}`]: (_call, world) => whole(world.subscriptions.map(subscriptionJson)),
    [`POST ${root}`]: (call, world) => {
      const address = text(Object(call.body['consumerInputs']).url);
      if (!address.startsWith('https://'))
        return failure(400, 'Basic authentication needs https', 'SubscriptionInputException');
      const id = `f0000000-0000-4000-8000-${String(world.subscriptions.length + 1).padStart(12, '0')}`;
      const made = { id, body: call.body };
      world.subscriptions.push(made);
      return { status: 200, body: subscriptionJson(made) };
    },
    [`PUT ${root}/:id`]: (call, world) => {
      const found = world.subscriptions.find(({ id }) => id === call.at('id'));
      if (found === undefined) return failure(404, 'No such subscription', 'SubscriptionNotFoundException');
      found.body = call.body;
      return { status: 200, body: subscriptionJson(found) };
    },
    [`DELETE ${root}/:id`]: (call, world) => {
      world.subscriptions = world.subscriptions.filter(({ id }) => id !== call.at('id'));
      return { status: 204 };
    },
  };
}

function queueProject(call: Call, world: AzureWorld): Answer {
  const name = text(call.body['name']);
  if (world.projects.has(name)) return failure(400, `TF200019: ${name} exists`, 'ProjectAlreadyExistsException');
  const id = `0e000000-0000-4000-8000-${String(world.operations.size + 1).padStart(12, '0')}`;
  world.operations.set(id, { project: name, looks: 0 });
  world.descriptions.set(name, text(call.body['description']));
  return {
    status: 202,
    body: { id, status: 'queued', url: `${call.base}/${world.collection}/_apis/operations/${id}` },
  };
}

/** By its id alone. */
function queueRemoval(call: Call, world: AzureWorld): Answer {
  const found = [...world.projects].find(([, id]) => id === call.at('id'));
  if (found === undefined) return noProject(call);
  const id = `0f000000-0000-4000-8000-${String(world.operations.size + 1).padStart(12, '0')}`;
  world.operations.set(id, { project: found[0], looks: 0, isRemoval: true });
  return { status: 202, body: { id, status: 'queued' } };
}

function lookAtOperation(call: Call, world: AzureWorld): Answer {
  const operation = world.operations.get(call.at('id'));
  if (operation === undefined) return failure(404, 'No such operation', 'OperationNotFoundException');
  operation.looks += 1;
  const isDone = operation.looks > 2;
  if (isDone && operation.isRemoval === true) world.projects.delete(operation.project);
  else if (isDone)
    world.projects.set(operation.project, `eb000000-0000-4000-8000-${String(world.projects.size).padStart(12, '0')}`);
  return { status: 200, body: { id: call.at('id'), status: isDone ? 'succeeded' : 'inProgress' } };
}

function policyOf({ body }: Call): Omit<PolicyModel, 'id'> {
  return {
    isEnabled: body['isEnabled'] === true,
    isBlocking: body['isBlocking'] === true,
    type: { id: text(Object(body['type']).id) },
    settings: { ...Object(body['settings']) },
  };
}

function noProject(call: Call): Answer {
  const message = `TF200016: The following project does not exist: ${call.at('project')}.`;
  return failure(404, message, 'ProjectDoesNotExistWithNameException');
}
