import { actionPlace } from '@luban-ci/bundle/action-place';
import { expect, test } from 'vitest';

test('opens the pull request between two branches', async () => {
  await using place = await actionPlace();
  const { url } = await place.repository('cart-service-gitops', { 'replicas.txt': '1\n' });
  await place.branch(url, 'raise-replicas', { 'replicas.txt': '3\n' });

  const page = await place.run('open-pull-request', {
    repoUrl: url,
    gitProvider: 'gitea',
    sourceBranch: 'raise-replicas',
    targetBranch: 'develop',
    title: 'Run three replicas',
  });

  await expect(page).toMatchFileSnapshot('transcript.golden.txt');
});
