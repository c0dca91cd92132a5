import { spawnSync } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { renderTemplate } from '@luban-ci/scaffold';
import { hasProgram, type TemporaryFolder, temporaryFolder, writeTree } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

/** Milliseconds to install some hundred packages and import them, on a busy machine. */
const patience = 1_800_000;
const templates = fileURLToPath(new URL('.', import.meta.url));

/** The Python that the templates name. */
const python = '3.13';
const program = `python${python}`;
const canInstall = hasProgram('uv') && spawnSync(program, ['--version'], { env: plainEnvironment() }).status === 0;

const sources = [
  'luban-dagster-platform-source-template',
  'luban-dagster-code-location-source-template',
  'luban-dagster-dbt-starrocks-code-location-source-template',
];

/** What package managers are told about where packages come from. */
const ofPackages = /^(?:UV_|PIP_|SSL_|REQUESTS_CA_BUNDLE$|(?:https?|no)_proxy$)/i;
const environment = {
  ...plainEnvironment(),
  ...Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (ofPackages.test(name) ? [[name, value ?? '']] : [])),
  ),
};

async function rendered(template: string, folder: TemporaryFolder): Promise<string> {
  const { root, files } = await renderTemplate(`${templates}${template}`, {});
  await writeTree(
    folder.path,
    Object.fromEntries(files.map((file) => [`${root}/${file.path}`, Buffer.from(file.content).toString()])),
  );
  return folder.at(root);
}

async function succeeds(
  name: string,
  args: readonly string[],
  cwd: string,
  more: Record<string, string> = {},
): Promise<string> {
  const run = await runProgram(name, args, { cwd, env: { ...environment, ...more }, timeoutSeconds: patience / 1_000 });
  expect(run.exitCode, `${name} ${args.join(' ')}\n${run.stdout}\n${run.stderr}`).toBe(0);
  return run.stdout;
}

describe.skipIf(!canInstall)(`uv and ${program}: a new repository of`, { timeout: patience }, () => {
  let folder: TemporaryFolder;
  const environments = new Map<string, string>();
  beforeAll(async () => {
    folder = await temporaryFolder();
  });
  afterAll(() => folder[Symbol.asyncDispose]());

  test.each(sources)('%s is locked, installed and passes its own tests', async (template) => {
    const repository = await rendered(template, folder);
    const version = (await readFile(join(repository, '.python-version'), 'utf8')).trim();

    await succeeds('uv', ['lock', '--python', program], repository);
    await succeeds('uv', ['sync', '--locked', '--python', program], repository);
    environments.set(template, join(repository, '.venv', 'bin'));
    const tested = await succeeds('uv', ['run', '--no-sync', 'pytest', '--quiet'], repository);

    expect(version).toBe(python);
    expect(tested).toMatch(/\d+ passed/);
    expect(tested).not.toMatch(/failed|skipped/);
  });

  test('luban-dagster-platform-gitops-template has an instance configuration that the platform loads', async () => {
    const bin = environments.get('luban-dagster-platform-source-template') ?? expect.fail('not installed');
    await rendered('luban-dagster-platform-gitops-template', folder);
    const base = folder.at('dagster-platform-gitops', 'app', 'base');
    const properties = await readFile(join(dirname(base), 'overlays', 'snd', 'platform.properties'), 'utf8');
    const variables = properties
      .trim()
      .split('\n')
      .map((line): [string, string] => {
        const [name = '', value = ''] = line.split(/=(.*)/s);
        return [name, value];
      });
    const known = { ...Object.fromEntries(variables), DAGSTER_PG_PASSWORD: 'not-a-password' };

    const told = await succeeds(join(bin, 'python'), [`${templates}describe-instance.py`, base], base, known);

    expect(JSON.parse(told)).toEqual({
      database: 'dagster-platform-postgresql:5432/dagster as dagster',
      namespace: 'snd-data',
      account: 'dagster-platform-runs',
      secondsAfterEnd: 86_400,
      envFrom: ['dagster-platform-env', 'etl-jobs-config', 'etl-jobs-secret'],
      image: 'quay.io/data/etl-jobs:1',
    });
  });
});
