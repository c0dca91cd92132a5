import { expect, test } from 'vitest';
import type { Deployment } from '../environments/deployments.ts';
import { waitingPromotions } from './waiting-promotions.ts';

const order = ['snd', 'tst', 'prd'];
const at = (environment: string, more: Partial<Deployment & { repository: string }>) => ({
  ...{ repository: 'r', application: 'cart', environment, folder: environment, image: 'x/cart' },
  ...{ state: 'deployed' as const, ...more },
});
const said = (...deployments: ReturnType<typeof at>[]): string[] =>
  waitingPromotions(deployments, order).map(({ sentence }) => sentence);

test('each environment is compared with the one before it', () => {
  const sentences = said(
    at('snd', { tag: '3' }),
    at('tst', { tag: '2', since: '2026-01-01' }),
    at('prd', { tag: '1' }),
  );

  expect(sentences).toEqual(['cart: snd has 3, and tst has 2', 'cart: tst has 2 since 2026-01-01, and prd has 1']);
});

test('the digest decides where both have one: another tag of the same image waits for nothing', () => {
  expect(said(at('snd', { tag: 'abc', digest: 'd1' }), at('tst', { tag: '1.0.0', digest: 'd1' }))).toEqual([]);
  expect(said(at('snd', { tag: '1', digest: 'd2' }), at('tst', { tag: '1', digest: 'd1' }))).toHaveLength(1);
});

test('nothing waits in other applications, other repositories, by hand, or where nothing is set up', () => {
  const sentences = said(
    at('snd', { tag: '3' }),
    at('tst', { tag: '2', application: 'shop' }),
    at('tst', { tag: '2', repository: 'other' }),
    at('tst', { tag: '2', image: 'x/sidecar' }),
    at('prd', { tag: '1' }),
    at('snd', { tag: '9', application: 'shop', state: 'by hand' }),
  );

  expect(sentences).toEqual([]);
});

test('a placeholder waits for its first version', () => {
  const placeholder = at('tst', { tag: 'latest', image: 'placeholder', state: 'placeholder' });

  expect(said(at('snd', { tag: '1' }), placeholder)).toEqual(['cart: snd has 1, and tst has nothing yet']);
});
