import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseReference } from '@luban-ci/images';
import { kubeconfigFor } from '@luban-ci/playground';
import { faultProxy, loopbackServer } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type DeliveryWorld, deliveryWorld, token } from '../testing/delivery-world.fixture.ts';
import { failureOf } from '../testing/run-step.fixture.ts';

const example = join(import.meta.dirname, '../../../../examples/cart-service');
const wheel = 'price_rules-1.2.0-py3-none-any.whl';

let world: DeliveryWorld;
let base: string;
beforeAll(async () => {
  world = await deliveryWorld();
  base = `${world.playground.registry}/base/python:3.13`;
  await world.image(base);
});
afterAll(() => world[Symbol.asyncDispose]());

/** The example in a repository of its own, and the inputs of its build. */
async function source(name: string, files: Record<string, string> = {}) {
  const repoUrl = await world.repository(name, {});
  const ada = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.com'];
  await world.git(name, [`--work-tree=${example}`, 'add', '--', 'pyproject.toml', 'uv.lock', 'src', 'wheels']);
  await world.git(name, [`--work-tree=${example}`, ...ada, 'commit', '--quiet', '-m', 'Add up the cart']);
  if (Object.keys(files).length > 0) await world.commit(name, 'main', files);
  const revision = (await world.git(name, ['rev-parse', 'main'])).trim();
  return { repoUrl, revision, projectName: 'payment', appName: name, baseImage: base };
}

function lockWith(wheels: string): string {
  return `version = 1
requires-python = ">=3.11"

[[package]]
name = "cart-service"
version = "0.1.0"
source = { editable = "." }
dependencies = [{ name = "price-rules" }]

[[package]]
name = "price-rules"
version = "1.2.0"
source = { registry = "https://index.example/simple" }
${wheels}
`;
}

describe('a build', () => {
  test('makes an image that says where it is from, for an account without rights; again there is nothing to build', async () => {
    const inputs = await source('cart');
    const image = `${world.playground.registry}/payment/cart`;

    const first = await world.run('build-image', inputs);
    const second = await world.run('build-image', inputs);

    const digest = String(first.outputs['digest']);
    const config = await world.registry.readImageConfig({ ...parseReference(image), digest });
    expect(first).toMatchObject({ changed: true, outputs: { image, imageTag: inputs.revision, built: true } });
    expect(second).toMatchObject({ changed: false, outputs: { ...first.outputs, built: false } });
    expect(config?.config).toMatchObject({
      User: '1000:1000',
      Labels: {
        'org.opencontainers.image.source': inputs.repoUrl,
        'org.opencontainers.image.revision': inputs.revision,
        'org.opencontainers.image.base.name': base,
      },
    });
  });

  test('upstream-R3: a release tag is set on the image of its commit; nothing is built or pushed again', async () => {
    const inputs = await source('released');
    await using front = await faultProxy(world.playground.url);
    const registryServer = new URL(front.url).host;
    const through = { ...inputs, registryServer, baseImage: base.replace(world.playground.registry, registryServer) };
    const first = await world.run('build-image', through);
    const seen = front.requests.length;

    const released = await world.run('build-image', { ...through, gitRef: 'refs/tags/v1.0.0' });

    const { digest } = first.outputs;
    const image = parseReference(`${world.playground.registry}/payment/released:1.0.0`);
    const writes = front.requests
      .slice(seen)
      .filter(({ method, status }) => !['GET', 'HEAD'].includes(method) && status !== 401);
    expect(released).toMatchObject({ changed: true, outputs: { digest, imageTag: '1.0.0', built: false } });
    expect(await world.registry.resolve(image)).toMatchObject({ digest });
    expect(writes.map(({ method, target }) => `${method} ${target}`)).toEqual([
      'PUT /v2/payment/released/manifests/1.0.0',
    ]);
  });

  test('the same commit gives the same digest wherever it is pushed', async () => {
    const inputs = await source('same');

    const one = await world.run('build-image', inputs);
    const other = await world.run('build-image', { ...inputs, image: `${world.playground.registry}/payment/copy` });

    expect(other.outputs).toMatchObject({ built: true, digest: one.outputs['digest'] });
  });

  test('a tag that only claims to be of the commit is not taken for its image', async () => {
    const inputs = await source('claimed');
    const before = await source('claimed-before');
    const built = await world.run('build-image', before);
    const image = { registry: world.playground.registry, path: 'payment/claimed-before' };
    const later = await world.commit('claimed-before', 'main', { 'README.md': 'later\n' });
    await world.registry.retag(image, String(built.outputs['digest']), later);

    const { outputs } = await world.run('build-image', { ...before, revision: later });

    expect(inputs.revision).not.toBe(later);
    expect(outputs).toMatchObject({ built: true, revision: later });
    expect(outputs['digest']).not.toBe(built.outputs['digest']);
  });

  test('wheels are downloaded from where the lock file says, and nothing but what it says is used', async () => {
    const bytes = await readFile(join(example, 'wheels', wheel));
    await using index = await loopbackServer((_, response) => response.end(bytes));
    const hash = /hash = "(sha256:[0-9a-f]+)"/.exec(await readFile(join(example, 'uv.lock'), 'utf8'))?.[1] ?? '';
    const lock = (its: string) => lockWith(`wheels = [{ url = "${index.url}/${wheel}", hash = "${its}", size = 1 }]`);
    const right = await source('downloaded', { 'uv.lock': lock(hash) });
    const wrong = await source('tampered', { 'uv.lock': lock(`sha256:${'0'.repeat(64)}`) });

    const { outputs } = await world.run('build-image', right);
    const error = await failureOf(world.run('build-image', wrong));

    expect(outputs['built']).toBe(true);
    expect(index.seen.map(({ path }) => path)).toEqual([`/${wheel}`, `/${wheel}`]);
    expect(error).toMatchObject({
      name: 'StepError',
      message: expect.stringContaining('is not what uv.lock was made with'),
    });
    expect(
      await world.registry.listTags(parseReference(`${world.playground.registry}/payment/tampered`)),
    ).toBeUndefined();
  });

  test('a dry run names the builder and pushes nothing', async () => {
    const inputs = await source('dry');

    const { changed, summary } = await world.run('build-image', inputs, { dryRun: true });

    expect({ changed, summary }).toEqual({
      changed: false,
      summary: `append would build ${world.playground.registry}/payment/dry:${inputs.revision} of ${inputs.revision}`,
    });
    expect(await world.registry.listTags(parseReference(`${world.playground.registry}/payment/dry`))).toBeUndefined();
  });
});

