import { z } from 'zod';
import { commitFiles, type FileEdit } from '../git/commit-files.ts';
import { readBlob, resolveCommit, tipOf } from '../git/git-repository.ts';
import type { RepositoryState } from '../repository-state.ts';
import { readJson } from '../server/read-body.ts';
import { HttpFailure, json, type Reply } from '../server/reply.ts';
import { contentsShape } from './shapes.ts';
import { type ApiCall, emailOf, notFound, repositoryOf, requireWrite } from './world.ts';

const FileOperation = z.object({
  operation: z.enum(['create', 'update', 'delete']),
  path: z.string().min(1),
  content: z.base64().default(''),
  sha: z.string().default(''),
});
const ChangeFiles = z.object({
  branch: z.string().default(''),
  message: z.string().default(''),
  files: z.array(FileOperation).min(1),
  author: z.object({ name: z.string(), email: z.string() }).optional(),
});

/** One file; folders, which Gitea lists here too, are not asked for. */
export async function getContents(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world } = call;
  const state = await repositoryOf(world, parameters);
  const folder = world.store.gitFolder(state.owner, state.name);
  const ref = call.query.get('ref') ?? state.defaultBranch;
  const commit = (await tipOf(folder, ref)) ?? (await resolveCommit(folder, ref));
  const path = parameters['rest'] ?? '';
  const blob = commit === undefined ? undefined : await readBlob(folder, commit, path);
  if (blob === undefined) throw notFound();
  return json(200, contentsShape(world, state, path, blob));
}

/** Several files in one commit; each one that is there is held to the blob that it was read from. */
export async function postContents(call: ApiCall, parameters: Record<string, string>): Promise<Reply> {
  const { world, user } = call;
  const state = await repositoryOf(world, parameters);
  await requireWrite(world, user, state.owner);
  const body = await readJson(call.request, ChangeFiles);
  const branch = body.branch === '' ? state.defaultBranch : body.branch;
  refuseProtected(state, branch, user.name);
  const folder = world.store.gitFolder(state.owner, state.name);
  const base = await tipOf(folder, branch);
  if (base === undefined) throw notFound(`branch does not exist [name: ${branch}]`);
  const edits: FileEdit[] = await Promise.all(body.files.map((file) => editOf(folder, base, file)));
  const person = body.author ?? { name: user.name, email: emailOf(user.name) };
  const date = world.clock.now().toISOString();
  const message = body.message === '' ? `Update ${body.files[0]?.path}` : body.message;
  const commit = await commitFiles(folder, { branch, base, edits, message, author: { ...person, date } });
  if (commit === undefined) throw new HttpFailure(422, 'the branch has moved meanwhile');
  await world.announce(state, [{ before: base, after: commit, ref: `refs/heads/${branch}` }], user);
  return json(201, { commit: { sha: commit }, files: [], verification: null });
}

async function editOf(folder: string, base: string, file: z.output<typeof FileOperation>): Promise<FileEdit> {
  const { operation, path } = file;
  const present = await readBlob(folder, base, path);
  if (operation === 'create') {
    if (present !== undefined) throw new HttpFailure(422, `repository file already exists [path: ${path}]`);
    return { path, content: Buffer.from(file.content, 'base64') };
  }
  if (present === undefined) throw notFound(`repository file does not exist [path: ${path}]`);
  if (present.id !== file.sha) {
    throw new HttpFailure(422, `sha does not match [given: ${file.sha}, expected: ${present.id}]`);
  }
  return { path, content: operation === 'delete' ? undefined : Buffer.from(file.content, 'base64') };
}

function refuseProtected(state: RepositoryState, branch: string, user: string): void {
  const rule = state.protections.find((each) => each.branch === branch);
  if (rule === undefined || rule.enablePush || rule.pushers.includes(user)) return;
  throw new HttpFailure(403, `branch ${branch} is protected from user committing`);
}
