import { readdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { rootCertificates } from 'node:tls';
import { readTree, selfSigned, writeTree } from '@luban-ci/testing';
import { parse } from 'smol-toml';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { type BuildWorld, bind, buildWorld, cart, locked } from './build-place.fixture.ts';
import { overTls } from './release-server.fixture.ts';

let world: BuildWorld;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());
afterEach(() => {
  world.releases.login = undefined;
  world.releases.checksum = undefined;
});

describe('a build', () => {
  test('installs what is locked, keeps four layers, and says how the image starts', async () => {
    const place = await world.place(cart);

    const { exitCode, text } = await place.build();

    const { layers } = place;
    const launch = await readTree(join(layers, 'venv/env.launch'));
    const types = ['uv', 'python', 'venv', 'uv-cache'].map(async (name) =>
      parse(await place.layerText(`${name}.toml`)),
    );
    expect({ exitCode, text }).toEqual({ exitCode: 0, text: expect.stringContaining('starts with start') });
    expect(await place.asked()).toEqual(['sync --frozen --no-dev', 'cache prune --ci']);
    expect((await Promise.all(types)).map((each) => each['types'])).toEqual([
      { build: true, launch: true, cache: true },
      { build: true, launch: true, cache: true },
      { build: true, launch: true, cache: true },
      { cache: true },
    ]);
    expect(parse(await place.layerText('launch.toml'))).toEqual({
      processes: [{ type: 'web', command: ['env', '--'], args: ['start'], default: true }],
      labels: [
        { key: 'org.opencontainers.image.title', value: 'cart' },
        { key: 'org.opencontainers.image.version', value: '0.4.0' },
      ],
    });
    expect(launch).toEqual({
      'PYTHONDONTWRITEBYTECODE.default': '1',
      'PYTHONUNBUFFERED.default': '1',
      UV_NO_CACHE: '1',
      UV_NO_SYNC: '1',
      UV_PROJECT_ENVIRONMENT: `${layers}/venv`,
      UV_PYTHON_DOWNLOADS: 'never',
      UV_PYTHON_INSTALL_DIR: `${layers}/python`,
      VIRTUAL_ENV: `${layers}/venv`,
    });
  });

  test('a second one downloads nothing; another .uv-version does', async () => {
    const place = await world.place(cart);
    await place.build();
    const before = world.releases.seen.length;

    const again = await place.build();
    const kept = world.releases.seen.length;
    await writeFile(join(place.app, '.uv-version'), '1.2.4');
    const other = await place.build();

    expect([again.exitCode, other.exitCode]).toEqual([0, 0]);
    expect(kept).toBe(before);
    expect(world.releases.seen.slice(kept).map(({ path }) => path)).toEqual([
      expect.stringMatching(/^\/1\.2\.4\/uv-.*-unknown-linux-musl\.tar\.gz\.sha256$/),
      expect.stringMatching(/^\/1\.2\.4\/uv-.*-unknown-linux-musl\.tar\.gz$/),
    ]);
  });

  test('leaves no Python in its layer but the one in use, and no other traces of building', async () => {
    const place = await world.place(cart);

    await place.build();

    expect((await readdir(join(place.layers, 'python'))).sort()).toEqual(['cpython-3.13', 'cpython-3.13.1']);
    expect((await readdir(place.app)).sort()).toEqual(['.uv-version', 'pyproject.toml', 'uv.lock']);
  });

  test('without a lock file chooses versions, and warns', async () => {
    const place = await world.place({ '.uv-version': '1.2.3', 'pyproject.toml': cart['pyproject.toml'] });

    const { text } = await place.build();

    expect((await place.asked())[0]).toBe('sync --no-dev');
    expect(text).toContain('warning: there is no uv.lock');
  });

  test('says what is in the image, without a date', async () => {
    const place = await world.place(cart);

    await place.build();

    const purl = 'pkg:pypi/price-rules@1.2.0';
    const component = { type: 'library', name: 'Price_Rules', version: '1.2.0', purl, 'bom-ref': purl };
    expect(JSON.parse(await place.layerText('venv.sbom.cdx.json'))).toEqual({
      bomFormat: 'CycloneDX',
      specVersion: '1.5',
      version: 1,
      components: [{ ...component, licenses: [{ expression: 'Apache-2.0' }] }],
    });
    expect(JSON.parse(await place.layerText('uv.sbom.cdx.json'))).toMatchObject({
      components: [{ name: 'uv', version: '1.2.3' }],
    });
  });

  test('takes the variables of a platform as Kubernetes mounts them', async () => {
    const place = await world.place(cart);
    const data = join(place.platform, 'env/..2026_11_22');
    await writeTree(data, { BP_OCI_REVISION: 'c0ffee' });
    await symlink('..2026_11_22', join(place.platform, 'env/..data'));
    await symlink('..data/BP_OCI_REVISION', join(place.platform, 'env/BP_OCI_REVISION'));

    const { exitCode } = await place.build();

    expect(exitCode).toBe(0);
    expect(await place.layerText('launch.toml')).toContain('c0ffee');
  });

  test('labels the image with what the platform says of the source', async () => {
    const place = await world.place(cart);

    await place.build({
      BP_OCI_SOURCE: 'https://git.example.com/cart.git',
      BP_OCI_REVISION: 'c0ffee',
      BP_OCI_VERSION: '2',
    });

    expect(parse(await place.layerText('launch.toml'))['labels']).toEqual([
      { key: 'org.opencontainers.image.title', value: 'cart' },
      { key: 'org.opencontainers.image.version', value: '2' },
      { key: 'org.opencontainers.image.source', value: 'https://git.example.com/cart.git' },
      { key: 'org.opencontainers.image.revision', value: 'c0ffee' },
    ]);
  });
});

