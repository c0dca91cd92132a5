import { type Conventions, fillPattern } from '@luban-ci/conventions';
import { parseRepositoryUrl } from '@luban-ci/forge';
import type { CommitInfo } from '@luban-ci/git';
import { isSameRepository } from '../same-repository.ts';

/** Why a push stands for nothing to build, as far as its name tells; `undefined` when it does. */
export function skipReasonOfPush(
  { gitRef, revision, repoUrl }: { gitRef: string; revision: string; repoUrl: string },
  conventions: Conventions,
): string | undefined {
  if (/^0+$/.test(revision)) return `${gitRef || 'the ref'} was deleted`;
  if (gitRef !== '' && !/^refs\/(heads|tags)\/./.test(gitRef)) return `${gitRef} is neither a branch nor a tag`;
  const { path, repository } = parseRepositoryUrl(repoUrl);
  if (isNamedAsGitops(repository, conventions) || isRegisteredAsGitops(repoUrl, conventions))
    return `${path} is a GitOps repository`;
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
function isNamedAsGitops(repository: string, { config }: Conventions): boolean {
  const any = '\u0000';
  const parts = fillPattern(config.gitops_repository_pattern, { app: any, project: any })
    .split(any)
    .map((part) => RegExp.escape(part));
  return new RegExp(`^${parts.join('.+')}$`).test(repository);
}

function isRegisteredAsGitops(repoUrl: string, { applications }: Conventions): boolean {
  return applications.some(({ gitops }) => gitops !== undefined && isSameRepository(gitops, repoUrl));
}
