import { capturedLog } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { bothOverlays, overlay, production, sandbox } from '../testing/overlays.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
});
afterAll(() => world[Symbol.asyncDispose]());

const image = 'registry.example/payment/cart';
const repoUrl = 'https://github.com/metasync/cart.git';
const digest = `sha256:${'d'.repeat(64)}`;

/** A GitOps repository as app setup makes it, and the inputs of its first deployment. */
async function application(name: string) {
  const tree = bothOverlays(image);
  const gitopsRepoUrl = await world.repository(name, { main: tree, develop: tree });
  const inputs = {
    gitopsRepoUrl,
    projectName: 'payment',
    appName: 'cart',
    image,
    imageTag: '1.0.0',
    digest,
    repoUrl,
    revision: 'a'.repeat(40),
    orderKey: '2026-01-01T00:00:00Z',
  };
  return { name, inputs };
}

function later(hour: number, imageTag: string, revision: string) {
  return { imageTag, revision: revision.repeat(40), orderKey: `2026-01-01T${String(hour).padStart(2, '0')}:00:00Z` };
}

describe('a deployment', () => {
  test('changes the lines of its image, records where it comes from, and says so in trailers', async () => {
    const { name, inputs } = await application('first');

    const { changed, outputs, summary } = await world.run('deploy-image', inputs, {
      run: { url: 'https://argo.example/run/1', requestedBy: 'ada@example.com' },
    });

    const commit = (await world.git(name, ['rev-parse', 'develop'])).trim();
    expect({ changed, outputs }).toEqual({
      changed: true,
      outputs: {
        commit,
        gitopsRepoUrl: inputs.gitopsRepoUrl,
        gitopsBranch: 'develop',
        deployEnv: 'snd',
        superseded: false,
        supersededBy: undefined,
      },
    });
    expect(summary).toBe(`${image}:1.0.0 landed in snd (develop of ${inputs.gitopsRepoUrl}) as ${commit}`);
    expect(await world.file(name, 'develop', sandbox)).toBe(overlay(image, 'newTag: 1.0.0'));
    expect(await world.git(name, ['show', '--name-only', '--format=%an|%ae|%cn%n%B', 'develop'])).toBe(
      `ada|ada@example.com|Luban CI
Deploy cart 1.0.0 to snd

Luban-Image: ${image}:1.0.0@${digest}
Luban-Source-Repository: ${repoUrl}
Luban-Source-Commit: ${inputs.revision}
Luban-Order: 2026-01-01T00:00:00Z
Luban-Requested-By: ada@example.com
Luban-Run: https://argo.example/run/1
Luban-Key: deploy snd 1.0.0 ${inputs.revision} 2026-01-01T00:00:00Z


app/overlays/snd/.luban
${sandbox}
`,
    );
    expect(await world.file(name, 'develop', 'app/overlays/snd/.luban')).toContain(`digest: ${digest}`);
  });

  test('the next one changes one line', async () => {
    const { name, inputs } = await application('second');
    await world.run('deploy-image', inputs);

    const { diff } = await world.run('deploy-image', { ...inputs, ...later(1, '1.1.0', 'b') });

    const changed = (diff ?? '').split('diff --git').find((file) => file.includes(sandbox)) ?? '';
    expect(changed.split('\n').filter((line) => /^[+-] /.test(line))).toEqual([
      '-    newTag: 1.0.0',
      '+    newTag: 1.1.0',
    ]);
    expect(await world.git(name, ['rev-list', '--count', 'main..develop'])).toBe('3\n');
  });

  test('without a GitOps repository given, the one beside the source is taken', async () => {
    const tree = bothOverlays(image);
    const url = await world.repository('beside-gitops', { develop: tree });
    const { gitopsRepoUrl: _, ...inputs } = (await application('unused')).inputs;
    const source = url.replace('beside-gitops', 'beside');

    const { outputs } = await world.run('deploy-image', { ...inputs, appName: 'beside', repoUrl: source });

    expect(outputs).toMatchObject({ gitopsRepoUrl: url, superseded: false });
  });

  test('a repository that wants no records gets none', async () => {
    const { name, inputs } = await application('unrecorded');

    await world.run('deploy-image', { ...inputs, configPath: await world.config({ record: 'none' }) });

    expect(await world.git(name, ['show', '--name-only', '--format=', 'develop'])).toBe(`${sandbox}\n`);
  });

  test('a branch and a release tag that were pushed in the same second are two requests', async () => {
    const { name, inputs } = await application('same-second');
    await world.run('deploy-image', { ...inputs, imageTag: inputs.revision });

    const { changed } = await world.run('deploy-image', inputs);

    expect(changed).toBe(true);
    expect(await world.file(name, 'develop', sandbox)).toContain('newTag: 1.0.0\n');
  });

  test('upstream-R5: deployments of two applications at the same time both land', async () => {
    const other = 'registry.example/payment/basket';
    const { name, inputs } = await application('together');
    const before = await world.file(name, 'develop', sandbox);
    await world.commit(name, 'develop', { [sandbox]: before.replace('replicas:', `  - name: ${other}\nreplicas:`) });

    const results = await Promise.all([
      world.run('deploy-image', inputs),
      world.run('deploy-image', { ...inputs, appName: 'basket', image: other, imageTag: '2.0.0' }),
    ]);

    const text = await world.file(name, 'develop', sandbox);
    expect(results.map(({ changed }) => changed)).toEqual([true, true]);
    expect(text).toContain(`- name: ${image}\n    newTag: 1.0.0\n`);
    expect(text).toContain(`- name: ${other}\n    newTag: 2.0.0\n`);
  });
});

