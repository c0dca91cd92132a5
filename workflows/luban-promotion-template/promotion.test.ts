import { localProject } from '@luban-ci/gitops-utils/testing';
import { describe, expect, test } from 'vitest';
import { endOf, outputsOf, podsOf } from '../nodes-of.ts';

/** Milliseconds for a handful of pods on a busy machine. */
const patience = 120_000;
const template = 'luban-promotion-template';
const parameters = { project_name: 'payment', app_name: 'cart-service' };

describe('the promotion', { timeout: patience }, () => {
  test('whose pull request failed half-way is completed by the next run, and the one after that has nothing to do', async () => {
    await using project = await localProject();
    await project.run('luban-ci-kpack-template', { ...parameters, repo_url: project.place.sourceUrl });
    const revision = await project.git('cart-service', ['rev-parse', 'main']);
    const main = await project.git('cart-service-gitops', ['rev-parse', 'main']);
    project.proxy.setFault(({ method, target }) =>
      method === 'POST' && target.includes('/pulls') ? { status: 403 } : undefined,
    );

    const failed = await project.run(template, parameters);
    const branch = 'luban/promote-cart-service-prd';
    const proposed = () => project.git('cart-service-gitops', ['log', '--format=%s', `main..${branch}`]);
    const half = await proposed();
    project.proxy.setFault(undefined);
    const completed = await project.run(template, parameters);
    const before = await project.snapshot();
    const again = await project.run(template, parameters);

    expect(endOf(failed)[0]).toBe('Failed');
    expect(podsOf(failed)).toEqual(['promote(0) Failed']);
    expect(project.said()).toMatch(/^Opening a pull request from .* failed: .*403/m);
    const subject = `Promote cart-service ${revision} to prd`;
    expect([half, await proposed()]).toEqual([subject, subject]);
    expect(outputsOf(completed, 'promote')).toMatchObject({ number: '1', state: 'open', changed: 'true' });
    expect(outputsOf(again, 'promote')).toEqual({ ...outputsOf(completed, 'promote'), changed: 'false' });
    expect(await project.snapshot()).toEqual(before);
    expect(await project.git('cart-service-gitops', ['rev-parse', 'main'])).toBe(main);
  });

  test('is refused while the sandbox runs the placeholder', async () => {
    await using project = await localProject();
    const before = await project.snapshot();

    const early = await project.run(template, parameters);

    expect(endOf(early)[0]).toBe('Failed');
    expect(podsOf(early)).toEqual(['promote(0) Failed']);
    expect(project.said()).toMatch(/^snd still runs the placeholder .*\n→ Deploy /m);
    expect(await project.snapshot()).toEqual(before);
  });
});
