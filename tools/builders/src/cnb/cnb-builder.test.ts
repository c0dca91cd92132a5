import { InputError, RetryableError, StepError } from '@luban-ci/core';
import type { RegistryClient } from '@luban-ci/images';
import { KubeObject, type NewObject, type WritableKube } from '@luban-ci/kube';
import { capturedLog, fixedClock } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import type { BuildRequest } from '../builder.ts';
import { createCnbBuilder } from './cnb-builder.ts';
import golden from './pod.golden.json' with { type: 'json' };

const digest = `sha256:${'a'.repeat(64)}`;
const report = `[image]\ntags = ["quay.io/payment/cart-service:1.0.0"]\ndigest = "${digest}"\n`;
const revision = 'c0ffee0000000000000000000000000000000000';

const request: BuildRequest = {
  source: {
    repoUrl: 'https://github.com/metasync/cart-service.git',
    revision,
    subPath: 'services/cart',
    checkout: () => Promise.reject(new Error('the pod clones by itself')),
  },
  image: { registry: 'quay.io', path: 'payment/cart-service' },
  tags: ['1.0.0', revision],
  platforms: [],
  requestId: 'run-2',
};

type Status = Record<string, unknown>;

const running: Status = { phase: 'Running' };
const succeeded: Status = { phase: 'Succeeded', containerStatuses: [ended('creator', 0, report)] };

function ended(name: string, exitCode: number, message = '', reason = exitCode === 0 ? 'Completed' : 'Error') {
  return { name, state: { terminated: { exitCode, reason, message } } };
}

function failed(exitCode: number, message = '', reason?: string): Status {
  return { phase: 'Failed', containerStatuses: [ended('creator', exitCode, message, reason)] };
}

/** A cluster whose pods have, look after look, the states that the test says; the last one stays. */
function clusterWhere(states: readonly (Status | 'gone')[], there: readonly KubeObject[] = []) {
  const objects = new Map(there.map((object) => [object.metadata.name ?? '', object]));
  const calls: string[] = [];
  const created: NewObject[] = [];
  const looks = { count: 0 };
  const kube: WritableKube = {
    read: async ({ kind, name }) => {
      const found = objects.get(name);
      if (kind !== 'Pod' || found === undefined) return found;
      const state = states[Math.min(looks.count, states.length - 1)];
      looks.count += 1;
      return state === 'gone' ? undefined : { ...found, status: state };
    },
    list: async ({ kind }) => [...objects.values()].filter((each) => each.kind === kind),
    create: async (object) => {
      const name = object.metadata.name ?? '';
      if (objects.has(name)) return undefined;
      calls.push(`create ${name}`);
      created.push(object);
      objects.set(name, KubeObject.parse({ ...object, status: { phase: 'Pending' } }));
      return objects.get(name);
    },
    delete: async ({ metadata }) => {
      calls.push(`delete ${metadata.name}`);
      return objects.delete(metadata.name ?? '');
    },
    followLog: async (pod, onLine) => onLine(`log of ${pod.container}`),
    apply: () => Promise.reject(new Error('nothing is applied')),
    replace: () => Promise.reject(new Error('nothing is replaced')),
    has: async () => true,
  };
  return { kube, calls, created };
}

function pod(name: string, phase: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name, namespace: 'snd-payment' }, status: { phase } };
}

function secret(name: string): KubeObject {
  return { apiVersion: 'v1', kind: 'Secret', metadata: { name, namespace: 'snd-payment' } };
}

function builderOn(kube: WritableKube, registry: Partial<RegistryClient> = {}) {
  const log = capturedLog();
  const asked: string[] = [];
  const answers = { resolve: async () => undefined, ...registry };
  const builder = createCnbBuilder({
    kube,
    // Only what a builder may ask of a registry that it does not push to itself.
    registry: new Proxy({} as RegistryClient, {
      get: (_, name) => {
        asked.push(String(name));
        return Reflect.get(answers, name);
      },
    }),
    clock: fixedClock(),
    log: log.log,
    signal: new AbortController().signal,
    namespace: 'snd-payment',
    app: 'cart-service',
    builderImage: 'quay.io/luban-ci/builder:1',
    sourceImage: 'quay.io/luban-ci/gitops-utils:1',
    gitSecret: 'github-creds',
    registrySecret: 'harbor-creds',
    environment: { BP_UV_RELEASE_BASE_URL: 'https://mirror.example.com/uv' },
    optionalBindings: ['uv-mirror-netrc', 'luban-ca-cert'],
    deadlineSeconds: 60,
  });
  return { builder, log, asked };
}

