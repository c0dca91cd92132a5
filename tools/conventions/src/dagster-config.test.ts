import { InputError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { parseDagsterConfig } from './dagster-config.ts';

test('an empty ConfigMap is a valid one', () => {
  expect(parseDagsterConfig({ platform_port: '' })).toEqual({
    dagster_version: '1.12.19',
    dagster_image: 'docker.io/dagster/dagster-celery-k8s',
    postgres_version: '18.2',
    platform_port: 3000,
    code_location_port: 3000,
    run_job_ttl_seconds_after_finished: 86_400,
  });
});

test('every unknown key and every bad value is told at once', () => {
  const read = (): unknown =>
    parseDagsterConfig({ dagster_versoin: '1.12.0', dagster_version: 'latest', code_location_port: '70000' });

  expect(read).toThrow(InputError);
  expect(read).toThrow(
    expect.objectContaining({
      fields: expect.arrayContaining([
        { field: 'dagster_versoin', expected: 'no such key' },
        { field: 'dagster_version', expected: 'expected a release of Dagster, for example 1.12.19' },
        expect.objectContaining({ field: 'code_location_port' }),
      ]),
    }),
  );
});
