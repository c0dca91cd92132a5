import { actionPlace } from '@luban-ci/bundle/action-place';
import { expect, test } from 'vitest';

test('sets the status of a commit on the forge', async () => {
  await using place = await actionPlace();
  const { url, commit } = await place.repository('cart-service', { 'README.md': 'A cart.\n' });

  const page = await place.run('report-status', {
    repoUrl: url,
    gitProvider: 'gitea',
    revision: commit,
    state: 'Succeeded',
    description: 'It runs in the sandbox',
  });

  await expect(page).toMatchFileSnapshot('transcript.golden.txt');
});
