import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { git, runGit } from './git-repository.ts';

/** A file's new bytes, or that it is gone. */
export interface FileEdit {
  path: string;
  content: Uint8Array | undefined;
}

export interface FilesCommit {
  branch: string;
  base: string;
  edits: readonly FileEdit[];
  message: string;
  author: { name: string; email: string; date: string };
}

/** A commit made inside the bare repository, in an index of its own. `undefined` when the branch is no longer at `base`. */
export async function commitFiles(folder: string, request: FilesCommit): Promise<string | undefined> {
  const index = join(folder, `index-${randomUUID()}`);
  try {
    const env = { GIT_INDEX_FILE: index };
    await git(folder, ['read-tree', request.base], { env });
    const lines = await Promise.all(request.edits.map((edit) => indexLine(folder, edit)));
    await git(folder, ['update-index', '-z', '--index-info'], { env, input: lines.join('') });
    const tree = (await git(folder, ['write-tree'], { env })).trim();
    const commit = await commitTree(folder, tree, request);
    const { exitCode } = await runGit(folder, ['update-ref', `refs/heads/${request.branch}`, commit, request.base]);
    return exitCode === 0 ? commit : undefined;
  } finally {
    await rm(index, { force: true });
  }
}

/** Mode 0 takes a path out of the index ("Using --index-info"). */
async function indexLine(folder: string, { path, content }: FileEdit): Promise<string> {
  if (content === undefined) return `0 ${'0'.repeat(40)}\t${path}\0`;
  const blob = await git(folder, ['hash-object', '-w', '--stdin'], { input: content });
  return `100644 ${blob.trim()}\t${path}\0`;
}

async function commitTree(folder: string, tree: string, { base, message, author }: FilesCommit): Promise<string> {
  const { name, email, date } = author;
  const commit = await git(folder, ['commit-tree', tree, '-p', base], {
    input: message,
    env: {
      GIT_AUTHOR_NAME: name,
      GIT_AUTHOR_EMAIL: email,
      GIT_AUTHOR_DATE: date,
      GIT_COMMITTER_NAME: name,
      GIT_COMMITTER_EMAIL: email,
      GIT_COMMITTER_DATE: date,
    },
  });
  return commit.trim();
}
