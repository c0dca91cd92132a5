import { faultProxy, loopbackServer } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld } from '../testing/delivery-world.fixture.ts';
import { bothOverlays, overlay, production, sandbox } from '../testing/overlays.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

let world: DeliveryWorld;
let digest: string;
let newer: string;
beforeAll(async () => {
  world = await deliveryWorld();
  digest = await world.image(`${imageName()}:1.0.0`, 'one');
  newer = await world.image(`${imageName()}:1.1.0`, 'two');
});
afterAll(() => world[Symbol.asyncDispose]());

const imageName = (): string => `${world.playground.registry}/payment/cart`;
const source = 'refs/heads/luban/promote-cart-prd';

function recordOf(tag: string, itsDigest: string, order: string): string {
  return `version: "1"\nimages:\n  "${imageName()}": { tag: "${tag}", digest: "${itsDigest}", key: k, order: "${order}", sourceCommit: "${'a'.repeat(40)}" }\n`;
}

function deployed(tag: string, itsDigest: string): Record<string, string> {
  return {
    [sandbox]: overlay(imageName(), `newTag: ${tag}`),
    'app/overlays/snd/.luban': recordOf(tag, itsDigest, '2026-01-01T00:00:00Z'),
  };
}

/** An application whose sandbox runs 1.0.0, and the inputs of its promotion. */
async function application(name: string, sandboxFiles?: Record<string, string>) {
  const tree = bothOverlays(imageName());
  const gitopsRepoUrl = await world.repository(name, {
    main: tree,
    develop: { ...tree, ...(sandboxFiles ?? deployed('1.0.0', digest)), 'app/base/later.yaml': 'later: true\n' },
  });
  return { name, inputs: { gitopsRepoUrl, projectName: 'payment', appName: 'cart' } };
}

async function pulls(name: string, state = 'open'): Promise<{ number: number; title: string; body: string }[]> {
  const { body } = await world.api('GET', `repos/metasync/${name}/pulls?state=${state}`);
  return body as { number: number; title: string; body: string }[];
}

const at = (hour: number): string => `2026-01-02T0${hour}:00:00Z`;

