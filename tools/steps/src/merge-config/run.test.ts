import { readFile, stat, symlink } from 'node:fs/promises';
import { readTree, temporaryFolder, writeTree } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { failureOf, runStep } from '../testing/run-step.fixture.ts';

/** ConfigMaps as a pod has them mounted. */
async function mounted() {
  const folder = await temporaryFolder();
  await writeTree(folder.path, {
    'luban/registry_server': 'harbor.example.com',
    'luban/domain_suffix': 'apps.example.com\n',
    'luban/webhook_url': '',
    'luban/..data/registry_server': 'other',
    'app/container_port': '8080',
    'app/service_port': '8080',
    'work/here.txt': '',
  });
  return Object.assign(folder, { configPath: folder.at('luban'), appConfigPath: folder.at('app') });
}

test('the application wins over luban-config, and what was set wins over both', async () => {
  await using folder = await mounted();
  const { configPath, appConfigPath } = folder;
  const workspace = folder.at('work');
  const inputs = { configPath, appConfigPath, set: { container_port: '9000', domain_suffix: 'None' } };

  const planned = await runStep('merge-config', inputs, { workspace, dryRun: true });
  const untouched = Object.keys(await readTree(workspace));
  const first = await runStep('merge-config', inputs, { workspace });
  const second = await runStep('merge-config', inputs, { workspace });

  expect(planned).toMatchObject({ changed: false, diff: first.diff });
  expect(untouched).toEqual(['here.txt']);
  expect(first).toMatchObject({
    changed: true,
    summary: '4 values are written to config.yaml',
    outputs: {
      configFile: 'config.yaml',
      keys: [
        'container_port from set',
        'domain_suffix from luban-config',
        'registry_server from luban-config',
        'service_port from app-config',
      ],
    },
  });
  expect(second).toMatchObject({ changed: false, diff: '', summary: '4 values are in config.yaml' });
  expect(await readTree(workspace)).toEqual({
    'config.yaml':
      'container_port: "9000"\ndomain_suffix: |\n  apps.example.com\nregistry_server: harbor.example.com\nservice_port: "8080"\n',
    'here.txt': '',
  });
});

test('upstream-S7: the login of a package index is in the file alone, and nobody else may read that', async () => {
  await using folder = await mounted();
  const workspace = folder.at('work');
  const index = 'https://robot:hunter2@pypi.example.com/simple';
  const configPath = folder.at('luban.yaml');
  await writeTree(folder.path, { 'luban.yaml': `python_index_url: ${index}\n` });
  await writeTree(workspace, {
    'config.yaml': 'python_index_url: https://robot:swordfish@pypi.example.com/simple\npin: sesame\n',
  });

  const result = await runStep('merge-config', { configPath }, { workspace });

  expect(result.diff).toContain(' python_index_url: https://***@pypi.example.com/simple\n');
  expect(JSON.stringify(result)).not.toMatch(/hunter2|swordfish|sesame|robot/);
  expect(await readFile(`${workspace}/config.yaml`, 'utf8')).toBe(`python_index_url: ${index}\n`);
  expect((await stat(`${workspace}/config.yaml`)).mode & 0o777).toBe(0o600);
});

test('variables of a template may be set where the template is named', async () => {
  await using folder = await mounted();
  const workspace = folder.at('work');
  const template = 'luban-dagster-dbt-starrocks-code-location-source-template';
  const set = { default_env: 'production', code_location_port: '4000' };

  const merged = await runStep('merge-config', { set, template }, { workspace });
  const refused = await failureOf(runStep('merge-config', { set }, { workspace }));

  expect(merged.outputs['keys']).toEqual(['code_location_port from set', 'default_env from set']);
  expect(refused).toMatchObject({
    name: 'InputError',
    fields: [{ field: 'default_env', expected: 'no such key, in set' }],
  });
});

test('unknown keys of every place, and a path that leads out, are refused before anything is written', async () => {
  await using folder = await mounted();
  const workspace = folder.at('work');
  await writeTree(folder.path, { 'wrong.yaml': 'container_prot: "1"\nservice_port: none\n' });
  await symlink('/etc/passwd', folder.at('work', 'link.yaml'));
  const refusals = [
    { appConfigPath: folder.at('wrong.yaml'), set: { colour: 'red' } },
    { configPath: folder.at('wrong.yaml') },
    { outputFile: '../config.yaml' },
    { outputFile: 'link.yaml' },
  ];

  const errors = await Promise.all(refusals.map((given) => failureOf(runStep('merge-config', given, { workspace }))));

  expect(errors).toMatchObject([
    {
      fields: [
        { field: 'container_prot', expected: 'no such key, in app-config' },
        { field: 'service_port', expected: expect.stringMatching(/, in app-config$/) },
        { field: 'colour', expected: 'no such key, in set' },
      ],
    },
    { message: 'luban-config cannot be used' },
    { fields: [{ field: 'outputFile' }] },
    { message: 'link.yaml is no file, so it is not written to' },
  ]);
  expect(Object.keys(await readTree(workspace))).not.toContain('config.yaml');
});
