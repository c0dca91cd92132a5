import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { createManifestReader } from '@luban-ci/argo-workflows-schema';
import { describe, expect, it } from 'vitest';
import { linesOf, shell, type TestMachine, testMachine, workflowOf } from '../local-machine.fixture.ts';
import { emptyCatalog } from '../model/catalog.ts';
import type { OtherApi } from './other-api.ts';
import { type LocalApi, serveApi } from './serve-api.ts';

const workflows = '/apis/argoproj.io/v1alpha1/namespaces/payment/workflows';
const good = `{ entrypoint: t, templates: [{ name: t, container: { image: sh, command: ['true'] } }] }`;
const waiting = `{ entrypoint: t, templates: [{ name: t, suspend: {} }] }`;

async function serve(
  parts: Partial<TestMachine> = {},
): Promise<{ api: LocalApi; machine: TestMachine } & AsyncDisposable> {
  const machine = await testMachine(parts);
  const api = await serveApi(machine, { namespaces: ['snd-payment'], concurrency: 2 });
  const dispose = async (): Promise<void> => {
    await api[Symbol.asyncDispose]();
    await machine[Symbol.asyncDispose]();
  };
  return { api, machine, [Symbol.asyncDispose]: dispose };
}

async function ask(
  api: LocalApi,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ code: number; body: Record<string, unknown> }> {
  const headers = { authorization: `Bearer ${api.token}` };
  const answer = await fetch(`${api.url}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return { code: answer.status, body: (await answer.json()) as Record<string, unknown> };
}

describe('the local API', () => {
  it('takes a workflow, names it, runs it and tells how it went', async () => {
    await using served = await serve();
    const { metadata: _, ...rest } = workflowOf(good);

    const created = await ask(served.api, 'POST', workflows, {
      ...rest,
      metadata: { generateName: 'wf-', labels: { app: 'cart' } },
    });
    await served.api.store.settled();
    const read = await ask(served.api, 'GET', `${workflows}/wf-test1`);

    expect(created).toMatchObject({
      code: 201,
      body: { metadata: { name: 'wf-test1', namespace: 'payment' }, status: { phase: 'Running' } },
    });
    expect(read).toMatchObject({ code: 200, body: { status: { phase: 'Succeeded' } } });
    expect((await ask(served.api, 'GET', `${workflows}?labelSelector=app%3Dcart`)).body['items']).toHaveLength(1);
    expect((await ask(served.api, 'GET', `${workflows}?labelSelector=app%3Dother`)).body['items']).toHaveLength(0);
  });

  it('refuses the same name twice, what it cannot run, and what is no workflow', async () => {
    await using served = await serve();
    const refused = workflowOf(`{ entrypoint: t, podSpecPatch: '{}', templates: [{ name: t, suspend: {} }] }`, 'other');
    await ask(served.api, 'POST', workflows, workflowOf(good));

    const again = await ask(served.api, 'POST', workflows, workflowOf(good));
    const unsupported = await ask(served.api, 'POST', workflows, refused);
    const mistyped = await ask(served.api, 'POST', workflows, { ...workflowOf(good, 'x'), spec: { entrypont: 't' } });

    expect(again).toEqual({
      code: 409,
      body: {
        apiVersion: 'v1',
        kind: 'Status',
        status: 'Failure',
        message: 'workflows.argoproj.io "wf" already exists',
        reason: 'AlreadyExists',
        code: 409,
      },
    });
    expect(unsupported).toMatchObject({
      code: 422,
      body: { message: expect.stringContaining('spec.podSpecPatch: is not supported') },
    });
    expect(mistyped).toMatchObject({
      code: 422,
      body: { message: expect.stringContaining('did you mean "entrypoint"?') },
    });
    expect(served.api.store.list('payment')).toHaveLength(1);
  });

  it('knows its namespaces, templates and ConfigMaps, and answers 404 with a Status for others', async () => {
    const catalog = { ...emptyCatalog, configMaps: [{ name: 'luban-config', data: { a: 'b' } }] };
    await using served = await serve({ catalog });
    const base = '/api/v1/namespaces';

    expect(await ask(served.api, 'GET', `${base}/snd-payment`)).toMatchObject({
      code: 200,
      body: { kind: 'Namespace' },
    });
    expect(await ask(served.api, 'GET', `${base}/nowhere`)).toMatchObject({
      code: 404,
      body: { kind: 'Status', reason: 'NotFound' },
    });
    expect(await ask(served.api, 'GET', `${base}/payment/configmaps/luban-config`)).toMatchObject({
      body: { data: { a: 'b' } },
    });
    expect(await ask(served.api, 'GET', `${base}/payment/secrets/x`)).toMatchObject({ code: 404 });
    expect(await ask(served.api, 'GET', '/apis/argoproj.io/v1alpha1/clusterworkflowtemplates/x')).toMatchObject({
      code: 404,
    });
    expect(await ask(served.api, 'POST', workflows.replace('payment', 'nowhere'), workflowOf(good))).toMatchObject({
      code: 404,
    });
  });

  it('says what there is to clients that look before they ask', async () => {
    await using served = await serve();

    const core = await ask(served.api, 'GET', '/api/v1');
    const argo = await ask(served.api, 'GET', '/apis/argoproj.io/v1alpha1');

    expect(core.body['resources']).toContainEqual(
      expect.objectContaining({ name: 'namespaces', kind: 'Namespace', namespaced: false }),
    );
    expect(argo.body['resources']).toContainEqual(
      expect.objectContaining({ name: 'workflows', kind: 'Workflow', namespaced: true }),
    );
  });

  it('suspends, resumes, terminates and deletes', async () => {
    await using served = await serve();
    for (const name of ['one', 'two']) await ask(served.api, 'POST', workflows, workflowOf(waiting, name));
    await expect
      .poll(() => served.api.store.list('payment').map((each) => linesOf(each)[0]))
      .toEqual(['one Suspend Running', 'two Suspend Running']);

    await ask(served.api, 'PATCH', `${workflows}/one`, { spec: { suspend: null } });
    await ask(served.api, 'PATCH', `${workflows}/two`, { spec: { shutdown: 'Terminate' } });
    await served.api.store.settled();

    expect(served.api.store.list('payment').map(({ status }) => status?.phase)).toEqual(['Succeeded', 'Failed']);
    expect(await ask(served.api, 'DELETE', `${workflows}/one`)).toMatchObject({ code: 200 });
    expect(await ask(served.api, 'GET', `${workflows}/one`)).toMatchObject({ code: 404 });
  });

  it('runs so many at a time, and no more', async () => {
    await using served = await serve();
    const spec = `\nentrypoint: work\ntemplates:\n${shell('work', 'sleep 0.05')}`;
    const running = new Set<string>();
    const counts: number[] = [];
    served.machine.onEvent = (event) => {
      if (event.type !== 'node') return;
      if (event.node.phase === 'Running') running.add(event.workflow);
      if (event.node.phase === 'Succeeded') running.delete(event.workflow);
      counts.push(running.size);
    };

    for (const name of ['a', 'b', 'c', 'd']) await ask(served.api, 'POST', workflows, workflowOf(spec, name));
    await served.api.store.settled();

    expect(Math.max(...counts)).toBe(2);
    expect(served.api.store.list('payment').map(({ status }) => status?.phase)).toEqual(Array(4).fill('Succeeded'));
  });

  it('lets nobody in without the token, which stands in a file of its owner', async () => {
    await using served = await serve();
    const file = join(served.machine.folder, 'kubeconfig');

    await served.api.writeKubeconfig(file);
    const answer = await fetch(`${served.api.url}/api/v1/namespaces/payment`, {
      headers: { authorization: 'Bearer guess' },
    });

    expect(answer.status).toBe(401);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it('is one cluster with another API server: workflows are here, everything else is there', async () => {
    const asked: string[] = [];
    const other: OtherApi = async ({ method, path }) => {
      asked.push(`${method} ${path}`);
      if (path === '/api/v1') return { code: 200, body: { resources: [{ name: 'secrets' }, { name: 'namespaces' }] } };
      if (path === '/api/v1/namespaces/made')
        return { code: 200, body: { kind: 'Namespace', metadata: { name: 'made' } } };
      return { code: 404, body: { kind: 'Status', message: 'not there either' } };
    };
    const machine = await testMachine();
    await using _machine = machine;
    await using api = await serveApi(machine, { namespaces: [], concurrency: 2, other });
    const { metadata: _, ...rest } = workflowOf(good);
    const workflow = { ...rest, metadata: { name: 'wf' } };

    const discovered = await ask(api, 'GET', '/api/v1');
    const created = await ask(api, 'POST', '/apis/argoproj.io/v1alpha1/namespaces/made/workflows', workflow);
    const unmade = await ask(api, 'POST', '/apis/argoproj.io/v1alpha1/namespaces/unmade/workflows', workflow);
    const own = await ask(api, 'GET', '/api/v1/namespaces/payment');
    const nowhere = await ask(api, 'GET', '/api/v1/namespaces/payment/secrets/x');
    await api.store.settled();

    const names = (discovered.body['resources'] as { name: string }[]).map(({ name }) => name);
    expect(names).toEqual(['namespaces', 'configmaps', 'secrets']);
    expect([created.code, unmade.code, own.code, nowhere.code]).toEqual([201, 404, 200, 404]);
    expect(nowhere.body['message']).toBe('not there either');
    expect(asked).toContain('GET /api/v1/namespaces/payment/secrets/x');
  });

  it('takes no template of a file for one that is in a namespace of another API server', async () => {
    const theirs = '/api/v1/namespaces/made';
    const other: OtherApi = async ({ path }) => ({ code: path === theirs ? 200 : 404, body: {} });
    const template = createManifestReader().read(
      {
        apiVersion: 'argoproj.io/v1alpha1',
        kind: 'WorkflowTemplate',
        metadata: { name: 'given' },
        spec: { templates: [] },
      },
      'given',
      'WorkflowTemplate',
    );
    const machine = await testMachine({ catalog: { ...emptyCatalog, workflowTemplates: [template] } });
    await using _machine = machine;
    await using api = await serveApi(machine, { namespaces: ['made'], concurrency: 2, other });
    const codeIn = async (namespace: string): Promise<number> =>
      (await ask(api, 'GET', `/apis/argoproj.io/v1alpha1/namespaces/${namespace}/workflowtemplates/given`)).code;

    expect([await codeIn('payment'), await codeIn('made')]).toEqual([200, 404]);
  });
});