describe('how it starts', () => {
  const start = async (pyproject: string) => {
    const place = await world.place({ ...locked, 'pyproject.toml': pyproject });
    const ended = await place.build();
    return { ...ended, processes: parse(await place.layerText('launch.toml').catch(() => ''))['processes'] };
  };

  test('without a script there is no process, and a warning', async () => {
    const { text, processes } = await start('[project]\nname = "cart"\n');

    expect(processes).toEqual([]);
    expect(text).toContain('warning: nothing says how the application starts');
  });

  test('in direct mode the args of the container are the command', async () => {
    const { processes } = await start('[project]\nname = "cart"\n[tool.luban]\nbp-execution-mode = "direct"\n');

    expect(processes).toEqual([{ type: 'web', command: ['env', '--'], args: [], default: true }]);
  });

  test('upstream-S13: nothing of pyproject.toml is ever evaluated', async () => {
    const attack = '$(touch pwned)`touch pwned`";touch pwned;\\"';
    const hostile = JSON.stringify(attack);
    const named = await world.place({
      ...locked,
      'pyproject.toml': `[project]\nname = ${hostile}\ndescription = ${hostile}\n[project.scripts]\napp = ${hostile}\n`,
    });
    const mode = await start(`[project]\nname = "cart"\n[tool.luban]\nbp-execution-mode = ${hostile}\n`);
    const script = await start(`[project]\nname = "cart"\n[project.scripts]\n${hostile} = "cart:start"\n`);
    const option = await start(
      '[project]\nname = "cart"\n[project.scripts]\n"--split-string=touch pwned" = "cart:start"\n',
    );

    const { exitCode } = await named.build();

    const { labels, processes } = parse(await named.layerText('launch.toml'));
    expect(exitCode).toBe(0);
    expect(processes).toEqual([{ type: 'web', command: ['env', '--'], args: ['app'], default: true }]);
    expect(labels).toEqual([
      { key: 'org.opencontainers.image.title', value: attack },
      { key: 'org.opencontainers.image.description', value: attack },
    ]);
    expect(Object.keys(await readTree(named.app)).sort()).toEqual(['.uv-version', 'pyproject.toml', 'uv.lock']);
    expect(mode).toMatchObject({ exitCode: 2, text: expect.stringContaining('tool.luban.bp-execution-mode') });
    expect(script).toMatchObject({ exitCode: 2, text: expect.stringContaining('expected letters, digits') });
    expect(option).toMatchObject({ exitCode: 2, text: expect.stringContaining('expected letters, digits') });
  });
});

