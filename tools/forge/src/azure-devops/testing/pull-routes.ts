import { addComment, mergePull, newPull, openPull, type PullModel } from '../../testing/repository-model.ts';
import { type Answer, type Call, list, type Routes, text } from '../../testing/stand-in-server.ts';
import { type AzureRepositoryModel, type AzureWorld, failure, isCompletable, ofRepository, whole } from './model.ts';
import { pullJson, threadJson } from './shapes.ts';

type PullHandler = (call: Call, repository: AzureRepositoryModel, pull: PullModel, world: AzureWorld) => Answer;

/** Two spellings of the same address are in the published description; routing takes no notice of capitals. */
export function pullRoutes(collection: string): Routes<AzureWorld> {
  const root = `/${collection}/:project/_apis/git/repositories/:repository`;
  const lower = `${root}/pullrequests`;
  const upper = `${root}/pullRequests`;
  return {
    [`GET ${lower}`]: ofRepository((call, repository, world) => {
      const wanted = ['sourceRefName', 'targetRefName'].map((each) => call.query.get(`searchCriteria.${each}`));
      const skip = Number(call.query.get('$skip') ?? '0');
      const found = repository.pulls
        .map((pull) => pullJson(call.base, world, repository, pull))
        .filter((each) => each.status === call.query.get('searchCriteria.status'))
        .filter((each) => [each.sourceRefName, null].includes(wanted[0] ?? null))
        .filter((each) => [each.targetRefName, null].includes(wanted[1] ?? null));
      const cut = found.map((each) => ({ ...each, description: each.description.slice(0, 400) }));
      return whole(cut.slice(skip, skip + Number(call.query.get('$top') ?? '101')));
    }),
    [`POST ${lower}`]: ofRepository(openPullRequest),
    [`GET ${lower}/:number`]: ofPull(readPull),
    [`PATCH ${lower}/:number`]: ofPull(editPull),
    [`GET ${upper}/:number/labels`]: ofPull((_call, _repository, pull) => whole(pull.labels.map(labelJson))),
    [`POST ${upper}/:number/labels`]: ofPull((call, _repository, pull) => {
      const name = text(call.body['name']);
      pull.labels = [...new Set([...pull.labels, name])];
      return { status: 200, body: labelJson(name) };
    }),
    [`GET ${upper}/:number/threads`]: ofPull((_call, _repository, pull) => whole(pull.comments.map(threadJson))),
    [`POST ${upper}/:number/threads`]: ofPull((call, repository, pull) => {
      const { content } = Object(list(call.body['comments'])[0]);
      return { status: 200, body: threadJson(addComment(repository, pull, text(content))) };
    }),
    [`PATCH ${upper}/:number/threads/:thread/comments/:comment`]: ofPull((call, _repository, pull) => {
      const comment = pull.comments.find(({ id }) => String(id) === call.at('thread'));
      if (comment === undefined) return failure(404, 'The thread was not found', 'CommentThreadNotFoundException');
      comment.body = text(call.body['content']);
      return { status: 200, body: threadJson(comment).comments[0] };
    }),
    [`GET ${upper}/:number/statuses`]: ofPull((_call, repository, pull) =>
      whole(repository.pullStatuses.filter((each) => each.pull === pull.number).map(statusJson)),
    ),
    [`POST ${upper}/:number/statuses`]: ofPull(setStatus),
  };
}

function openPullRequest(call: Call, repository: AzureRepositoryModel, world: AzureWorld): Answer {
  const { sourceRefName, targetRefName, title, description } = call.body;
  const [source = '', target = ''] = [sourceRefName, targetRefName].map((each) =>
    text(each).replace('refs/heads/', ''),
  );
  const head = repository.branches.get(source);
  if (head === undefined) {
    return failure(400, `TF401398: The pull request cannot be activated because the source branch no longer exists`);
  }
  if (text(description).length > 4000)
    return failure(400, 'The description is too long', 'InvalidArgumentValueException');
  if (openPull(repository, source, target) !== undefined) {
    const message = 'TF401179: An active pull request for the source and target branch already exists.';
    return failure(409, message, 'GitPullRequestExistsException');
  }
  const pull = newPull(repository, { title: text(title), body: text(description), source, target, head });
  return { status: 201, body: pullJson(call.base, world, repository, pull) };
}

/** Azure merges after it has answered; here by the time somebody looks again. */
function readPull(call: Call, repository: AzureRepositoryModel, pull: PullModel, world: AzureWorld): Answer {
  if (repository.completing.delete(pull.number)) mergePull(repository, pull);
  return { status: 200, body: pullJson(call.base, world, repository, pull) };
}

function editPull(call: Call, repository: AzureRepositoryModel, pull: PullModel, world: AzureWorld): Answer {
  const { title, description, status, lastMergeSourceCommit, autoCompleteSetBy } = call.body;
  if (typeof title === 'string') pull.title = title;
  if (typeof description === 'string') pull.body = description;
  if (autoCompleteSetBy !== undefined) pull.autoMerge = true;
  if (status === 'completed') {
    if (Object(lastMergeSourceCommit).commitId !== pull.head) {
      const message = 'TF401192: The source branch has been modified since the last merge attempt.';
      return failure(409, message, 'GitPullRequestStaleException');
    }
    if (!isCompletable(world, repository, pull)) {
      const message = 'TF402364: One or more policies are not met.';
      return failure(403, message, 'GitPullRequestUpdateRejectedByPolicyException');
    }
    repository.completing.add(pull.number);
  }
  return { status: 200, body: pullJson(call.base, world, repository, pull) };
}

function setStatus(call: Call, repository: AzureRepositoryModel, pull: PullModel, world: AzureWorld): Answer {
  const { state, description, context } = call.body;
  const { genre, name } = Object(context);
  const status = {
    id: repository.pullStatuses.length + 1,
    pull: pull.number,
    genre: text(genre),
    name: text(name),
    state: text(state),
    description: text(description),
  };
  repository.pullStatuses.push(status);
  if (pull.autoMerge && pull.state === 'open' && isCompletable(world, repository, pull)) mergePull(repository, pull);
  return { status: 200, body: statusJson(status) };
}

function ofPull(answer: PullHandler): ReturnType<typeof ofRepository> {
  return ofRepository((call, repository, world) => {
    const pull = repository.pulls.find(({ number }) => String(number) === call.at('number'));
    if (pull !== undefined) return answer(call, repository, pull, world);
    return failure(404, `TF401180: The requested pull request was not found.`, 'GitPullRequestNotFoundException');
  });
}

function labelJson(name: string) {
  return { id: '00000000-0000-4000-8000-000000000001', name, active: true };
}

function statusJson({ id, state, description, genre, name }: AzureRepositoryModel['pullStatuses'][number]) {
  return { id, state, description, context: { genre, name } };
}
