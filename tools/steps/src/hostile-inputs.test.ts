import { temporaryFolder } from '@luban-ci/testing';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadStep, stepIds } from './load-step.ts';
import { type DeliveryWorld, deliveryWorld } from './testing/delivery-world.fixture.ts';
import { bothOverlays, sandbox } from './testing/overlays.fixture.ts';
import { failureOf, runStep } from './testing/run-step.fixture.ts';

/** What is tried on an input, by the kind of thing that its name stands for. */
const hostile: { names: readonly string[]; values: readonly string[] }[] = [
  {
    names: ['repoUrl', 'gitopsRepoUrl', 'infraRepoUrl'],
    values: [
      'https://github.com/a/$(id)',
      'https://github.com/a/`id`',
      'https://github.com/a/b"',
      "https://github.com/a/b'",
      'https://github.com/a/b\nc',
      'https://github.com/a/../b',
      'https://github.com/a/{{workflow.name}}',
      'https://user:secret@github.com/a/b',
      'https://token@github.com/a/b',
      'ext::sh -c id',
      '--upload-pack=id',
      'file:///etc/passwd',
      '/etc/passwd',
      'git@-oProxyCommand=id:a/b',
      'ssh://-oProxyCommand=id/a/b',
    ],
  },
  {
    names: [
      'branch',
      'createFrom',
      'gitopsBranch',
      'gitRef',
      'infraBranch',
      'ref',
      'revision',
      'sourceBranch',
      'targetBranch',
    ],
    values: [
      '-f',
      '--upload-pack=id',
      '../main',
      'a..b',
      'a b',
      'a\nb',
      'a\0b',
      '/a',
      'a.lock',
      'a~1',
      ':a',
      'b'.repeat(300),
    ],
  },
  {
    names: ['projectName', 'appName', 'deployEnv', 'fromEnv', 'toEnv', 'namespace', 'template', 'serviceAccount'],
    values: ['../x', 'a/b', 'A', 'a b', '-a', '$(id)', '{{x}}', 'a\n', '', 'x'.repeat(80)],
  },
  {
    names: ['image', 'newName', 'baseImage'],
    values: ['a b', 'a;id', '$(id)', '../a', 'A/B', 'a\nb', '-a', `a/${'x'.repeat(300)}`],
  },
  { names: ['imageTag', 'tag'], values: ['a b', '$(id)', '-a', 'a/b', 'a\n', '{{x}}', 'x'.repeat(129)] },
  { names: ['digest'], values: ['sha256:1', 'x', `sha256:${'G'.repeat(64)}`] },
  {
    names: ['orderKey', 'requestedAt', 'dispatchedAt'],
    values: ['now', '2026-13-01T00:00:00Z', '2026-01-01', '$(date)'],
  },
  { names: ['subPath'], values: ['..', '../x', '/etc', 'a/../../b', '.git', 'a\nb'] },
  { names: ['gitRef', 'ref', 'revision'], values: ['{{workflow.name}}', 'refs/heads/{{=1}}'] },
];

const attempts = await Promise.all(
  stepIds.map(async (id) => {
    const { contract } = await loadStep(id);
    const [example] = contract.examples;
    return hostile
      .flatMap(({ names, values }) => names.flatMap((field) => values.map((value) => ({ field, value }))))
      .filter(({ field }) => field in contract.inputs.shape)
      .map((attempt) => ({ id, inputs: example?.inputs ?? {}, ...attempt }));
  }),
);

describe.each(stepIds)('%s', (id) => {
  test('refuses what is no value of an input, names the input, and does nothing', async () => {
    await using workspace = await temporaryFolder();

    const outcomes = await Promise.all(
      attempts
        .flat()
        .filter((attempt) => attempt.id === id)
        .map(async ({ inputs, field, value }) => {
          const error = await failureOf(runStep(id, { ...inputs, [field]: value }, { workspace: workspace.path }));
          return { field, value, error: error as { name: string; fields?: { field: string }[] } };
        }),
    );

    const unexpected = outcomes.filter(({ field, error }) => error.fields?.[0]?.field !== field);
    expect(unexpected.map(({ field, value, error }) => `${field} ${JSON.stringify(value)}: ${error}`)).toEqual([]);
    expect(outcomes.filter(({ error }) => error.name !== 'InputError')).toEqual([]);
    expect(JSON.stringify(outcomes.map(({ error }) => String(error)))).not.toContain('user:secret');
  });
});

describe('a repository with a kustomization that nobody can read', () => {
  let world: DeliveryWorld;
  beforeAll(async () => {
    world = await deliveryWorld();
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test('is left as it is by every step that reads it, and the file is named', async () => {
    const image = 'registry.example/payment/cart';
    const tree = { ...bothOverlays(image), [sandbox]: `images:\n  - name: "${image}\n    newTag: 1\n` };
    const gitopsRepoUrl = await world.repository('broken', { main: tree, develop: tree });
    const before = await world.refs('broken');
    const common = { gitopsRepoUrl, projectName: 'payment', appName: 'cart' };

    const errors = [
      await failureOf(world.run('deploy-image', { ...common, image, imageTag: '1.0.0' })),
      await failureOf(world.run('promote', common)),
      await failureOf(world.run('rollback', { ...common, deployEnv: 'snd' })),
      await failureOf(world.run('verify', { gitopsRepoUrl })),
    ];

    const named = { name: 'StepError', message: expect.stringContaining(sandbox) };
    expect(errors).toMatchObject([named, named, named, named]);
    expect(await world.refs('broken')).toBe(before);
  });
});
