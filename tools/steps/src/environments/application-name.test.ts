import { createConventions, parseLubanConfig } from '@luban-ci/conventions';
import { expect, test } from 'vitest';
import { applicationOf } from './application-name.ts';

const registered = [
  {
    project: 'payment',
    app: 'basket',
    source: 'https://git.example/team/basket.git',
    gitops: 'https://git.example/ops/everything.git',
  },
];

test.each([
  ['https://git.example/team/cart-gitops.git', 'cart', '<app>-gitops'],
  ['https://git.example/team/cart-gitops/', 'cart', '<app>-gitops'],
  ['git@git.example:team/cart-gitops.git', 'cart', '<app>-gitops'],
  ['https://git.example/team/-gitops', '-gitops', '<app>-gitops'],
  ['https://git.example/team/platform', 'platform', '<app>-gitops'],
  ['https://git.example/team/deploy-payment-cart', 'payment-cart', 'deploy-<app>'],
  ['https://git.example/ops/Everything', 'basket', '<app>-gitops'],
])('the repository %s is of %s where names are %s', (url, application, pattern) => {
  const conventions = createConventions(parseLubanConfig({ gitops_repository_pattern: pattern }), registered);

  expect(applicationOf(url, conventions)).toBe(application);
});