describe('where uv comes from', () => {
  test('upstream-S12: the release that the buildpack names has to have the published checksum', async () => {
    const place = await world.place({ 'pyproject.toml': cart['pyproject.toml'], 'uv.lock': '' });
    const before = world.releases.seen.length;

    const { exitCode, text } = await place.build();

    expect({ exitCode, text }).toEqual({ exitCode: 1, text: expect.stringContaining('is not what was published') });
    expect(world.releases.seen.slice(before).map(({ path }) => path)).toEqual([
      expect.stringMatching(/musl\.tar\.gz$/),
    ]);
    expect(await place.asked()).toEqual(['']);
  });

  test('another release has to have the checksum beside it', async () => {
    const place = await world.place(cart);
    world.releases.checksum = '0'.repeat(64);

    const { exitCode, text } = await place.build();

    expect({ exitCode, text }).toEqual({ exitCode: 1, text: expect.stringContaining(`and not ${'0'.repeat(64)}`) });
    expect(await place.asked()).toEqual(['']);
  });

  test.each([
    ['a version that is none', { '.uv-version': '../../latest' }, {}, '.uv-version: expected a release'],
    [
      'a mirror that is none',
      {},
      { BP_UV_RELEASE_BASE_URL: 'file:///etc' },
      'BP_UV_RELEASE_BASE_URL: expected an address',
    ],
    ['a Python from elsewhere', {}, { BP_UV_PYTHON: 'conda' }, 'BP_UV_PYTHON: expected managed or system'],
  ])('%s is refused before anything is installed', async (_, files, environment, said) => {
    const place = await world.place({ ...cart, ...files });

    const { exitCode, text } = await place.build(environment);

    expect({ exitCode, text }).toEqual({ exitCode: 2, text: expect.stringContaining(said) });
    expect(await place.asked()).toEqual(['']);
  });

  test('upstream-B9: a mirror takes the login of netrc, and uv gets the logins of every binding', async () => {
    const place = await world.place(cart);
    world.releases.login = 'ada:p w$';
    await bind(place, 'uv-mirror-netrc', { type: 'netrc', netrc: 'machine 127.0.0.1 login ada password wrong' });
    await bind(place, 'a-first', { type: 'netrc\n', netrc: 'machine a.example login a\n password pa' });
    const refused = await place.build();
    world.releases.login = 'ada:secret-of-ada';
    await bind(place, 'uv-mirror-netrc', { netrc: 'machine 127.0.0.1 login ada password secret-of-ada' });

    const taken = await place.build();

    expect(refused).toMatchObject({ exitCode: 1, text: expect.stringContaining('the server answered 401') });
    expect(taken.exitCode).toBe(0);
    expect(await readFile(`${place.layers}.told.netrc`, 'utf8')).toBe(
      'machine a.example login a\n password pa\nmachine 127.0.0.1 login ada password secret-of-ada\n',
    );
    expect(taken.text).not.toContain('secret-of-ada');
  });

  test('upstream-S11: certificates of a binding are trusted beside the public ones, not in their place', async () => {
    const place = await world.place(cart);
    const identity = selfSigned();
    await using mirror = await overTls(world.releases, identity);
    await bind(place, 'other', { type: 'postgresql', 'ca.crt': identity.certificate });
    const refused = await place.build({ BP_UV_RELEASE_BASE_URL: mirror.url });
    const bundle = `# ours\r\n${identity.certificate.replaceAll('\n', '\r\n')}${rootCertificates[1]}`;
    await bind(place, 'luban-ca-cert', {
      type: 'ca-certificates',
      provider: 'luban',
      'ca.crt': bundle,
      path: '/etc/x',
    });

    const taken = await place.build({ BP_UV_RELEASE_BASE_URL: mirror.url });

    const trusted = await readFile(`${place.layers}.told.certificates`, 'utf8');
    expect(refused).toMatchObject({ exitCode: 1, text: expect.stringContaining('certificate') });
    expect(taken.exitCode).toBe(0);
    expect(trusted.match(/BEGIN CERTIFICATE/g)?.length).toBeGreaterThan(100);
  });
});
