import { writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { InputError, RetryableError, StepError } from '@luban-ci/core';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createKube } from './create-kube.ts';
import type { Kube } from './kube.ts';

const discovery = {
  kind: 'APIResourceList',
  groupVersion: 'argoproj.io/v1alpha1',
  resources: [{ name: 'workflows', kind: 'Workflow', namespaced: true, verbs: [], singularName: '' }],
};

const workflow = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Workflow',
  metadata: { name: 'build', namespace: 'snd-payment' },
  spec: { entrypoint: 'main' },
};

interface Asked {
  method: string | undefined;
  url: string | undefined;
  type: string | undefined;
  body: string;
}

/** A cluster that answers discovery, and everything else with one status and body. */
async function clusterAnswering(
  status: number,
  body: unknown,
): Promise<{ kube: Kube; asked: Asked[] } & AsyncDisposable> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const isDiscovery = request.url === '/apis/argoproj.io/v1alpha1';
    if (!isDiscovery) asked.push(await askedBy(request));
    response.writeHead(isDiscovery ? 200 : status, { 'content-type': 'application/json' });
    response.end(JSON.stringify(isDiscovery ? discovery : body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const folder = await temporaryFolder();
  const { port } = server.address() as AddressInfo;
  await writeFile(folder.at('kubeconfig'), kubeconfig(`http://127.0.0.1:${port}`));
  return {
    kube: createKube({ kubeconfig: folder.at('kubeconfig') }),
    asked,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await folder[Symbol.asyncDispose]();
    },
  };
}

async function askedBy(request: IncomingMessage): Promise<Asked> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return {
    method: request.method,
    url: request.url,
    type: request.headers['content-type'],
    body: Buffer.concat(chunks).toString(),
  };
}

function kubeconfig(server: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'here', cluster: { server } }],
    users: [{ name: 'me', user: { token: 't0ken-of-test' } }],
    contexts: [{ name: 'here', context: { cluster: 'here', user: 'me' } }],
    'current-context': 'here',
  });
}

const status = (code: number, message: string) => ({
  kind: 'Status',
  apiVersion: 'v1',
  status: 'Failure',
  code,
  message,
});

test('an object is read, and what the schema does not know stays', async () => {
  await using cluster = await clusterAnswering(200, workflow);

  const found = await cluster.kube.read({ ...workflow, name: 'build', namespace: 'snd-payment' });

  expect(found).toEqual(workflow);
  expect(cluster.asked[0]?.url).toBe('/apis/argoproj.io/v1alpha1/namespaces/snd-payment/workflows/build');
});

test('what does not exist is undefined, and so is the creation of what is there already', async () => {
  await using empty = await clusterAnswering(404, status(404, 'not found'));
  await using taken = await clusterAnswering(409, status(409, 'already exists'));

  expect(await empty.kube.read({ ...workflow, name: 'build', namespace: 'snd-payment' })).toBeUndefined();
  expect(await taken.kube.create(workflow)).toBeUndefined();
});

test('apply is server-side, as our field manager', async () => {
  await using cluster = await clusterAnswering(200, workflow);

  await cluster.kube.apply(workflow);

  expect(cluster.asked[0]).toMatchObject({
    method: 'PATCH',
    url: '/apis/argoproj.io/v1alpha1/namespaces/snd-payment/workflows/build?fieldManager=luban-ci&force=true',
    type: 'application/apply-patch+yaml',
  });
});

test.each([
  [403, StepError, 'Creating Workflow snd-payment/build was refused with 403: workflows is forbidden'],
  [422, InputError, 'Creating Workflow snd-payment/build was refused as invalid: workflows is forbidden'],
  [429, RetryableError, 'Creating Workflow snd-payment/build failed: the cluster answered 429: workflows is forbidden'],
  [503, RetryableError, 'Creating Workflow snd-payment/build failed: the cluster answered 503: workflows is forbidden'],
])('an answer of %i is told in a sentence and classified', async (code, kind, sentence) => {
  await using cluster = await clusterAnswering(code, status(code, 'workflows is forbidden'));

  const failure = await cluster.kube.create(workflow).catch((error) => error);

  expect(failure).toBeInstanceOf(kind);
  expect(failure.message).toBe(sentence);
});

test('a cluster that is away can be tried again, and a kubeconfig that is none cannot', async () => {
  const cluster = await clusterAnswering(200, workflow);
  await cluster[Symbol.asyncDispose]();

  await expect(cluster.kube.create(workflow)).rejects.toBeInstanceOf(RetryableError);
  expect(() => createKube({ kubeconfig: '/nowhere' })).toThrow(InputError);
});
