import { expect, test } from 'vitest';
import { overlayPlace } from './overlay-place.ts';

test.each([
  ['app/overlays/snd', { environment: 'snd', application: undefined }],
  ['apps/cart/overlays/prd', { environment: 'prd', application: 'cart' }],
  ['envs/snd/cart', { environment: 'snd', application: 'cart' }],
  ['snd', { environment: 'snd', application: undefined }],
  ['team-a/cart/snd', { environment: 'snd', application: 'cart' }],
  ['prd/cart/overlays/snd', { environment: 'snd', application: 'cart' }],
  ['app/base', undefined],
  ['app/overlays/sandbox', undefined],
  ['', undefined],
])('the folder %j is about %j', (folder, expected) => {
  expect(overlayPlace(folder, ['snd', 'prd'])).toEqual(expected);
});
