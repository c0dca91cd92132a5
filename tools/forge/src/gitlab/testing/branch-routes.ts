import { commitOn, type FileModel, type TreeChange } from '../../testing/repository-model.ts';
import { type Answer, type Call, list, type Routes, text } from '../../testing/stand-in-server.ts';
import { failure, type GitLabProjectModel, type GitLabWorld, keysetPage, ofProject } from './model.ts';
import { branchJson, protectionJson } from './shapes.ts';

const root = '/api/v4/projects/:id';

export const branchRoutes: Routes<GitLabWorld> = {
  [`GET ${root}/repository/branches`]: ofProject((call, project) =>
    keysetPage(
      call,
      [...project.branches.keys()].toSorted().map((name) => branchJson(project, name)),
      (each) => each.name,
    ),
  ),
  [`GET ${root}/repository/branches/:branch`]: ofProject((call, project) => {
    const name = call.at('branch');
    if (!project.branches.has(name)) return failure(404, '404 Branch Not Found');
    return { status: 200, body: branchJson(project, name) };
  }),
  [`DELETE ${root}/repository/branches/:branch`]: ofProject((call, project) =>
    project.branches.delete(call.at('branch')) ? { status: 204 } : failure(404, '404 Branch Not Found'),
  ),
  [`GET ${root}/protected_branches/:branch`]: ofProject((call, project) =>
    project.protections.has(call.at('branch'))
      ? { status: 200, body: protectionJson(project, call.at('branch')) }
      : failure(404, '404 Not found'),
  ),
  [`POST ${root}/protected_branches`]: ofProject((call, project) => {
    const name = text(call.body['name']);
    if (project.protections.has(name)) return failure(409, `Protected branch '${name}' already exists`);
    project.protections.set(name, {
      id: 40 + project.protections.size,
      push: Number(call.body['push_access_level'] ?? 40),
      merge: Number(call.body['merge_access_level'] ?? 40),
      allowForcePush: call.body['allow_force_push'] === true,
    });
    return { status: 201, body: protectionJson(project, name) };
  }),
  [`DELETE ${root}/protected_branches/:branch`]: ofProject((call, project) =>
    project.protections.delete(call.at('branch')) ? { status: 204 } : failure(404, '404 Not found'),
  ),
  [`GET ${root}/repository/files/:path`]: ofProject((call, project) => {
    const ref = call.query.get('ref') ?? '';
    const file = project.commits.get(ref)?.get(call.at('path'));
    if (file === undefined) return failure(404, '404 File Not Found');
    return { status: 200, body: fileJson(call.at('path'), ref, file) };
  }),
  [`POST ${root}/repository/commits`]: ofProject(createCommit),
};

function fileJson(path: string, ref: string, file: FileModel) {
  return { file_path: path, ref, encoding: 'base64', content: file.content, last_commit_id: file.commit };
}

/** `last_commit_id` is compared with the last commit that touched the file, whatever else the branch got. */
function createCommit(call: Call, project: GitLabProjectModel): Answer {
  const branch = text(call.body['branch']);
  const tree = project.commits.get(project.branches.get(branch) ?? '');
  if (tree === undefined) return failure(400, 'You can only create or edit files when you are on a branch');
  if (project.protections.get(branch)?.push === 0) return failure(400, 'You are not allowed to push into this branch');
  const changes: TreeChange[] = [];
  for (const each of list(call.body['actions'])) {
    const { action, file_path: path, content, last_commit_id } = Object(each);
    const present = tree.get(path);
    if (action === 'create' && present !== undefined) return failure(400, 'A file with this name already exists');
    if (action !== 'create' && present === undefined) return failure(400, "A file with this name doesn't exist");
    if (action !== 'create' && last_commit_id !== present?.commit) {
      return failure(400, 'The file has changed since you started editing it.');
    }
    changes.push({ path, content: action === 'delete' ? undefined : content });
  }
  const id = commitOn(project, branch, changes);
  return { status: 201, body: { id, short_id: id.slice(0, 8), message: text(call.body['commit_message']) } };
}
