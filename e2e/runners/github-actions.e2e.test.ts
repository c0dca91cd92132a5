import { hasProgram } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { stepIn } from './act-log.ts';
import { deliveryIn, expectedDelivery } from './gitops-changes.ts';
import { exampleOf, runnerPlace } from './runner-place.ts';

/** Milliseconds for two dozen programs on a busy machine. */
const patience = { timeout: 240_000 };
const everyAction = exampleOf('github/every-action.yml');
const failingSteps = exampleOf('github/failing-steps.yml');
const echoStep = import.meta.resolve('../../tools/hosts/src/conformance/run-echo.ts');
const refs = ['for-each-ref', '--format=%(refname) %(objectname)'];

describe.skipIf(!hasProgram('act'))('on a runner', () => {
  test('every action does its work in a job, and hands its outputs to the next', patience, async () => {
    await using at = await runnerPlace();
    const { place } = at.project;

    const run = await at.push(everyAction);

    expect(run.steps.filter(({ result }) => result !== 'success')).toEqual([]);
    const jobs = ['image', 'sandbox', 'set-up', 'by-hand', 'questions'].map((job) => [job, 'success']);
    expect([run.exitCode, run.jobs]).toEqual([0, Object.fromEntries(jobs)]);
    const application = ['registry', 'project', 'namespace', 'gitops', 'sources', 'application'];
    const setUp = [...application, 'password', 'platform', 'location', 'infra', 'overlay', 'configuration'];
    expect(setUp.map((id) => stepIn(run, id).outputs['changed'])).toEqual(setUp.map(() => 'true'));
    expect(stepIn(run, 'owner').outputs).toMatchObject({ 'repository-owner': 'metasync', changed: 'false' });
    const { digest } = stepIn(run, 'build').outputs;
    expect(stepIn(run, 'build').outputs).toEqual({
      ...{ image: at.image, 'image-tag': '1.0.0', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      ...{ revision: at.revision, built: 'true', changed: 'true' },
    });
    expect(stepIn(run, 'newest').outputs['reference']).toBe(`${at.image}:1.0.0@${digest}`);
    expect(stepIn(run, 'told').said).toBe(`luban-ci/pipeline is success on ${at.revision}\n`);
    expect(stepIn(run, 'back').outputs).toMatchObject({ 'image-tag': '1.0.0', digest });
    expect(stepIn(run, 'promote').outputs).toMatchObject({ state: 'merged', number: '1', digest });
    expect(stepIn(run, 'again').outputs).toMatchObject({ phase: 'Succeeded', namespace: 'snd-payment' });
    expect(stepIn(run, 'propose').outputs).toMatchObject({ state: 'open', number: '2' });
    expect(stepIn(run, 'verify').outputs).toMatchObject({ sound: 'true', findings: '[]' });
    expect(await deliveryIn(at.project)).toEqual(expectedDelivery(at.project, digest));
    expect(run.told).toContain(at.image);
    expect(run.told).not.toContain(place.token);
  });

  test('a step that fails says what is wrong and fails its job, and changes nothing', patience, async () => {
    await using at = await runnerPlace();
    const before = await at.project.git('cart-service-gitops', refs);
    const variables = { ...at.variables, ...{ NOBODY: 'http://127.0.0.1:9', TOKEN_THAT_NOBODY_CALLED_A_SECRET: 'x' } };

    const run = await at.push(failingSteps, { variables });

    const ofJob = (job: string) => run.steps.filter((step) => step.job === job && step.id !== '0');
    const ends = (job: string) => ofJob(job).map(({ id, result, exitCode }) => [id, result, exitCode]);
    const annotation = (job: string) => ofJob(job)[0]?.annotations[0];
    expect([run.exitCode, run.jobs]).toEqual([
      1,
      { 'bad-input': 'failure', refused: 'failure', away: 'failure', 'dry-run': 'failure' },
    ]);
    expect([...ends('bad-input'), ...ends('refused'), ...ends('away')]).toEqual([
      ['deploy', 'failure', 2],
      ['afterwards', 'success', 0],
      ['deploy', 'failure', 1],
      ['deploy', 'failure', 75],
    ]);
    expect(annotation('bad-input')).toBe(
      'error: deploy-image cannot use 2 of its inputs\n' +
        '  project-name  expected lower-case letters, digits and hyphens, with a letter or digit at both ends\n' +
        '  digest        expected sha256: and 64 hexadecimal digits',
    );
    expect(stepIn(run, 'afterwards').said).toBe('deployment ended with failure\n');
    expect(annotation('refused')).toContain(
      'the server refused access (HTTP 401)\n→ Check the user name and the token',
    );
    expect(annotation('away')).toContain('the server cannot be reached or is busy');
    expect(await at.project.git('cart-service-gitops', refs)).toBe(before);
  });

  test('a dry run shows its diff in the job summary, and a token is hidden by who got it', patience, async () => {
    await using at = await runnerPlace();
    const before = await at.project.git('cart-service-gitops', refs);
    const variables = { ...at.variables, TOKEN_THAT_NOBODY_CALLED_A_SECRET: at.project.place.token };

    const run = await at.push(failingSteps, { job: 'dry-run', masks: true, variables, secrets: {} });

    const { outputs, summary } = stepIn(run, 'deploy');
    expect([run.exitCode, outputs['changed']]).toEqual([0, 'false']);
    expect(summary).toContain(`<h3>deploy-image</h3>\n${at.image}:1.0.0 would land in snd`);
    expect(summary).toContain('-    newTag: "latest"\n+    newTag: "1.0.0"\n</code></pre>');
    expect(stepIn(run, 'afterwards').said).toBe('the token is ***\n');
    expect(await at.project.git('cart-service-gitops', refs)).toBe(before);
  });

  test('the job of our own gate that uses an action as everybody does ends well', patience, async () => {
    await using at = await runnerPlace();

    const run = await at.push(exampleOf('../../.github/workflows/ci.yml'), { job: 'actions' });

    expect([run.exitCode, run.jobs]).toEqual([0, { actions: 'success' }]);
    expect(stepIn(run, 'set').outputs).toMatchObject({ 'image-tag': '1.1.0', changed: 'true' });
  });

  test(
    'groups fold up, how a step ended is outside of them, and no text that it tells is a command',
    patience,
    async () => {
      await using at = await runnerPlace();

      const run = await at.push(exampleOf('github/groups.yml'), { variables: { ECHO_STEP: echoStep } });

      const groups = '▸ Echo\nhello a word with no token\n◂\nand was issued ***\n▸ Last\nthe last thing it says\n◂\n';
      const [done, failed] = [stepIn(run, 'done'), stepIn(run, 'failed')];
      expect([done.result, done.said]).toEqual(['success', `${groups}said back a word\n`]);
      const hostile = stepIn(run, 'hostile');
      expect([hostile.result, hostile.annotations]).toEqual(['success', []]);
      expect(hostile.said).toContain("::error::nobody's error\n##[warning]nobody's warning");
      expect(hostile.summary).toContain('&lt;b&gt;bold&lt;/b&gt;');
      expect([failed.result, failed.exitCode, failed.said]).toEqual(['failure', 75, groups]);
      expect(failed.annotations).toEqual(['error: the other side is away']);
    },
  );
});