describe('a build', () => {
  test('runs one pod without rights, tells its log, answers what the lifecycle reports, and takes the pod away', async () => {
    const cluster = clusterWhere([{ phase: 'Pending' }, running, succeeded], [secret('luban-ca-cert')]);
    const { builder, log, asked } = builderOn(cluster.kube);

    const built = await builder.build(request);

    const [made] = cluster.created;
    expect(built).toEqual({ digest, changed: true });
    expect(cluster.calls).toEqual([`create ${made?.metadata.name}`, `delete ${made?.metadata.name}`]);
    expect(log.text()).toContain('log of creator');
    expect(asked).toEqual([]);
    expect(made).toEqual(golden);
  });

  test('upstream-S1: what is asked for never becomes a variable of the pod, and secrets are among those', async () => {
    const cluster = clusterWhere([succeeded]);
    const source = { ...request.source, subPath: '$(LUBAN_GIT_TOKEN)/$HOME', repoUrl: 'https://x/$(LUBAN_GIT_TOKEN)' };

    await builderOn(cluster.kube).builder.build({ ...request, source });

    const text = JSON.stringify(cluster.created[0]?.['spec']);
    expect(text).toContain('--repo-url=https://x/$$(LUBAN_GIT_TOKEN)');
    expect(text).toContain('-app=/workspace/source/$$(LUBAN_GIT_TOKEN)/$$HOME');
    expect(text).not.toMatch(/[^$]\$\(/);
  });

  test('of the same request is found again: neither a second pod, nor a second build', async () => {
    const first = clusterWhere([running]);
    const lost = builderOn(first.kube).builder.build(request);
    await expect(lost).rejects.toBeInstanceOf(RetryableError);
    const [made] = first.created;

    const again = clusterWhere([running, succeeded], [KubeObject.parse({ ...made, status: running })]);
    const built = await builderOn(again.kube).builder.build(request);

    expect(built.digest).toBe(digest);
    expect(again.created).toEqual([]);
  });

  test('clears ended pods of the application away, its own failed one among them, and leaves those that run', async () => {
    const probe = clusterWhere([succeeded]);
    await builderOn(probe.kube).builder.build(request);
    const own = probe.created[0]?.metadata.name ?? '';
    const others = [pod('old-failed', 'Failed'), pod('old-done', 'Succeeded'), pod('other', 'Running')];
    const cluster = clusterWhere([succeeded], [pod(own, 'Failed'), ...others]);

    await builderOn(cluster.kube).builder.build(request);

    expect(cluster.calls).toEqual([
      `delete ${own}`,
      'delete old-failed',
      'delete old-done',
      `create ${own}`,
      `delete ${own}`,
    ]);
  });

  test('whose report was cut is known by its tag', async () => {
    const cut = { phase: 'Succeeded', containerStatuses: [ended('creator', 0, '[image]\ntags = ["quay')] };
    const cluster = clusterWhere([cut]);
    const resolve = async () => ({ digest, mediaType: '' });

    expect(await builderOn(cluster.kube, { resolve }).builder.build(request)).toEqual({ digest, changed: true });
  });
});

describe('what no other try mends', () => {
  test.each([
    ['no buildpack for the source', failed(20), 'no buildpack of the builder is for this source'],
    ['a buildpack that fails', failed(51, 'uv: …\nerror: uv sync ended with exit code 1'), 'a buildpack failed'],
    ['an API that the builder does not have', failed(11), 'the builder image does not fit (exit code 11)'],
    ['too little memory', failed(137, '', 'OOMKilled'), 'creator took more memory than it may'],
    [
      'an image that cannot be named',
      {
        phase: 'Pending',
        initContainerStatuses: [{ name: 'checkout', state: { waiting: { reason: 'InvalidImageName' } } }],
      },
      'checkout cannot start: InvalidImageName',
    ],
    [
      'a source that is refused',
      { phase: 'Failed', initContainerStatuses: [ended('checkout', 1, 'the server refused access')] },
      'https://github.com/metasync/cart-service.git could not be fetched for the build (exit code 1)',
    ],
  ])('%s', async (_, state, said) => {
    const failure = await builderOn(clusterWhere([state]).kube)
      .builder.build(request)
      .catch((error) => error);

    expect(failure).toBeInstanceOf(StepError);
    expect(failure.message).toContain(said);
  });

  test('the last line of the lifecycle is the hint', async () => {
    const failure = await builderOn(clusterWhere([failed(51, 'first\nlast\n')]).kube)
      .builder.build(request)
      .catch((error) => error);

    expect(failure.hint).toBe('last');
  });

  test('a registry that refuses, which the lifecycle’s exit code does not tell from one that is away', async () => {
    const refused = new StepError('quay.io refused access');

    const failure = await builderOn(clusterWhere([failed(62)]).kube, { resolve: () => Promise.reject(refused) })
      .builder.build(request)
      .catch((error) => error);

    expect(failure).toBe(refused);
  });
});

describe('what another try may mend', () => {
  test.each([
    [
      'a pod that the node took',
      { phase: 'Failed', reason: 'Evicted', message: 'disk pressure' },
      'Evicted: disk pressure',
    ],
    ['a pod that was killed', failed(143), 'creator was ended from outside'],
    ['a pod that somebody deleted', 'gone' as const, 'was deleted while it ran'],
    ['a pod that took too long', { phase: 'Failed', reason: 'DeadlineExceeded' }, 'within 60 s'],
    ['a build that does not end', running, 'within 60 s'],
    ['images that could not be read or written', failed(1), 'reading or writing images failed (exit code 1)'],
    [
      'a git server that is away',
      { phase: 'Failed', initContainerStatuses: [ended('checkout', 75)] },
      'could not be fetched for the build (exit code 75)',
    ],
  ])('%s', async (_, state, said) => {
    const failure = await builderOn(clusterWhere([state]).kube)
      .builder.build(request)
      .catch((error) => error);

    expect(failure).toBeInstanceOf(RetryableError);
    expect(failure.message).toContain(said);
  });

  test('an image that is not there yet is waited for, and said once', async () => {
    const waiting = {
      name: 'creator',
      state: { waiting: { reason: 'ErrImagePull', message: 'not found: builder:1' } },
    };
    const pulling = { phase: 'Pending', containerStatuses: [waiting] };
    const { builder, log } = builderOn(clusterWhere([pulling, pulling, succeeded]).kube);

    await builder.build(request);

    expect(log.lines.filter(({ level }) => level === 'warn').map(({ message }) => message)).toEqual([
      'not found: builder:1',
    ]);
  });

  test('a registry that is away', async () => {
    const away = new RetryableError('quay.io cannot be reached');

    const failure = await builderOn(clusterWhere([failed(32)]).kube, { resolve: () => Promise.reject(away) })
      .builder.build(request)
      .catch((error) => error);

    expect(failure).toBe(away);
    expect(failure).not.toBeInstanceOf(InputError);
  });
});
