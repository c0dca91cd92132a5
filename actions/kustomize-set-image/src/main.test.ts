import { actionPlace } from '@luban-ci/bundle/action-place';
import { writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';

test('changes one line in the workspace and asks nobody', async () => {
  await using place = await actionPlace();
  await writeTree(place.workspace, { 'kustomization.yaml': 'images:\n  - name: cart # ours\n    newTag: 1.0.0\n' });

  const page = await place.run('kustomize-set-image', { image: 'cart', imageTag: '1.1.0' });

  await expect(page).toMatchFileSnapshot('transcript.golden.txt');
});
