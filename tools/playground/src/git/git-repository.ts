import { appendFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type ProgramResult, plainEnvironment, runProgram } from '@luban-ci/process';

/** A branch with the commit at its tip. */
export interface Tip {
  name: string;
  commit: string;
}

export interface CommitInfo {
  id: string;
  parents: string[];
  author: { name: string; email: string; date: string };
  committer: { name: string; email: string; date: string };
  message: string;
}

const timeoutSeconds = 60;

/** The environment of every git program: nothing of the user's or the machine's configuration. */
export function gitEnvironment(extra: Record<string, string> = {}): Record<string, string> {
  return { ...plainEnvironment(), GIT_CONFIG_NOSYSTEM: '1', GIT_CONFIG_GLOBAL: '/dev/null', ...extra };
}

export function runGit(
  folder: string,
  args: readonly string[],
  extra: { env?: Record<string, string>; input?: string | Uint8Array } = {},
): Promise<ProgramResult> {
  const input = extra.input === undefined ? {} : { input: extra.input };
  return runProgram('git', args, { cwd: folder, env: gitEnvironment(extra.env), timeoutSeconds, ...input });
}

/** Output of a git command that has to succeed. */
export async function git(
  folder: string,
  args: readonly string[],
  extra: { env?: Record<string, string>; input?: string | Uint8Array } = {},
): Promise<string> {
  const { exitCode, stdout, stderr } = await runGit(folder, args, extra);
  if (exitCode !== 0) throw new Error(`git ${args[0]} ended with ${exitCode}: ${stderr.trim()}`);
  return stdout;
}

/** A bare repository that serves everything our clients ask for: filters, any reachable commit, push options. */
export async function initRepository(folder: string, defaultBranch: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await git(folder, ['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, '.']);
  await appendFile(join(folder, 'config'), serverSettings);
}

const serverSettings = `[http]
\treceivepack = true
[uploadpack]
\tallowFilter = true
\tallowAnySHA1InWant = true
[receive]
\tadvertisePushOptions = true
\tautogc = false
[gc]
\tauto = 0
`;

export async function listTips(folder: string): Promise<Tip[]> {
  const text = await git(folder, ['for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads']);
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => ({ commit: line.slice(0, 40), name: line.slice(41) }));
}

export async function tipOf(folder: string, branch: string): Promise<string | undefined> {
  return resolveCommit(folder, `refs/heads/${branch}`);
}

/** The full id of a commit, from an id or a full ref name; `undefined` when there is none. */
export async function resolveCommit(folder: string, revision: string): Promise<string | undefined> {
  if (!/^(?:[0-9a-f]{7,40}|refs\/[^\s~^:?*[\\]+)$/.test(revision)) return undefined;
  const { exitCode, stdout } = await runGit(folder, ['rev-parse', '--verify', '--quiet', `${revision}^{commit}`]);
  return exitCode === 0 ? stdout.trim() : undefined;
}

const fieldSeparator = '\u001f';
const format = ['%H', '%P', '%an', '%ae', '%aI', '%cn', '%ce', '%cI', '%B'].join('%x1f');

/** Commits of a range in git's order, newest first. `range` is made of commit ids, never of a caller's text. */
export async function listCommits(folder: string, range: readonly string[], limit: number): Promise<CommitInfo[]> {
  const text = await git(folder, ['log', '-z', `--max-count=${limit}`, `--format=${format}`, ...range, '--']);
  return text.split('\0').filter(Boolean).map(asCommit);
}

function asCommit(record: string): CommitInfo {
  const [id = '', parents = '', an = '', ae = '', ad = '', cn = '', ce = '', cd = '', message = ''] =
    record.split(fieldSeparator);
  return {
    id,
    parents: parents.split(' ').filter(Boolean),
    author: { name: an, email: ae, date: ad },
    committer: { name: cn, email: ce, date: cd },
    message: message.trimEnd(),
  };
}

/** Paths that a commit touched, against its first parent. */
export async function changedPaths(
  folder: string,
  commit: string,
): Promise<{ added: string[]; removed: string[]; modified: string[] }> {
  const args = [
    'diff-tree',
    '-z',
    '--root',
    '-r',
    '--no-commit-id',
    '--no-renames',
    '-m',
    '--first-parent',
    '--name-status',
  ];
  const fields = (await git(folder, [...args, commit])).split('\0');
  const paths = { added: [] as string[], removed: [] as string[], modified: [] as string[] };
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const path = fields[at + 1] ?? '';
    if (fields[at] === 'A') paths.added.push(path);
    else if (fields[at] === 'D') paths.removed.push(path);
    else paths.modified.push(path);
  }
  return paths;
}

export async function mergeBase(folder: string, a: string, b: string): Promise<string | undefined> {
  const { exitCode, stdout } = await runGit(folder, ['merge-base', a, b]);
  return exitCode === 0 ? stdout.trim() : undefined;
}

/** A file of a commit; `undefined` when there is none of that path. */
export async function readBlob(
  folder: string,
  commit: string,
  path: string,
): Promise<{ id: string; text: string } | undefined> {
  const { exitCode, stdout } = await runGit(folder, ['rev-parse', '--verify', '--quiet', `${commit}:${path}`]);
  if (exitCode !== 0) return undefined;
  const id = stdout.trim();
  const blob = await runGit(folder, ['cat-file', 'blob', id]);
  return blob.exitCode === 0 ? { id, text: blob.stdout } : undefined;
}
