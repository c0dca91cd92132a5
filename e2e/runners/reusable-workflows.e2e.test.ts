import { hasProgram } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { stepIn } from './act-log.ts';
import { changedLines, placeholder } from './gitops-changes.ts';
import { exampleOf, runnerPlace } from './runner-place.ts';

/** Milliseconds for a dozen programs on a busy machine. */
const patience = { timeout: 240_000 };
const deliver = exampleOf('github/deliver.yml');
const deployAndPromote = exampleOf('github/deploy-and-promote.yml');
/** May read every repository, as the token of a run may, and write none. */
const reader = { name: 'reader', token: 'token-of-the-run' };

describe.skipIf(!hasProgram('act'))('on a runner', () => {
  test(
    'deliver: a push becomes an image and the sandbox’s, once, and its promotion is proposed',
    patience,
    async () => {
      await using at = await runnerPlace({ users: [reader] });
      const secrets = { ...at.secrets, GITHUB_TOKEN: reader.token };
      const first = await at.project.git('cart-service-gitops', ['rev-parse', 'develop']);

      const run = await at.push(deliver, { secrets });
      const again = await at.push(deliver, { secrets });

      const { digest } = stepIn(run, 'build').outputs;
      const jobs = { build: 'success', deploy: 'success', promote: 'success', tell: 'success' };
      expect([run.exitCode, run.jobs, again.exitCode, again.jobs]).toEqual([0, jobs, 0, jobs]);
      expect(stepIn(run, 'tell').said).toBe(`${at.image}:${at.revision}@${digest}\n`);
      expect(stepIn(run, 'promote').outputs).toMatchObject({ state: 'open', number: '1', digest });
      expect(stepIn(again, 'build').outputs).toMatchObject({ built: 'false', digest });
      expect(stepIn(again, 'deploy').outputs).toMatchObject({ changed: 'false', superseded: 'false' });
      expect(await at.project.git('cart-service-gitops', ['log', '--format=%s', `${first}..develop`])).toBe(
        `Deploy cart-service ${at.revision} to snd`,
      );
      expect(await changedLines(at.project, first, 'develop')).toEqual({
        'app/overlays/snd/kustomization.yaml': [...placeholder, `+    newTag: "${at.revision}"`],
      });
      for (const token of [at.project.place.token, reader.token]) expect(run.told).not.toContain(token);
    },
  );

  test('deploy and promote: an older push is superseded, and what the sandbox runs is released', patience, async () => {
    await using at = await runnerPlace({ users: [reader] });
    const secrets = { ...at.secrets, GITHUB_TOKEN: reader.token };
    const { repository } = at.event;
    const anHourBefore = { ...at.event, repository: { ...repository, pushed_at: repository.pushed_at - 3600 } };
    await at.push(deliver, { secrets });
    const first = await at.project.git('cart-service-gitops', ['rev-parse', 'main']);
    const sandbox = await at.project.git('cart-service-gitops', ['rev-parse', 'develop']);

    const run = await at.push(deployAndPromote, { secrets, event: anHourBefore });

    const { url, digest } = stepIn(run, 'promote').outputs;
    expect([run.exitCode, run.jobs]).toEqual([0, { deploy: 'success', promote: 'success', tell: 'success' }]);
    expect(stepIn(run, 'tell').said).toBe(`commit ${sandbox}, superseded true\npromotion merged ${url}\n`);
    expect(await at.project.git('cart-service-gitops', ['rev-parse', 'develop'])).toBe(sandbox);
    expect(await changedLines(at.project, first, 'main')).toEqual({
      'app/overlays/prd/kustomization.yaml': [
        ...placeholder,
        `+    newTag: "${at.revision}"`,
        `+    digest: ${digest}`,
      ],
    });
  });
});
