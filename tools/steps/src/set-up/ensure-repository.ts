import type { ForgeRepository } from '@luban-ci/forge';
import { type Ensured, showDifference } from '@luban-ci/kube';
import { descriptionOf, type RepositorySetUp, shownAs, titleOf } from './repository-set-up.ts';

/** A repository on the forge, private and empty where it is new. In a dry run one that is not there is `undefined`. */
export async function ensureRepository(
  setUp: RepositorySetUp,
): Promise<{ repository: ForgeRepository | undefined; ensured: Ensured }> {
  const { forge, name, dryRun } = setUp;
  const found = await forge.getRepository(name);
  const title = `Repository ${titleOf(setUp)}`;
  if (found !== undefined) return { repository: found, ensured: { name: title, outcome: 'unchanged', diff: '' } };
  const description = descriptionOf(setUp);
  const diff = showDifference(shownAs('Repository', setUp), undefined, { private: true, description });
  const ensured: Ensured = { name: title, outcome: 'created', diff };
  if (dryRun) return { repository: undefined, ensured };
  const { value } = await forge.createRepository(name, { description });
  return { repository: value, ensured };
}
