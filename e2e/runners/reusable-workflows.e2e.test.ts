import { hasProgram } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { stepIn } from './act-log.ts';
import { exampleOf, runnerPlace } from './runner-place.ts';

/** Milliseconds for a dozen programs on a busy machine. */
const patience = 240_000;
/** May read every repository, as the token of a run may, and write none. */
const reader = { name: 'reader', token: 'token-of-the-run' };
const placeholder = ['-    newName: quay.io/luban-ci/luban-hello-world-py', '-    newTag: "latest"'];

test.skipIf(!hasProgram('act'))(
  'deliver: a push becomes an image, the image the sandbox’s, and its promotion is proposed',
  {
    timeout: patience,
  },
  async () => {
    await using at = await runnerPlace({ users: [reader] });
    const secrets = { ...at.secrets, GITHUB_TOKEN: reader.token };
    const first = await at.project.git('cart-service-gitops', ['rev-parse', 'develop']);

    const run = await at.push(exampleOf('github/deliver.yml'), { secrets });
    const again = await at.push(exampleOf('github/deliver.yml'), { secrets });

    const { digest } = stepIn(run, 'build').outputs;
    const jobs = { build: 'success', deploy: 'success', promote: 'success', tell: 'success' };
    expect([run.exitCode, run.jobs, again.exitCode, again.jobs]).toEqual([0, jobs, 0, jobs]);
    expect(stepIn(run, 'tell').said).toBe(`${at.image}:${at.revision}@${digest}\n`);
    expect(await at.changedLines(first, 'develop')).toEqual({
      'app/overlays/snd/kustomization.yaml': [...placeholder, `+    newTag: "${at.revision}"`],
    });
    expect(stepIn(run, 'promote').outputs).toMatchObject({ state: 'open', number: '1', digest });
    expect(stepIn(again, 'build').outputs).toMatchObject({ built: 'false', digest });
    expect(stepIn(again, 'deploy').outputs).toMatchObject({ changed: 'false', superseded: 'false' });
    expect(await at.project.git('cart-service-gitops', ['log', '--format=%s', `${first}..develop`])).toBe(
      `Deploy cart-service ${at.revision} to snd`,
    );
    for (const token of [at.project.place.token, reader.token]) expect(run.told).not.toContain(token);
  },
);

test.skipIf(!hasProgram('act'))(
  'deploy and promote: an older push is superseded, and what the sandbox runs reaches production',
  {
    timeout: patience,
  },
  async () => {
    await using at = await runnerPlace({ users: [reader] });
    const secrets = { ...at.secrets, GITHUB_TOKEN: reader.token };
    await at.push(exampleOf('github/deliver.yml'), { secrets });
    const before = await at.project.git('cart-service-gitops', ['rev-parse', 'develop']);
    const hourAgo = {
      ...at.event,
      repository: { ...at.event.repository, pushed_at: at.event.repository.pushed_at - 3600 },
    };

    const run = await at.push(exampleOf('github/deploy-and-promote.yml'), { secrets, event: hourAgo });

    const { url } = stepIn(run, 'promote').outputs;
    expect([run.exitCode, run.jobs]).toEqual([0, { deploy: 'success', promote: 'success', tell: 'success' }]);
    expect(stepIn(run, 'tell').said).toBe(`commit ${before}, superseded true\npromotion merged ${url}\n`);
    expect(await at.project.git('cart-service-gitops', ['rev-parse', 'develop'])).toBe(before);
  },
);
