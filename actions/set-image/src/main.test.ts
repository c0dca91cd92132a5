import { actionPlace } from '@luban-ci/bundle/action-place';
import { writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';

test('changes each file of the workspace that names the image and asks nobody', async () => {
  await using place = await actionPlace();
  await writeTree(place.workspace, {
    'kustomization.yaml': 'images:\n  - name: team/cart # ours\n    newTag: 1.0.0\n',
    'values.yaml': 'image: {repository: team/cart, tag: 1.0.0}\n',
  });

  const page = await place.run('set-image', { image: 'team/cart', imageTag: '1.1.0' });

  await expect(page).toMatchFileSnapshot('transcript.golden.txt');
});
