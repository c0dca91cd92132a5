import { localProject } from '@luban-ci/gitops-utils/testing';
import { expect, test } from 'vitest';
import { endOf, podsOf } from './nodes-of.ts';

/** Milliseconds for two dozen pods on a busy machine. */
const patience = 300_000;
/** With this the clients inside the steps try again at once. */
const headers = { 'retry-after': '0' };
const application = { project_name: 'payment', app_name: 'cart-service' };
const refs = ['for-each-ref', '--format=%(refname) %(objectname)'];
const attempts = [0, 1, 2, 3, 4];

test('a registry that keeps failing ends the pipeline with a clear error, and nothing is half-written', {
  timeout: patience,
}, async () => {
  await using project = await localProject();
  const parameters = { ...application, repo_url: project.place.sourceUrl };
  const before = await project.git('cart-service-gitops', refs);
  project.proxy.setFault(({ method, target }) =>
    method === 'PUT' && target.includes('/cart-service/manifests/') ? { status: 500, headers } : undefined,
  );

  const failed = await project.run('luban-ci-kpack-template', parameters);
  const images = Object.keys(await project.snapshot()).filter((path) => /payment.*(manifests|tags)/.test(path));
  const after = await project.git('cart-service-gitops', refs);
  project.proxy.setFault(undefined);
  const repaired = await project.run('luban-ci-kpack-template', parameters);

  expect(endOf(failed)[0]).toBe('Failed');
  expect(podsOf(failed)).toEqual([
    ...attempts.map((attempt) => `build-image(${attempt}) Failed`),
    'report-status(0) Succeeded',
  ]);
  expect(project.clock.slept).toEqual([5000, 10_000, 20_000, 40_000]);
  expect(project.said()).toMatch(/^Writing .*\/payment\/cart-service@sha256:\w+ failed: the registry answered 500$/m);
  expect([images, after]).toEqual([[], before]);
  expect(endOf(repaired)).toEqual(['Succeeded', undefined]);
});

test('a forge that keeps saying 429 fails the promotion, and the next run completes it', {
  timeout: patience,
}, async () => {
  await using project = await localProject();
  await project.run('luban-ci-kpack-template', { ...application, repo_url: project.place.sourceUrl });
  const main = await project.git('cart-service-gitops', ['rev-parse', 'main']);
  project.proxy.setFault(({ method, target }) =>
    method === 'POST' && target.includes('/pulls') ? { status: 429, headers } : undefined,
  );

  const failed = await project.run('luban-promotion-template', application);
  project.proxy.setFault(undefined);
  const completed = await project.run('luban-promotion-template', application);

  expect(podsOf(failed)).toEqual(attempts.map((attempt) => `promote(${attempt}) Failed`));
  expect(project.said()).toMatch(/^Opening a pull request from .* failed: the forge answered 429\n→ The forge limits/m);
  expect(endOf(completed)).toEqual(['Succeeded', undefined]);
  expect(await project.git('cart-service-gitops', ['rev-parse', 'main'])).toBe(main);
});
