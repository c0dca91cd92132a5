import { InputError } from '@luban-ci/core';
import { expect, test } from 'vitest';
import { keysOf, mergeConfig } from './merge-config.ts';

const system = { source: 'luban-config', data: { registry_server: 'quay.io', default_image_tag: 'latest' } };
const app = { source: 'app-config', data: { default_image_tag: '1.0', container_port: '8080', platform_port: '' } };

test('the later layer counts, and each value says where it is from', () => {
  const merged = mergeConfig([system, app, { source: 'set', data: { container_port: '9090' } }]);

  expect([...merged]).toEqual([
    ['container_port', { value: '9090', source: 'set' }],
    ['default_image_tag', { value: '1.0', source: 'app-config' }],
    ['registry_server', { value: 'quay.io', source: 'luban-config' }],
  ]);
  expect(keysOf('luban-python-config', merged)).toEqual({ container_port: '9090', default_image_tag: '1.0' });
  expect(keysOf('luban-config', merged)).toEqual({ default_image_tag: '1.0', registry_server: 'quay.io' });
});

test.each(['', '  ', 'None', '{{inputs.parameters.tag}}'])('%j overrides nothing', (value) => {
  const merged = mergeConfig([system, { source: 'set', data: { default_image_tag: value, nobody_knows: value } }]);

  expect([...merged.keys()]).toEqual(['default_image_tag', 'registry_server']);
  expect(merged.get('default_image_tag')).toEqual({ value: 'latest', source: 'luban-config' });
});

test('every unknown key and every bad value is told at once, without the value', () => {
  const merge = (): unknown =>
    mergeConfig([app, { source: 'set', data: { registry_servr: 'hunter2', service_port: 'x' } }], ['default_env']);

  expect(merge).toThrow(InputError);
  expect(merge).toThrow(
    expect.objectContaining({
      fields: [
        { field: 'registry_servr', expected: 'no such key, in set' },
        { field: 'service_port', expected: expect.stringMatching(/, in set$/) },
      ],
    }),
  );
  expect(merge).not.toThrow(/hunter2/);
});

test('variables of a template may be set beside the keys', () => {
  const merged = mergeConfig([{ source: 'set', data: { default_env: 'sandbox' } }], ['default_env']);

  expect(merged.get('default_env')).toEqual({ value: 'sandbox', source: 'set' });
});
