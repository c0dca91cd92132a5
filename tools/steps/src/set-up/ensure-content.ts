import { type Files, unifiedDiff } from '@luban-ci/edits';
import type { ForgeRepository } from '@luban-ci/forge';
import type { Person } from '@luban-ci/git';
import { type Ensured, showDifference } from '@luban-ci/kube';
import { type RepositorySetUp, setUpMessage, shownAs, titleOf } from './repository-set-up.ts';

export interface WantedContent {
  /** The first one is made first, and the others from it. */
  branches: readonly string[];
  /** For an empty repository. */
  files: Files;
  message: string;
  author?: Person;
}

export interface ContentEnsured {
  outcomes: Ensured[];
  /** Branches that were not there before; in a dry run they still are not. */
  missing: string[];
  /** Whether there was nothing at all, so that everything is as the files say. */
  wasEmpty: boolean;
}

/**
 * The first commit of an empty repository, and branches that are not there, cut from the one that clones start with.
 * What somebody pushed is never replaced.
 */
export async function ensureContent(
  setUp: RepositorySetUp,
  repository: ForgeRepository | undefined,
  { branches, files, message, author }: WantedContent,
): Promise<ContentEnsured> {
  const present = repository === undefined ? [] : await branchesOf(setUp);
  const missing = branches.filter((branch) => !present.includes(branch));
  const told = (branch: string, outcome: Ensured['outcome'], diff = ''): Ensured => ({
    name: `Branch ${titleOf(setUp)}/${branch}`,
    outcome,
    diff,
  });
  const isEmpty = present.length === 0;
  if (missing.length === 0)
    return { missing, wasEmpty: isEmpty, outcomes: branches.map((branch) => told(branch, 'unchanged')) };
  const filled: Files = isEmpty ? files : new Map();
  const start = present.find((branch) => branch === repository?.defaultBranch) ?? present[0];
  if (!setUp.dryRun) {
    const all = start === undefined ? branches : [start, ...branches.filter((branch) => branch !== start)];
    const text = setUpMessage(message, setUp.mark);
    await setUp.git.pushInitial({
      ...{ url: setUp.url, branches: all, files: filled, message: text },
      ...(author === undefined ? {} : { author }),
    });
  }
  const outcomes = branches.map((branch, at) => {
    if (!missing.includes(branch)) return told(branch, 'unchanged');
    if (isEmpty && at === 0) return told(branch, 'created', unifiedDiff(new Map(), filled));
    const from = { from: start ?? branches[0] };
    return told(branch, 'created', showDifference(shownAs('Branch', setUp, branch), undefined, from));
  });
  return { missing, wasEmpty: isEmpty, outcomes };
}

/** Short names of all branches; none in an empty repository. */
export async function branchesOf({ git, url }: Pick<RepositorySetUp, 'git' | 'url'>): Promise<string[]> {
  const refs = await git.listRefs(url);
  return refs.flatMap(({ ref }) => (ref.startsWith('refs/heads/') ? [ref.slice('refs/heads/'.length)] : []));
}
