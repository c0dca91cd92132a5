import { readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, readTree } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuildWorld, buildWorld } from './build-place.fixture.ts';

const example = fileURLToPath(new URL('../../../examples/cart-service', import.meta.url));

let world: BuildWorld;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

/** The example, built by the backend that is part of uv, so that no package index is asked. */
async function placeOfExample() {
  const pyproject = await readFile(join(example, 'pyproject.toml'), 'utf8');
  const wheel = 'wheels/price_rules-1.2.0-py3-none-any.whl';
  const place = await world.place({
    '.uv-version': '9.9.9',
    'pyproject.toml': pyproject
      .replaceAll('hatchling.build', 'uv_build')
      .replace('"hatchling"', '"uv_build>=0.12,<0.13"'),
    'uv.lock': await readFile(join(example, 'uv.lock'), 'utf8'),
    'README.md': '',
    'src/cart_service/__init__.py': '',
    'src/cart_service/main.py':
      'def start():\n    import price_rules, sys\n    print("prices by", price_rules.__name__, sys.prefix)\n',
    [wheel]: '',
  });
  await writeFile(join(place.app, wheel), await readFile(join(example, wheel)));
  return place;
}

test.skipIf(!hasProgram('uv') || !hasProgram('python3'))(
  'uv: the example is installed from its lock file and starts; a second build leaves the same layers',
  async () => {
    await world.releases.serve(await readFile(programPath('uv')));
    const place = await placeOfExample();
    const environment = { BP_UV_PYTHON: 'system', UV_OFFLINE: '1' };

    const first = await place.build(environment);
    const layer = await readTree(join(place.layers, 'venv'));
    const second = await place.build(environment);
    const layerAgain = await readTree(join(place.layers, 'venv'));

    const venv = join(place.layers, 'venv');
    const started = await runProgram('env', ['--', 'app'], {
      cwd: place.app,
      env: { ...plainEnvironment(), PATH: `${venv}/bin${delimiter}${process.env['PATH']}` },
    });
    const run = await runProgram(join(place.layers, 'uv/bin/uv'), ['run', 'app'], {
      cwd: place.app,
      env: { ...plainEnvironment(), ...(await readTree(join(venv, 'env.launch'))), UV_OFFLINE: '1' },
    });
    expect([first.exitCode, second.exitCode], first.text + second.text).toEqual([0, 0]);
    expect(started).toMatchObject({ exitCode: 0, stdout: `prices by price_rules ${venv}\n` });
    expect(run).toMatchObject({ exitCode: 0, stdout: started.stdout });
    expect(layerAgain).toEqual(layer);
    expect(JSON.parse(await place.layerText('venv.sbom.cdx.json'))).toMatchObject({
      components: [{ purl: 'pkg:pypi/cart-service@0.1.0' }, { purl: 'pkg:pypi/price-rules@1.2.0' }],
    });
  },
  120_000,
);

function programPath(name: string): string {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return join(folders.find((folder) => hasProgram(name, folder)) ?? '', name);
}