describe('what is done already', () => {
  test('the same request twice is one commit', async () => {
    const { name, inputs } = await application('twice');
    const first = await world.run('deploy-image', inputs);
    const before = await world.refs(name);

    const second = await world.run('deploy-image', inputs);

    expect(second.changed).toBe(false);
    expect(second.outputs).toEqual(first.outputs);
    expect(await world.refs(name)).toBe(before);
  });

  test('upstream-R6: an older build that comes late is superseded, and told by what', async () => {
    const { name, inputs } = await application('late');
    await world.run('deploy-image', { ...inputs, ...later(2, '2.0.0', 'b') });
    const before = await world.refs(name);

    const { changed, outputs } = await world.run('deploy-image', { ...inputs, ...later(1, '1.0.0', 'a') });

    expect(changed).toBe(false);
    expect(outputs).toMatchObject({
      superseded: true,
      supersededBy: `2.0.0 of ${'b'.repeat(12)}, asked for 2026-01-01T02:00:00Z`,
    });
    expect(await world.refs(name)).toBe(before);
  });

  test('an older build that is wanted replaces the newer one, and that is said', async () => {
    const { name, inputs } = await application('wanted');
    const said = capturedLog();
    await world.run('deploy-image', { ...inputs, ...later(2, '2.0.0', 'b') });

    const older = { ...inputs, ...later(1, '1.0.0', 'a'), allowDowngrade: true };
    const { changed } = await world.run('deploy-image', older, { log: said.log });

    expect(changed).toBe(true);
    expect(said.text()).toContain('is newer and is replaced on purpose');
    expect(await world.file(name, 'develop', 'app/overlays/snd/.luban')).toContain('downgrade: "true"');
  });

  test('a dry run shows the difference and pushes nothing', async () => {
    const { name, inputs } = await application('dry');
    const before = await world.refs(name);

    const { changed, diff, summary } = await world.run('deploy-image', inputs, { dryRun: true });

    expect({ changed, refs: await world.refs(name) }).toEqual({ changed: false, refs: before });
    expect(summary).toContain('would land');
    expect(diff).toContain('+    newTag: 1.0.0\n');
  });
});

describe('what is refused', () => {
  let refused: Awaited<ReturnType<typeof application>>;
  beforeAll(async () => {
    refused = await application('refused');
  });

  test.each([
    ['an overlay that is not there', { deployEnv: 'tst' }, 'app/overlays/tst has no kustomization.yaml'],
    ['a branch that is not there', { gitopsBranch: 'nowhere' }, 'has no branch nowhere'],
    ['an environment that nobody knows', { deployEnv: 'moon' }, 'There is no environment "moon"'],
  ])('%s', async (_, given, message) => {
    const { name, inputs } = refused;
    const configPath = await world.config({ environments: '["snd","tst","prd"]' });
    const before = await world.refs(name);

    const error = await failureOf(world.run('deploy-image', { ...inputs, ...given, configPath }));

    expect(error).toMatchObject({ name: 'InputError', message: expect.stringContaining(message) });
    expect(await world.refs(name)).toBe(before);
  });

  test('a bad branch is named as the input it came from', async () => {
    const error = await failureOf(world.run('deploy-image', { ...refused.inputs, gitopsBranch: 'nowhere' }));

    expect(error).toMatchObject({ fields: [{ field: 'gitopsBranch' }] });
  });

  test('an account without the right to push, with advice', async () => {
    const { name, inputs } = refused;
    const before = await world.refs(name);

    const error = await failureOf(world.run('deploy-image', { ...inputs, gitToken: 'token-of-guest' }));

    expect(error).toMatchObject({ name: 'StepError', hint: expect.stringContaining('token') });
    expect(await world.refs(name)).toBe(before);
  });

  test('a protected branch, with the advice to open a pull request', async () => {
    const { name, inputs } = await application('protected');
    await world.api('POST', `repos/metasync/${name}/branch_protections`, { rule_name: 'main', enable_push: false });

    const error = await failureOf(world.run('deploy-image', { ...inputs, gitopsBranch: 'main' }));

    expect(error).toMatchObject({ name: 'StepError', hint: expect.stringContaining('pull request') });
    expect(await world.file(name, 'main', production)).toContain('luban-hello-world-py');
  });
});

test('deployments of several images at the same moment all land, and nothing is left at the server', async () => {
  const { name, inputs } = await application('crowd');
  const images = Array.from({ length: 6 }, (_, at) => `registry.example/payment/app-${at}`);

  const results = await Promise.all(
    images.map((each) => world.run('deploy-image', { ...inputs, image: each, gitFolding: 'always' })),
  );

  const text = await world.file(name, 'develop', sandbox);
  expect(results.map(({ changed }) => changed)).toEqual(images.map(() => true));
  expect(images.filter((each) => !text.includes(each))).toEqual([]);
  expect((await world.refs(name)).trim().split('\n').length).toBe(2);
});

test('a deployment is committed by the forge itself where that is asked for', async () => {
  const { name, inputs } = await application('by-the-forge');
  const before = (await world.git(name, ['rev-parse', 'develop'])).trim();

  const { outputs } = await world.run('deploy-image', { ...inputs, gitCommits: 'api', gitProvider: 'gitea' });

  expect(outputs['commit']).toBe((await world.git(name, ['rev-parse', 'develop'])).trim());
  expect((await world.git(name, ['rev-parse', 'develop~1'])).trim()).toBe(before);
  expect(await world.file(name, 'develop', sandbox)).toBe(overlay(image, 'newTag: 1.0.0'));
  expect(await world.file(name, 'develop', 'app/overlays/snd/.luban')).toContain(`digest: ${digest}`);
});