describe('a promotion by a pull request', () => {
  test('upstream-R4, upstream-R11: only the production overlay changes, pinned by digest', async () => {
    const { name, inputs } = await application('proposed');

    const { changed, outputs } = await world.run('promote', inputs, { run: { requestedBy: 'ada@example.com' } });

    const url = `${world.playground.url}/metasync/${name}/pulls/1`;
    expect(changed).toBe(true);
    expect(outputs).toEqual({
      image: imageName(),
      imageTag: '1.0.0',
      digest,
      commit: (await world.git(name, ['rev-parse', source])).trim(),
      gitopsRepoUrl: inputs.gitopsRepoUrl,
      url,
      number: 1,
      state: 'open',
      healthChecked: false,
    });
    expect(await world.git(name, ['diff', '--name-only', 'main', source])).toBe(
      `app/overlays/prd/.luban\n${production}\n`,
    );
    expect(await world.file(name, source, production)).toBe(overlay(imageName(), `newTag: 1.0.0\ndigest: ${digest}`));
    const [request] = await pulls(name);
    expect(request?.title).toBe('Promote cart 1.0.0 to prd');
    expect(request?.body).toContain(`| Digest | \`${digest}\` |`);
    expect(request?.body).toContain(`| Commit | ${'a'.repeat(40)} |`);
    expect(request?.body).toContain('Argo CD was not asked');
  });

  test('the open request is brought up to date, not opened twice; the same again changes nothing', async () => {
    const { name, inputs } = await application('updated');
    await world.run('promote', { ...inputs, requestedAt: at(1) });
    await world.commit(name, 'develop', deployed('1.1.0', newer));

    const updated = await world.run('promote', { ...inputs, requestedAt: at(2) });
    const before = await world.refs(name);
    const again = await world.run('promote', { ...inputs, requestedAt: at(3) });

    expect(updated).toMatchObject({ changed: true, outputs: { number: 1, imageTag: '1.1.0' } });
    expect(again).toMatchObject({ changed: false, outputs: { number: 1, state: 'open' } });
    expect(await world.refs(name)).toBe(before);
    expect((await pulls(name)).map(({ title }) => title)).toEqual(['Promote cart 1.1.0 to prd']);
  });

  test('one that was asked for earlier leaves the newer request as it is', async () => {
    const { name, inputs } = await application('overtaken');
    await world.commit(name, 'develop', deployed('1.1.0', newer));
    await world.run('promote', { ...inputs, requestedAt: at(2) });
    await world.commit(name, 'develop', deployed('1.0.0', digest));

    const { changed, outputs } = await world.run('promote', { ...inputs, requestedAt: at(1) });

    expect({ changed, state: outputs['state'] }).toEqual({ changed: false, state: 'superseded' });
    expect((await pulls(name)).map(({ title }) => title)).toEqual(['Promote cart 1.1.0 to prd']);
  });

  test('upstream-R8: a run that died before it opened its request is completed by the next', async () => {
    const { name, inputs } = await application('half-way');
    await using front = await faultProxy(world.playground.url);
    front.setFault(({ method, target }) =>
      method === 'POST' && target.endsWith('/pulls') ? { status: 500 } : undefined,
    );
    const died = await failureOf(world.run('promote', { ...inputs, gitBaseUrl: front.url }));
    const pushed = await world.git(name, ['rev-parse', source]);

    const { changed, outputs } = await world.run('promote', inputs);

    expect(died).toMatchObject({ name: 'RetryableError' });
    expect({ changed, state: outputs['state'] }).toEqual({ changed: true, state: 'open' });
    expect(await world.git(name, ['rev-parse', source])).toBe(pushed);
    expect(await pulls(name)).toHaveLength(1);
  });

  test('upstream-R8: after a request was closed, the next is cut from the target as it is now, and no branch deleted', async () => {
    const { name, inputs } = await application('closed');
    await world.run('promote', { ...inputs, requestedAt: at(1) });
    await world.api('PATCH', `repos/metasync/${name}/pulls/1`, { state: 'closed' });
    const moved = await world.commit(name, 'main', { 'app/base/new.yaml': 'new: true\n' });
    await using front = await faultProxy(world.playground.url);
    front.setFault(({ method }) => (method === 'DELETE' ? { status: 500 } : undefined));

    const { outputs } = await world.run('promote', { ...inputs, requestedAt: at(2), gitBaseUrl: front.url });

    expect(outputs).toMatchObject({ number: 2, state: 'open' });
    expect((await world.git(name, ['rev-parse', `${source}^`])).trim()).toBe(moved);
  });

  test('a branch that somebody put a commit on is not cut away', async () => {
    const { name, inputs } = await application('theirs');
    await world.git(name, ['branch', 'luban/promote-cart-prd', 'main']);
    await world.commit(name, 'luban/promote-cart-prd', { 'notes.md': 'mine\n' }, 'My notes');
    const before = await world.refs(name);

    const error = await failureOf(world.run('promote', inputs));

    expect(error).toMatchObject({ name: 'StepError', message: expect.stringContaining('no promotion made') });
    expect(await world.refs(name)).toBe(before);
  });

  test('merged at once with auto-merge; afterwards there is nothing to do', async () => {
    const { name, inputs } = await application('merged');

    const merged = await world.run('promote', { ...inputs, mode: 'auto-merge' });
    const again = await world.run('promote', { ...inputs, mode: 'auto-merge' });

    expect(merged).toMatchObject({ changed: true, outputs: { state: 'merged', number: 1 } });
    expect(await world.file(name, 'main', production)).toContain(`digest: ${digest}`);
    expect(again).toMatchObject({ changed: false, outputs: { state: 'nothing-to-do' } });
  });

  test('everything between the branches: the source branch is proposed as it is, and neither cut nor deleted', async () => {
    const { name, inputs } = await application('everything');
    const develop = (await world.git(name, ['rev-parse', 'develop'])).trim();

    const first = await world.run('promote', { ...inputs, scope: 'all', mode: 'auto-merge' });
    const again = await world.run('promote', { ...inputs, scope: 'all', mode: 'auto-merge' });

    expect(first).toMatchObject({ changed: true, outputs: { state: 'merged' } });
    expect((await world.git(name, ['rev-parse', 'develop^'])).trim()).toBe(develop);
    expect(await world.file(name, 'main', 'app/base/later.yaml')).toBe('later: true\n');
    expect(again).toMatchObject({ changed: false, outputs: { state: 'nothing-to-do' } });
  });
});

describe('a promotion without a pull request', () => {
  test('lands on the target branch; a dry run only shows it', async () => {
    const { name, inputs } = await application('direct');
    const before = await world.refs(name);

    const dry = await world.run('promote', { ...inputs, mode: 'direct' }, { dryRun: true });
    const untouched = await world.refs(name);
    const landed = await world.run('promote', { ...inputs, mode: 'direct' });

    expect(dry).toMatchObject({ changed: false, outputs: { state: 'dry-run' }, diff: landed.diff });
    expect(untouched).toBe(before);
    expect(landed).toMatchObject({ changed: true, outputs: { state: 'landed' } });
    expect(await world.file(name, 'main', production)).toContain(`digest: ${digest}`);
  });

  test('is refused by a protected branch, with advice, and with the scope all', async () => {
    const { name, inputs } = await application('closed-branch');
    await world.api('POST', `repos/metasync/${name}/branch_protections`, { rule_name: 'main', enable_push: false });
    const before = await world.refs(name);

    const refused = await failureOf(world.run('promote', { ...inputs, mode: 'direct' }));
    const everything = await failureOf(world.run('promote', { ...inputs, mode: 'direct', scope: 'all' }));

    expect(refused).toMatchObject({ name: 'StepError', hint: expect.stringContaining('pull request') });
    expect(everything).toMatchObject({ name: 'InputError', fields: [{ field: 'mode' }] });
    expect(await world.refs(name)).toBe(before);
  });
});

