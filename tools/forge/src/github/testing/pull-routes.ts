import { type Call, failure, type Handler, invalid, known, page, text } from './call.ts';
import { merge, type PullModel, unmetRule } from './model.ts';
import { pullJson } from './shapes.ts';

export const pullRoutes: Record<string, Handler> = {
  'GET :/pulls': (call) => {
    const { query } = call;
    const repository = known(call);
    const pulls = repository.pulls.filter(
      (pull) =>
        pull.state === query.get('state') &&
        pull.target === query.get('base') &&
        `${repository.owner}:${pull.source}` === query.get('head'),
    );
    return page(
      call,
      pulls.map((pull) => pullJson(call.base, repository, pull)),
    );
  },
  'POST :/pulls': (call) => {
    const repository = known(call);
    const [source, target] = [text(call.body['head']), text(call.body['base'])];
    const head = repository.branches.get(source);
    if (head === undefined)
      return {
        status: 422,
        body: { message: 'Validation Failed', errors: [{ resource: 'PullRequest', field: 'head', code: 'invalid' }] },
      };
    if (repository.pulls.some((pull) => pull.state === 'open' && pull.source === source && pull.target === target)) {
      return invalid(`A pull request already exists for ${repository.owner}:${source}.`, 'PullRequest');
    }
    const pull: PullModel = {
      number: repository.pulls.length + 1,
      title: text(call.body['title']),
      body: text(call.body['body']),
      source,
      target,
      state: 'open',
      head,
      mergedAt: null,
      mergeCommit: null,
      autoMerge: false,
    };
    repository.pulls.push(pull);
    return { status: 201, body: pullJson(call.base, repository, pull) };
  },
  'GET :/pulls/*': (call) => {
    const pull = pullOf(call);
    return pull === undefined
      ? failure(404, 'Not Found')
      : { status: 200, body: pullJson(call.base, known(call), pull) };
  },
  'PATCH :/pulls/*': (call) => {
    const pull = pullOf(call);
    if (pull === undefined) return failure(404, 'Not Found');
    Object.assign(pull, { title: text(call.body['title']), body: text(call.body['body']) });
    return { status: 200, body: pullJson(call.base, known(call), pull) };
  },
  'PUT :/pulls/*/merge': (call) => {
    const pull = pullOf(call);
    if (pull === undefined) return failure(404, 'Not Found');
    if (pull.state !== 'open') return failure(405, 'Pull Request is not mergeable');
    if (call.body['sha'] !== pull.head)
      return failure(409, 'Head branch was modified. Review and try the merge again.');
    const unmet = unmetRule(known(call), pull);
    if (unmet !== undefined) return failure(405, unmet);
    const sha = merge(known(call), pull);
    return { status: 200, body: { sha, merged: true, message: 'Pull Request successfully merged' } };
  },
  'POST api/graphql': (call) => {
    const { id, head } = Object(call.body['variables']);
    const pulls = [...call.repositories.values()].flatMap((repository) => repository.pulls);
    const pull = pulls.find((each) => `PR_${each.number}` === id && each.head === head);
    if (pull === undefined)
      return {
        status: 200,
        body: { errors: [{ type: 'NOT_FOUND', message: `Could not resolve to a node with the global id of '${id}'` }] },
      };
    pull.autoMerge = true;
    return { status: 200, body: { data: { enablePullRequestAutoMerge: { clientMutationId: null } } } };
  },
};

function pullOf(call: Call): PullModel | undefined {
  return known(call).pulls.find(({ number }) => String(number) === call.rest[1]);
}
