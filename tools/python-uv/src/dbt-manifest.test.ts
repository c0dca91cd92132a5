import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BuildWorld, buildWorld, cart } from './build-place.fixture.ts';

let world: BuildWorld;
beforeAll(async () => {
  world = await buildWorld();
}, 120_000);
afterAll(() => world[Symbol.asyncDispose]());

describe('a dbt project', () => {
  const dbt = (last: string): string => `#!/bin/sh\necho "dbt $*" >> "$TOLD"\n${last}\n`;
  const writes = dbt('[ "$1" != parse ] || { mkdir -p models/target && echo "{}" > models/target/manifest.json; }');
  const project = { ...cart, 'models/dbt_project.yml': 'name: m\n', 'models/packages.yml': '' };

  test('has its manifest in the image, made by the dbt that was installed', async () => {
    const place = await world.place({ ...project, 'with-dbt': writes });
    await chmod(join(place.app, 'with-dbt'), 0o755);

    const { exitCode, text } = await place.build({ BP_DBT_PROJECT_DIR: 'models', BP_DBT_TARGET: 'production' });

    expect({ exitCode, text }).toEqual({
      exitCode: 0,
      text: expect.stringContaining('the dbt manifest is in the image'),
    });
    expect((await place.asked()).slice(2)).toEqual([
      'dbt deps --project-dir models --profiles-dir models',
      'dbt parse --project-dir models --profiles-dir models --target production',
    ]);
  });

  test('without dbt among the packages, or without a manifest after it, fails', async () => {
    const without = await world.place(project);
    const silent = await world.place({ ...project, 'with-dbt': dbt('true') });
    await chmod(join(silent.app, 'with-dbt'), 0o755);
    const models = { BP_DBT_PROJECT_DIR: 'models' };

    const [missing, unwritten] = [await without.build(models), await silent.build(models)];

    expect(missing).toEqual({ exitCode: 1, text: expect.stringContaining('has no dbt among what is installed') });
    expect(unwritten).toEqual({ exitCode: 1, text: expect.stringContaining('left no models/target/manifest.json') });
  });

  test('is looked for inside the application only', async () => {
    const place = await world.place(project);

    const { exitCode, text } = await place.build({ BP_DBT_PROJECT_DIR: '../../elsewhere' });

    expect({ exitCode, text }).toEqual({ exitCode: 2, text: expect.stringContaining('BP_DBT_PROJECT_DIR') });
  });
});
