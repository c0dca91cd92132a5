import { InputError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { parseLubanConfig } from './luban-config.ts';

test('text from a ConfigMap becomes typed values, and an empty value counts as left out', () => {
  const config = parseLubanConfig({ default_container_port: '9000', production_auto_sync: 'false', domain_suffix: '' });

  expect(config).toMatchObject({
    default_container_port: 9000,
    default_service_port: 80,
    production_auto_sync: false,
    domain_suffix: 'apps.example.com',
  });
});

test('every unknown key and every bad value is named at once', () => {
  const failure = catchError(() =>
    parseLubanConfig({
      registry_sever: 'x',
      default_service_port: '80000',
      environments: 'snd',
      namespace_pattern: '<team>',
    }),
  );

  expect(failure).toBeInstanceOf(InputError);
  expect((failure as InputError).fields.map((each) => each.field).sort()).toEqual([
    'default_service_port',
    'environments',
    'namespace_pattern',
    'registry_sever',
  ]);
});

function catchError(action: () => unknown): unknown {
  try {
    return action();
  } catch (error) {
    return error;
  }
}
