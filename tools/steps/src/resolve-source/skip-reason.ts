import { fillPattern } from '@luban-ci/conventions';
import type { CommitInfo } from '@luban-ci/git';

/** Why a push stands for nothing to build, as far as its name tells; `undefined` when it does. */
export function skipReasonOfPush(
  push: { gitRef: string; revision: string; repository: string },
  gitopsRepositoryPattern: string,
): string | undefined {
  if (/^0+$/.test(push.revision)) return `${push.gitRef || 'the ref'} was deleted`;
  if (push.gitRef !== '' && !/^refs\/(heads|tags)\/./.test(push.gitRef))
    return `${push.gitRef} is neither a branch nor a tag`;
  if (isGitopsRepository(push.repository, gitopsRepositoryPattern)) return `${push.repository} is a GitOps repository`;
  return undefined;
}

const skipMarks = /\[(skip ci|ci skip|no ci|skip luban)\]/i;

/** Why a commit asks to be left alone; a release tag is built whatever its commit says. */
export function skipReasonOfCommit(commit: CommitInfo, botAuthors: readonly string[]): string | undefined {
  const [mark] = skipMarks.exec(commit.message) ?? [];
  if (mark !== undefined) return `the commit message says ${mark}`;
  const bot = botAuthors.find((name) => name === commit.author.name || name === commit.author.email);
  return bot === undefined ? undefined : `the commit was made by ${bot}`;
}

/** What we write ourselves must not start us: `<app>-gitops` with any application. */
function isGitopsRepository(repository: string, pattern: string): boolean {
  const any = '\u0000';
  const parts = fillPattern(pattern, { app: any, project: any })
    .split(any)
    .map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.+')}$`).test(repository);
}