test('upstream-R20: variables of an application reach its build, beside the mirrors of luban-config', async () => {
  const { baseImage: _, ...inputs } = await source('with-variables');
  const configPath = await world.config({ uv_release_base_url: 'https://mirror.example.com/uv' });
  // a cluster that knows the two kinds, has no Secrets and takes nothing
  const kinds: Readonly<Record<string, unknown>> = {
    '/kubernetes/api/v1': { resources: [{ name: 'secrets', kind: 'Secret', namespaced: true }] },
    '/kubernetes/apis/kpack.io/v1alpha2': { resources: [{ name: 'images', kind: 'Image', namespaced: true }] },
  };
  await using cluster = await loopbackServer(({ method, path }, response) => {
    const known = kinds[path];
    const status = known !== undefined ? 200 : method === 'GET' ? 404 : 403;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(known ?? { kind: 'Status' }));
  });
  const kubeconfig = world.folder.at('kubeconfig');
  await writeFile(kubeconfig, kubeconfigFor(cluster.url, token));

  const wish = { ...inputs, configPath, kubeconfig, builder: 'kpack', buildEnvironment: { BP_LOG_LEVEL: 'debug' } };
  await failureOf(world.run('build-image', wish));

  const image = JSON.parse(cluster.seen.find(({ method }) => method === 'PATCH')?.body ?? '{}');
  expect(image).toMatchObject({ kind: 'Image', metadata: { name: 'with-variables' } });
  expect(image.spec.build.env).toEqual([
    { name: 'BP_UV_RELEASE_BASE_URL', value: 'https://mirror.example.com/uv' },
    { name: 'BP_LOG_LEVEL', value: 'debug' },
    { name: 'BP_OCI_SOURCE', value: inputs.repoUrl },
    { name: 'BP_OCI_REVISION', value: inputs.revision },
    { name: 'LUBAN_REQUEST_ID', value: expect.any(String) },
  ]);
});

describe('what is not built', () => {
  test('a dependency without a wheel, with the advice to take kpack', async () => {
    const inputs = await source('wheelless', {
      'uv.lock': lockWith('sdist = { url = "https://index.example/p.tar.gz" }'),
    });

    const error = await failureOf(world.run('build-image', inputs));

    expect(error).toMatchObject({ name: 'StepError', hint: expect.stringContaining('kpack') });
  });

  test('a folder without uv.lock, a commit that is not there, images that nobody named', async () => {
    const inputs = await source('incomplete');
    const { baseImage: _, ...baseless } = inputs;

    const unlocked = await failureOf(world.run('build-image', { ...inputs, subPath: 'src' }));
    const absent = await failureOf(world.run('build-image', { ...inputs, revision: 'f'.repeat(40) }));
    const unbased = await failureOf(world.run('build-image', baseless));
    const unbuilt = await failureOf(world.run('build-image', { ...inputs, builder: 'cnb' }));
    const unheard = await failureOf(
      world.run('build-image', { ...inputs, buildEnvironment: { BP_LOG_LEVEL: 'debug' } }),
    );

    expect(unlocked).toMatchObject({ message: expect.stringMatching(/pyproject\.toml|uv\.lock/) });
    expect(absent).toMatchObject({ name: 'InputError', message: expect.stringContaining('has no commit') });
    expect(unbased).toMatchObject({ name: 'InputError', fields: [{ field: 'baseImage' }] });
    expect(unbuilt).toMatchObject({
      name: 'InputError',
      fields: [{ field: 'builderImage' }, { field: 'gitopsUtilsImage' }],
    });
    expect(unheard).toMatchObject({ name: 'InputError', fields: [{ field: 'buildEnvironment' }] });
  });
});
