import { actionPlace } from '@luban-ci/bundle/action-place';
import { expect, test } from 'vitest';

test('fetches one commit into the workspace, with a token that it never tells', async () => {
  await using place = await actionPlace();
  const { url, commit } = await place.repository('cart-service', { 'README.md': 'A cart.\n' });

  const page = await place.run('checkout', { repoUrl: url, ref: commit, path: 'source' });

  await expect(page).toMatchFileSnapshot('transcript.golden.txt');
});
