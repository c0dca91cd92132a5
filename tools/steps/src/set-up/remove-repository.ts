import type { Git } from '@luban-ci/git';
import { type Mark, type Removed, showDifference } from '@luban-ci/kube';
import { descriptionOf, isSetUpMessage, type RepositorySetUp, shownAs, titleOf } from './repository-set-up.ts';

/** A repository goes when set-up made it and nobody has done anything in it since; work is nobody's to lose. */
export async function removeRepository(setUp: RepositorySetUp): Promise<Removed> {
  const { forge, name, dryRun } = setUp;
  const found = await forge.getRepository(name);
  const told = (outcome: Removed['outcome'], why = '', diff = ''): Removed => ({
    name: `Repository ${titleOf(setUp)}${why}`,
    outcome,
    diff,
  });
  if (found === undefined) return told('absent');
  if (!forge.features.repositoryDescription)
    return told('foreign', ` (${forge.provider} keeps no word of who made it)`);
  const { description } = found;
  if (description !== descriptionOf(setUp)) return told('foreign');
  const work = await workIn(setUp);
  if (work !== undefined) return told('foreign', ` (it holds work: ${work})`);
  if (!dryRun) await forge.deleteRepository(name);
  const before = { private: found.private, description };
  return told('removed', '', showDifference(shownAs('Repository', setUp), before, undefined));
}

/** What somebody else than set-up has committed, one example of it; `undefined` where there is none. */
async function workIn({ git, url, mark }: RepositorySetUp): Promise<string | undefined> {
  const refs = await git.listRefs(url);
  const tips = refs.filter(({ ref }) => /^refs\/(?:heads|tags)\//.test(ref)).map(({ commit }) => commit);
  return firstOtherCommit({ git, url, mark }, [...new Set(tips)]);
}

/** Goes back from the tips, and no further than to the first commit that is not set-up's. */
async function firstOtherCommit(
  place: { git: Git; url: string; mark: Mark },
  tips: readonly string[],
): Promise<string | undefined> {
  const known = new Set(tips);
  const waiting = [...tips];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    const { commit, message, parents } = await place.git.readCommit(place.url, id);
    if (!isSetUpMessage(message, place.mark)) return `${commit.slice(0, 12)} ${message.split('\n')[0]}`;
    const further = parents.filter((each) => !known.has(each));
    for (const each of further) known.add(each);
    waiting.push(...further);
  }
  return undefined;
}
