import { addComment, mergePull, newPull, openPull, type PullModel } from '../../testing/repository-model.ts';
import { type Answer, type Call, type Routes, text } from '../../testing/stand-in-server.ts';
import {
  failure,
  type GitLabProjectModel,
  type GitLabWorld,
  isMergeable,
  ofMergeRequest,
  ofProject,
  page,
} from './model.ts';
import { mergeRequestJson, noteJson } from './shapes.ts';

const root = '/api/v4/projects/:id/merge_requests';

export const mergeRequestRoutes: Routes<GitLabWorld> = {
  [`GET ${root}`]: ofProject((call, project) => {
    const { query } = call;
    const wanted = [query.get('state'), query.get('source_branch'), query.get('target_branch')].join(' ');
    const found = project.pulls
      .map((pull) => mergeRequestJson(call.base, project, pull))
      .filter((each) => `${each.state} ${each.source_branch} ${each.target_branch}` === wanted);
    return page(call, found);
  }),
  [`POST ${root}`]: ofProject(openMergeRequest),
  [`GET ${root}/:iid`]: ofMergeRequest((call, project, pull) => ({
    status: 200,
    body: mergeRequestJson(call.base, project, pull),
  })),
  [`PUT ${root}/:iid`]: ofMergeRequest((call, project, pull) => {
    const { title, description, add_labels } = call.body;
    if (typeof title === 'string') pull.title = title;
    if (typeof description === 'string') pull.body = description;
    const added = text(add_labels).split(',').filter(Boolean);
    pull.labels = [...new Set([...pull.labels, ...added])];
    return { status: 200, body: mergeRequestJson(call.base, project, pull) };
  }),
  [`PUT ${root}/:iid/merge`]: ofMergeRequest(accept),
  [`GET ${root}/:iid/notes`]: ofMergeRequest((call, _, pull) => page(call, pull.comments.map(noteJson))),
  [`POST ${root}/:iid/notes`]: ofMergeRequest((call, project, pull) => ({
    status: 201,
    body: noteJson(addComment(project, pull, text(call.body['body']))),
  })),
  [`PUT ${root}/:iid/notes/:note`]: ofMergeRequest((call, _, pull) => {
    const note = pull.comments.find(({ id }) => String(id) === call.at('note'));
    if (note === undefined) return failure(404, '404 Note Not Found');
    note.body = text(call.body['body']);
    return { status: 200, body: noteJson(note) };
  }),
};

function openMergeRequest(call: Call, project: GitLabProjectModel): Answer {
  const { source_branch, target_branch, title, description } = call.body;
  const [source, target] = [text(source_branch), text(target_branch)];
  const head = project.branches.get(source);
  if (head === undefined) return failure(400, { source_branch: ['does not exist'] });
  const present = openPull(project, source, target);
  if (present !== undefined)
    return failure(409, {
      base: [`Another open merge request already exists for this source branch: !${present.number}`],
    });
  const pull = newPull(project, { title: text(title), body: text(description), source, target, head });
  return { status: 201, body: mergeRequestJson(call.base, project, pull) };
}

function accept(call: Call, project: GitLabProjectModel, pull: PullModel): Answer {
  if (pull.state !== 'open') return failure(405, '405 Method Not Allowed');
  if (call.body['sha'] !== pull.head) return failure(409, `SHA does not match HEAD of source branch: ${pull.head}`);
  if (isMergeable(project, pull)) {
    mergePull(project, pull);
    return { status: 200, body: mergeRequestJson(call.base, project, pull) };
  }
  if (call.body['auto_merge'] !== true) return failure(405, '405 Method Not Allowed');
  pull.autoMerge = true;
  return { status: 200, body: mergeRequestJson(call.base, project, pull) };
}
