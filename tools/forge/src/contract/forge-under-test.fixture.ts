import { fixedClock } from '@luban-ci/testing';
import { expect } from 'vitest';
import { createForge } from '../create-forge.ts';
import type { Forge, ForgeProvider, RepositoryName } from '../forge.ts';
import { checkedFetch } from '../testing/checked-fetch.ts';
import { readDescription } from '../testing/find-operation.ts';

/** A forge that the suite may fill, with an organisation that the token may write to. */
export interface ForgeUnderTest extends AsyncDisposable {
  provider: ForgeProvider;
  baseUrl: string;
  /** Where its API begins in a path: `/api/v4`. */
  apiPath: string;
  token: string;
  owner: string;
  /**
   * Gives a repository that exists two branches by git: `main` with a commit, and `change/one` with one commit more.
   * Answers the ids of their tips.
   */
  seed(name: RepositoryName): Promise<{ main: string; change: string }>;
  /** Pushes one more commit to a branch. Answers its id, or `refused`. */
  push(name: RepositoryName, branch: string): Promise<string | 'refused'>;
  /** One of this forge that is not there yet, for forges where repositories belong to a project. */
  newOwner?: string;
  /** The text of a file at the tip of a branch. */
  fileAt(name: RepositoryName, branch: string, path: string): Promise<string | undefined>;
}

export interface GivenForge extends AsyncDisposable {
  under: ForgeUnderTest;
  forge: Forge;
  repository: RepositoryName;
}

export interface SeededForge extends GivenForge {
  tips: { main: string; change: string };
}

export const change = { source: 'change/one', target: 'main', title: 'Promote cart', body: 'One image.' };

/** A client whose every exchange is compared with the forge's description; what differed is an error at the end. */
export async function givenForge(start: () => Promise<ForgeUnderTest>): Promise<GivenForge> {
  const under = await start();
  const { provider, baseUrl, apiPath, token, owner } = under;
  const checked = checkedFetch(readDescription(provider), apiPath);
  const forge = await createForge(provider, { baseUrl, token, clock: fixedClock(), fetch: checked.fetch });
  return {
    under,
    forge,
    repository: { owner, repository: 'cart-service' },
    [Symbol.asyncDispose]: async () => {
      await under[Symbol.asyncDispose]();
      expect(checked.problems).toEqual([]);
    },
  };
}

export async function seededForge(start: () => Promise<ForgeUnderTest>): Promise<SeededForge> {
  const at = await givenForge(start);
  await at.forge.createRepository(at.repository, { description: '' });
  return { ...at, tips: await at.under.seed(at.repository) };
}
