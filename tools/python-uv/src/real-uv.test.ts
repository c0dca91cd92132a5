import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { hasProgram, readTree } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type BuildWorld, buildWorld } from './build-place.fixture.ts';
import { placeOfExample, programPath } from './example.fixture.ts';

let world: BuildWorld;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

test.skipIf(!hasProgram('uv') || !hasProgram('python3'))(
  'uv: the example is installed from its lock file and starts; a second build leaves the same layers',
  async () => {
    await world.releases.serve(await readFile(programPath('uv')));
    const place = await placeOfExample(world);
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
