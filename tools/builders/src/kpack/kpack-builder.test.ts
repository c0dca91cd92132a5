import { RetryableError, StepError } from '@luban-ci/core';
import { type Kube, KubeObject, type NewObject } from '@luban-ci/kube';
import { capturedLog, fixedClock } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import type { BuildRequest } from '../builder.ts';
import { createKpackBuilder } from './kpack-builder.ts';

const digest = `sha256:${'a'.repeat(64)}`;

const request: BuildRequest = {
  source: {
    repoUrl: 'https://github.com/metasync/cart-service.git',
    revision: 'c0ffee0000000000000000000000000000000000',
    subPath: '.',
    checkout: () => Promise.reject(new Error('kpack clones by itself')),
  },
  image: { registry: 'quay.io', path: 'payment/cart-service' },
  tags: ['1.0.0', 'c0ffee0000000000000000000000000000000000'],
  platforms: [],
  requestId: 'run-2',
};

type Answer = (poll: number) => { builds: KubeObject[]; currentRequest?: string };

/** A cluster where kpack answers each poll as the test says, after kpack's documented API. */
function clusterWhere(answer: Answer, secrets: string[] = []): { kube: Kube; applied: NewObject[] } {
  const applied: NewObject[] = [];
  const polls = { count: 0 };
  const kube: Kube = {
    read: async ({ kind, name }) => {
      if (kind === 'Secret') return secrets.includes(name) ? object('Secret', name, {}) : undefined;
      return imageAskingFor(answer(polls.count).currentRequest ?? 'run-2');
    },
    list: async () => {
      polls.count += 1;
      return answer(polls.count).builds;
    },
    create: () => Promise.reject(new Error('nothing is created')),
    apply: async (given) => {
      applied.push(given);
      return KubeObject.parse(given);
    },
    followLog: async (pod, onLine) => onLine(`log of ${pod.container}`),
  };
  return { kube, applied };
}

function object(kind: string, name: string, fields: Record<string, unknown>): KubeObject {
  return { apiVersion: 'kpack.io/v1alpha2', kind, metadata: { name, namespace: 'snd-payment' }, ...fields };
}

function imageAskingFor(requestId: string): KubeObject {
  return object('Image', 'cart-service', {
    spec: { build: { env: [{ name: 'LUBAN_REQUEST_ID', value: requestId }] } },
  });
}

function buildFor(requestId: string, status: 'True' | 'False' | 'Unknown', message = ''): KubeObject {
  return object('Build', `build-of-${requestId}`, {
    spec: { env: [{ name: 'LUBAN_REQUEST_ID', value: requestId }] },
    status: {
      podName: 'pod',
      conditions: [{ type: 'Succeeded', status, message }],
      ...(status === 'True' ? { latestImage: `quay.io/payment/cart-service@${digest}` } : {}),
    },
  });
}

function builderOn(kube: Kube) {
  const log = capturedLog();
  const builder = createKpackBuilder({
    kube,
    clock: fixedClock(),
    log: log.log,
    signal: new AbortController().signal,
    namespace: 'snd-payment',
    name: 'cart-service',
    builder: 'luban-builder',
    serviceAccount: 'workflow-runner',
    environment: { BP_UV_RELEASE_BASE_URL: 'https://mirror.example.com/uv' },
    optionalBindings: ['uv-mirror-netrc', 'luban-ca-cert'],
    deadlineSeconds: 60,
  });
  return { builder, log };
}

test('upstream-B1: the Image carries tags, mirrors, the bindings that exist and the request id', async () => {
  const cluster = clusterWhere(() => ({ builds: [buildFor('run-2', 'True')] }), ['luban-ca-cert']);

  await builderOn(cluster.kube).builder.build(request);

  expect(cluster.applied).toEqual([
    {
      apiVersion: 'kpack.io/v1alpha2',
      kind: 'Image',
      metadata: { name: 'cart-service', namespace: 'snd-payment', labels: { app: 'cart-service' } },
      spec: {
        tag: 'quay.io/payment/cart-service:latest',
        additionalTags: [
          'quay.io/payment/cart-service:1.0.0',
          'quay.io/payment/cart-service:c0ffee0000000000000000000000000000000000',
        ],
        serviceAccountName: 'workflow-runner',
        builder: { kind: 'ClusterBuilder', name: 'luban-builder' },
        source: { git: { url: request.source.repoUrl, revision: request.source.revision } },
        build: {
          env: [
            { name: 'BP_UV_RELEASE_BASE_URL', value: 'https://mirror.example.com/uv' },
            { name: 'BP_OCI_SOURCE', value: request.source.repoUrl },
            { name: 'BP_OCI_REVISION', value: request.source.revision },
            { name: 'LUBAN_REQUEST_ID', value: 'run-2' },
          ],
          services: [{ apiVersion: 'v1', kind: 'Secret', name: 'luban-ca-cert' }],
        },
      },
    },
  ]);
});

test('upstream-R1: a finished Build of the same commit from an earlier request does not count', async () => {
  const old = buildFor('run-1', 'True');
  const cluster = clusterWhere((poll) => ({
    builds: poll < 3 ? [old] : [old, buildFor('run-2', poll < 4 ? 'Unknown' : 'True')],
  }));
  const { builder, log } = builderOn(cluster.kube);

  const built = await builder.build(request);

  expect(built).toEqual({ digest, changed: true });
  expect(log.text()).toContain('log of prepare');
});

test('upstream-R2: a request that a newer one replaced before it was built fails and says so', async () => {
  const cluster = clusterWhere(() => ({ builds: [buildFor('run-3', 'True')], currentRequest: 'run-3' }));

  const failure = await builderOn(cluster.kube)
    .builder.build(request)
    .catch((error) => error);

  expect(failure).toBeInstanceOf(StepError);
  expect(failure.message).toContain('was superseded before it began');
  expect(failure.hint).toContain('run-3');
});

test('a failed Build is told with kpack’s own words', async () => {
  const cluster = clusterWhere(() => ({
    builds: [buildFor('run-2', 'False', 'no buildpack groups passed detection')],
  }));

  await expect(builderOn(cluster.kube).builder.build(request)).rejects.toThrow(
    'kpack could not build c0ffee0000000000000000000000000000000000: no buildpack groups passed detection',
  );
});

test('a Build that never begins ends with the deadline, and may be tried again', async () => {
  const cluster = clusterWhere(() => ({ builds: [] }));

  const failure = await builderOn(cluster.kube)
    .builder.build(request)
    .catch((error) => error);

  expect(failure).toBeInstanceOf(RetryableError);
  expect(failure.message).toContain('did not begin to build');
});
