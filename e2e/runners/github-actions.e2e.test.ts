import { readFile } from 'node:fs/promises';
import { hasProgram } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { stepIn } from './act-log.ts';
import { actionNames, exampleOf, type RunnerPlace, runnerPlace } from './runner-place.ts';

/** Milliseconds for two dozen programs on a busy machine. */
const patience = 240_000;
const everyAction = exampleOf('github/every-action.yml');
const failingSteps = exampleOf('github/failing-steps.yml');
const refs = ['for-each-ref', '--format=%(refname) %(objectname)'];

test('the example of all actions uses every action that there is', async () => {
  const text = await readFile(everyAction, 'utf8');

  const used = [...text.matchAll(/uses: \.\/actions\/(\S+)/g)].map(([, name]) => name ?? '');

  expect([...new Set(used)].sort()).toEqual(await actionNames());
});

test.skipIf(!hasProgram('act'))(
  'every action does its work in a job, and hands its outputs to the next',
  { timeout: patience },
  async () => {
    await using at = await runnerPlace();
    const { place } = at.project;

    const run = await at.push(everyAction);

    expect(run.steps.filter(({ result }) => result !== 'success')).toEqual([]);
    expect([run.exitCode, run.jobs]).toEqual([
      0,
      { image: 'success', sandbox: 'success', 'by-hand': 'success', questions: 'success' },
    ]);
    const { digest } = stepIn(run, 'build').outputs;
    expect(stepIn(run, 'build').outputs).toEqual({
      ...{ image: at.image, 'image-tag': '1.0.0', digest: expect.stringMatching(/^sha256:[0-9a-f]{64}$/) },
      ...{ revision: at.revision, built: 'true', changed: 'true' },
    });
    expect(stepIn(run, 'newest').outputs['reference']).toBe(`${at.image}:1.0.0@${digest}`);
    expect(stepIn(run, 'back').outputs).toMatchObject({ 'image-tag': '1.0.0', digest });
    expect(stepIn(run, 'promote').outputs).toMatchObject({ state: 'merged', number: '1', digest });
    expect(stepIn(run, 'again').outputs).toMatchObject({ phase: 'Succeeded', namespace: 'snd-payment' });
    expect(stepIn(run, 'propose').outputs).toMatchObject({ state: 'open', number: '2' });
    expect(stepIn(run, 'verify').outputs).toMatchObject({ sound: 'true', findings: '[]' });
    expect(stepIn(run, 'told').said).toBe(`luban-ci/pipeline is success on ${at.revision}\n`);
    expect(place.token).not.toBe('');
    expect(run.told).not.toContain(place.token);
    await expectTheDelivery(at, digest);
  },
);

/** In the GitOps repository: one commit for each request, and of its files the lines of the image alone. */
async function expectTheDelivery(at: RunnerPlace, digest: string | undefined): Promise<void> {
  const log = await at.project.git('cart-service-gitops', ['log', '--reverse', '--format=%h %an: %s', 'develop']);
  const [first = '', ...landed] = log.split('\n').map((line) => line.split(/ (.*)/));
  expect(landed.map(([, said]) => said)).toEqual([
    'nektos/act: Deploy cart-service 1.0.0 to snd',
    'nektos/act: Deploy cart-service 1.1.0 to snd',
    'nektos/act: Roll cart-service back to 1.0.0 in snd',
  ]);
  const placeholder = ['-    newName: quay.io/luban-ci/luban-hello-world-py', '-    newTag: "latest"'];
  expect(await at.changedLines(`${first[0]}`, 'develop')).toEqual({
    'app/overlays/snd/kustomization.yaml': [...placeholder, '+    newTag: "1.0.0"'],
  });
  expect(await at.changedLines(`${first[0]}`, 'main')).toEqual({
    'app/overlays/prd/kustomization.yaml': [...placeholder, '+    newTag: "1.0.0"', `+    digest: ${digest}`],
  });
  expect(await at.changedLines('main', 'try-1.0.1')).toEqual({
    'app/base/deployment.yaml': [`-          image: ${at.image}`, `+          image: ${at.image}:1.0.1`],
    'app/overlays/prd/kustomization.yaml': ['-    newTag: "1.0.0"', `-    digest: ${digest}`, '+    newTag: "1.0.1"'],
  });
}

test.skipIf(!hasProgram('act'))(
  'a step that fails says what is wrong and fails its job, and changes nothing',
  { timeout: patience },
  async () => {
    await using at = await runnerPlace();
    const { place, git } = at.project;
    const before = await git('cart-service-gitops', refs);
    const unknown = { NOBODY: 'http://127.0.0.1:9', TOKEN_THAT_NOBODY_CALLED_A_SECRET: place.token };

    const run = await at.push(failingSteps, { masks: true, variables: { ...at.variables, ...unknown } });

    const ofJob = (job: string) => run.steps.filter((step) => step.job === job && step.id !== '0');
    const ends = (job: string) => ofJob(job).map(({ id, result, exitCode }) => [id, result, exitCode]);
    expect([run.exitCode, run.jobs]).toEqual([
      1,
      { 'bad-input': 'failure', refused: 'failure', away: 'failure', 'dry-run': 'success' },
    ]);
    expect(ends('bad-input')).toEqual([
      ['deploy', 'failure', 2],
      ['afterwards', 'success', 0],
    ]);
    expect(ofJob('bad-input')[0]?.annotations).toEqual([
      'error: deploy-image cannot use 2 of its inputs\n' +
        '  project-name  expected lower-case letters, digits and hyphens, with a letter or digit at both ends\n' +
        '  digest        expected sha256: and 64 hexadecimal digits',
    ]);
    expect(ofJob('bad-input')[1]?.said).toBe('deployment ended with failure\n');
    expect(ends('refused')).toEqual([['deploy', 'failure', 1]]);
    expect(ofJob('refused')[0]?.annotations[0]).toContain(
      'the server refused access (HTTP 401)\n→ Check the user name',
    );
    expect(ends('away')).toEqual([['deploy', 'failure', 75]]);
    expect(ofJob('away')[0]?.annotations[0]).toContain('the server cannot be reached or is busy');
    expect(await git('cart-service-gitops', refs)).toBe(before);
  },
);

test.skipIf(!hasProgram('act'))(
  'a dry run shows the diff in the job summary, and a token is hidden by the action that got it',
  {
    timeout: patience,
  },
  async () => {
    await using at = await runnerPlace();
    const { place, git } = at.project;
    const before = await git('cart-service-gitops', refs);
    const unknown = { TOKEN_THAT_NOBODY_CALLED_A_SECRET: place.token };

    const run = await at.push(failingSteps, {
      ...{ job: 'dry-run', masks: true, secrets: {} },
      variables: { ...at.variables, ...unknown },
    });

    const { outputs, summary } = stepIn(run, 'deploy');
    expect([run.exitCode, outputs['changed']]).toEqual([0, 'false']);
    expect(summary).toContain(`<h3>deploy-image</h3>\n${at.image}:1.0.0 would land in snd`);
    expect(summary).toContain('-    newTag: "latest"\n+    newTag: "1.0.0"\n</code></pre>');
    expect(stepIn(run, 'afterwards').said).toBe('the token is ***\n');
    expect(await git('cart-service-gitops', refs)).toBe(before);
  },
);