describe('what is not promoted', () => {
  test('upstream-R9: the placeholder, and whatever else stands in for the image', async () => {
    const placeholder = await application('placeholder', {});
    const replaced = await application('replaced', {
      ...deployed('1.0.0', digest),
      [sandbox]: overlay(imageName(), `newName: ${imageName()}-other\nnewTag: 1.0.0`),
    });

    const first = await failureOf(world.run('promote', placeholder.inputs));
    const second = await failureOf(world.run('promote', replaced.inputs));

    expect(first).toMatchObject({ name: 'StepError', message: expect.stringContaining('placeholder') });
    expect(second).toMatchObject({ name: 'StepError', message: expect.stringContaining('another image in its place') });
  });

  test('an image that the registry has no more', async () => {
    const { inputs } = await application('gone', deployed('0.9.0', `sha256:${'0'.repeat(64)}`));

    const error = await failureOf(world.run('promote', inputs));

    expect(error).toMatchObject({ name: 'StepError', message: expect.stringContaining('The registry does not have') });
  });

  test('an image whose registry is in trouble, for now', async () => {
    await using broken = await loopbackServer((_, response) => response.writeHead(500).end());
    const image = `${broken.host}/payment/cart`;
    const { inputs } = await application('trouble', { [sandbox]: overlay(image, 'newTag: 1.0.0') });

    const error = await failureOf(
      world.run('promote', { ...inputs, configPath: await world.config({ registry_server: broken.host }) }),
    );

    expect(error).toMatchObject({ name: 'RetryableError' });
  });

  test('upstream-R10: where the forge refuses the request, it is a failure', async () => {
    const { inputs } = await application('forge-422');
    await using front = await faultProxy(world.playground.url);
    front.setFault(({ method }) => (method === 'POST' ? { status: 422 } : undefined));

    const error = await failureOf(world.run('promote', { ...inputs, gitBaseUrl: front.url }));

    expect(error).toMatchObject({ name: 'InputError', message: expect.stringContaining('422') });
  });
});

describe('what Argo CD says of the source environment', () => {
  let asked: Awaited<ReturnType<typeof application>>;
  beforeAll(async () => {
    asked = await application('asked');
  });

  const running = (sync: string, health: string, tag = '1.0.0') => ({
    status: { sync: { status: sync }, health: { status: health }, summary: { images: [`${imageName()}:${tag}`] } },
  });

  test('Synced and Healthy with this image: promoted, and said in the request', async () => {
    const { name, inputs } = await application('healthy');
    await using argocd = await loopbackServer((_, response) =>
      response.end(JSON.stringify(running('Synced', 'Healthy'))),
    );

    const access = { argocdServer: argocd.url, argocdToken: 'argo-token' };
    const { outputs } = await world.run('promote', { ...inputs, ...access });

    expect(outputs['healthChecked']).toBe(true);
    expect(argocd.seen.map(({ path, headers }) => [path, headers.authorization])).toEqual([
      ['/api/v1/applications/snd-cart', 'Bearer argo-token'],
    ]);
    expect((await pulls(name))[0]?.body).toContain('synced and healthy');
  });

  test.each([
    ['still on its way', running.bind(undefined, 'Synced', 'Progressing'), 'RetryableError'],
    ['not applied yet', running.bind(undefined, 'OutOfSync', 'Healthy'), 'RetryableError'],
    ['running another version', running.bind(undefined, 'Synced', 'Healthy', '0.9.0'), 'RetryableError'],
    ['broken', running.bind(undefined, 'Synced', 'Degraded'), 'StepError'],
  ])('%s: refused', async (_, answer, kind) => {
    const { name, inputs } = asked;
    const before = await world.refs(name);
    await using argocd = await loopbackServer((_, response) => response.end(JSON.stringify(answer())));

    const error = await failureOf(world.run('promote', { ...inputs, argocdServer: argocd.url, argocdToken: 't' }));

    expect(error).toMatchObject({ name: kind });
    expect(await world.refs(name)).toBe(before);
  });

  test('an application that it does not know, and an address without a token', async () => {
    const { inputs } = asked;
    await using argocd = await loopbackServer((_, response) => response.writeHead(404).end());

    const unknown = await failureOf(world.run('promote', { ...inputs, argocdServer: argocd.url, argocdToken: 't' }));
    const tokenless = await failureOf(world.run('promote', { ...inputs, argocdServer: argocd.url }));

    expect(unknown).toMatchObject({ name: 'StepError', message: expect.stringContaining('no application snd-cart') });
    expect(tokenless).toMatchObject({ name: 'InputError', fields: [{ field: 'argocdToken' }] });
  });
});
