import { InputError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { createConventions } from './conventions.ts';
import { parseLubanConfig } from './luban-config.ts';

const cart = { project: 'payment', app: 'cart-service' };

test('an empty configuration gives the names of the seed', () => {
  const names = createConventions(parseLubanConfig({}));

  expect({
    environments: names.config.environments,
    application: names.argocdApplicationOf('snd', cart),
    project: names.argocdProjectOf('prd', 'payment'),
    namespace: names.namespaceOf('prd', 'payment'),
    builds: names.buildNamespaceOf('payment'),
    gitops: names.gitopsRepositoryOf(cart),
    image: names.imageOf(cart),
    branches: [names.branchOf('snd'), names.branchOf('prd')],
    overlay: names.overlayOf('snd', cart),
    next: [names.environmentAfter('snd'), names.environmentAfter('prd')],
  }).toEqual({
    environments: ['snd', 'prd'],
    application: 'snd-cart-service',
    project: 'prd-payment',
    namespace: 'prd-payment',
    builds: 'snd-payment',
    gitops: 'cart-service-gitops',
    image: 'quay.io/payment/cart-service',
    branches: ['develop', 'main'],
    overlay: 'app/overlays/snd',
    next: ['prd', undefined],
  });
});

test('patterns and environments of the configuration are followed', () => {
  const config = parseLubanConfig({
    environments: '["dev","stage","prd"]',
    application_pattern: '<env>-<project>-<app>',
    overlay_pattern: 'apps/<project>/<app>/overlays/<env>',
    build_namespace_pattern: 'ci-<project>',
    registry_server: 'harbor.example.com',
  });
  const names = createConventions(config);

  expect(names.argocdApplicationOf('stage', cart)).toBe('stage-payment-cart-service');
  expect(names.buildNamespaceOf('payment')).toBe('ci-payment');
  expect(names.overlayOf('stage', cart)).toBe('apps/payment/cart-service/overlays/stage');
  expect(names.environmentAfter('dev')).toBe('stage');
  expect(names.imageOf(cart)).toBe('harbor.example.com/payment/cart-service');
});

test('a name that Kubernetes would refuse is refused here, with its length', () => {
  const names = createConventions(parseLubanConfig({}));

  expect(() => names.namespaceOf('snd', 'x'.repeat(80))).toThrow(/84 characters.*at most 63/);
  expect(() => names.namespaceOf('snd', '../x')).toThrow(InputError);
  expect(() => names.namespaceOf('test', 'payment')).toThrow(
    'There is no environment "test"; luban-config lists snd, prd',
  );
});
