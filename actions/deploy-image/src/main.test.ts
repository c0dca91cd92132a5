import { actionPlace } from '@luban-ci/bundle/action-place';
import { expect, test } from 'vitest';

test('lands one changed line in the overlay of the environment', async () => {
  await using place = await actionPlace();
  const { url } = await place.repository('cart-service-gitops', {
    'app/overlays/snd/kustomization.yaml':
      'images:\n  - name: quay.io/payment/cart-service\n    newTag: 1.0.0 # set by CI\n',
  });

  const page = await place.run('deploy-image', {
    gitopsRepoUrl: url,
    projectName: 'payment',
    appName: 'cart-service',
    image: 'quay.io/payment/cart-service',
    imageTag: '1.1.0',
    orderKey: '2026-01-02T03:04:05Z',
  });

  await expect(page).toMatchFileSnapshot('transcript.golden.txt');
});
