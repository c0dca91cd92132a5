import {
  addComment,
  allComments,
  mergePull,
  newPull,
  openPull,
  type PullModel,
} from '../../testing/repository-model.ts';
import { type Call, list, type Routes, text } from '../../testing/stand-in-server.ts';
import { failure, type GitHubRepository, type GitHubWorld, invalid, ofRepository, page, unmetRule } from './model.ts';
import { commentJson, labelJson, pullJson } from './shapes.ts';

const root = '/api/v3/repos/:owner/:repo';

export const pullRoutes: Routes<GitHubWorld> = {
  [`GET ${root}/pulls`]: ofRepository((call, repository) => {
    const { query } = call;
    const wanted = [query.get('state'), query.get('base'), query.get('head')].join(' ');
    const pulls = repository.pulls.filter(
      (pull) => `${pull.state} ${pull.target} ${repository.owner}:${pull.source}` === wanted,
    );
    return page(
      call,
      pulls.map((pull) => pullJson(call.base, repository, pull, 'simple')),
    );
  }),
  [`POST ${root}/pulls`]: ofRepository(openPullRequest),
  [`GET ${root}/pulls/:number`]: ofPull((call, repository, pull) => ({
    status: 200,
    body: pullJson(call.base, repository, pull),
  })),
  [`PATCH ${root}/pulls/:number`]: ofPull((call, repository, pull) => {
    Object.assign(pull, { title: text(call.body['title']), body: text(call.body['body']) });
    return { status: 200, body: pullJson(call.base, repository, pull) };
  }),
  [`PUT ${root}/pulls/:number/merge`]: ofPull((call, repository, pull) => {
    if (pull.state !== 'open') return failure(405, 'Pull Request is not mergeable');
    if (call.body['sha'] !== pull.head)
      return failure(409, 'Head branch was modified. Review and try the merge again.');
    const unmet = unmetRule(repository, pull);
    if (unmet !== undefined) return failure(405, unmet);
    const body = { sha: mergePull(repository, pull), merged: true, message: 'Pull Request successfully merged' };
    return { status: 200, body };
  }),
  [`GET ${root}/issues/:number/labels`]: ofPull((call, repository, pull) =>
    page(
      call,
      pull.labels.map((label) => labelJson(call.base, repository, label)),
    ),
  ),
  [`POST ${root}/issues/:number/labels`]: ofPull((call, repository, pull) => {
    pull.labels = [...new Set([...pull.labels, ...list(call.body['labels']).map(text)])];
    return { status: 200, body: pull.labels.map((label) => labelJson(call.base, repository, label)) };
  }),
  [`GET ${root}/issues/:number/comments`]: ofPull((call, repository, pull) =>
    page(
      call,
      pull.comments.map((comment) => commentJson(call.base, repository, comment)),
    ),
  ),
  [`POST ${root}/issues/:number/comments`]: ofPull((call, repository, pull) => {
    const comment = addComment(repository, pull, text(call.body['body']));
    return { status: 201, body: commentJson(call.base, repository, comment) };
  }),
  [`PATCH ${root}/issues/comments/:id`]: ofRepository((call, repository) => {
    const comment = allComments(repository).find(({ id }) => String(id) === call.at('id'));
    if (comment === undefined) return failure(404, 'Not Found');
    comment.body = text(call.body['body']);
    return { status: 200, body: commentJson(call.base, repository, comment) };
  }),
};

function openPullRequest(call: Call, repository: GitHubRepository) {
  const [source, target] = [text(call.body['head']), text(call.body['base'])];
  const head = repository.branches.get(source);
  if (head === undefined) {
    const errors = [{ resource: 'PullRequest', field: 'head', code: 'invalid' }];
    const documentation_url = 'https://docs.github.com/rest';
    return { status: 422, body: { message: 'Validation Failed', errors, documentation_url } };
  }
  if (openPull(repository, source, target) !== undefined) {
    return invalid(`A pull request already exists for ${repository.owner}:${source}.`, 'PullRequest');
  }
  const words = { title: text(call.body['title']), body: text(call.body['body']) };
  const pull = newPull(repository, { ...words, source, target, head });
  return { status: 201, body: pullJson(call.base, repository, pull) };
}

function ofPull(
  answer: (call: Call, repository: GitHubRepository, pull: PullModel) => ReturnType<typeof failure>,
): ReturnType<typeof ofRepository> {
  return ofRepository((call, repository) => {
    const pull = repository.pulls.find(({ number }) => String(number) === call.at('number'));
    return pull === undefined ? failure(404, 'Not Found') : answer(call, repository, pull);
  });
}
