import { expect, test } from 'vitest';
import { inStyle, toCamelCase } from './name-style.ts';

test('a contract name is spelt the way each host spells it, and back', () => {
  const spelt = (['kebab', 'snake', 'screaming-snake'] as const).map((style) => inStyle('gitopsRepoUrl', style));

  expect(spelt).toEqual(['gitops-repo-url', 'gitops_repo_url', 'GITOPS_REPO_URL']);
  expect(spelt.map(toCamelCase)).toEqual(['gitopsRepoUrl', 'gitopsRepoUrl', 'gitopsRepoUrl']);
});
