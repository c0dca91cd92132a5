import { createLockTable, emptyCatalog, type LocalApi, type LocalMachine, serveApi } from '@luban-ci/argo-local';
import { createKube } from '@luban-ci/kube/client';
import { fixedClock, type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { workflowObject } from '../pushes/workflow-object.ts';
import { failureOf, runStep } from '../testing/run-step.fixture.ts';

/** Templates that end well, end badly and do not end. */
function templateOf(name: string, template: Record<string, unknown>) {
  return {
    apiVersion: 'argoproj.io/v1alpha1' as const,
    kind: 'WorkflowTemplate' as const,
    metadata: { name, namespace: 'snd-payment' },
    spec: {
      entrypoint: 'main',
      arguments: { parameters: [{ name: 'app_name', value: 'by-default' }] },
      templates: [{ name: 'main', ...template }],
    },
  };
}

const shell = (line: string) => ({ container: { image: 'sh:1', command: ['sh', '-c', line] } });

let folder: TemporaryFolder;
let api: LocalApi;
let kubeconfig: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  let count = 0;
  const machine: LocalMachine = {
    catalog: {
      ...emptyCatalog,
      workflowTemplates: [
        templateOf('good', shell('true')),
        templateOf('bad', shell('exit 1')),
        templateOf('waiting', { suspend: {} }),
      ],
    },
    images: [{ repository: 'sh', host: true }],
    folder: folder.path,
    namespace: 'luban-ci',
    clock: fixedClock(),
    locks: createLockTable(),
    environment: { PATH: process.env['PATH'] },
    randomSuffix: () => `n${++count}`,
    onEvent: () => {},
  };
  api = await serveApi(machine, { namespaces: ['snd-payment'], concurrency: 4 });
  kubeconfig = folder.at('kubeconfig');
  await api.writeKubeconfig(kubeconfig);
});
afterAll(async () => {
  await api[Symbol.asyncDispose]();
  await folder[Symbol.asyncDispose]();
});

const submit = (given: Record<string, unknown>, dryRun = false) =>
  runStep('submit-workflow', { kubeconfig, namespace: 'snd-payment', ...given }, { dryRun });
const listed = () => api.store.list('snd-payment');

test('a request is submitted once, with its parameters and labels; a dry run submits nothing', async () => {
  const requestId = `https://github.com/a/b refs/heads/${'x'.repeat(200)} 2026-01-01T00:00:00Z`;
  const given = {
    template: 'waiting',
    requestId,
    namePrefix: 'cart',
    parameters: { app_name: 'cart' },
    labels: { app: 'cart' },
  };

  const dry = await submit(given, true);
  const none = listed().length;
  const first = await submit(given);
  const second = await submit(given);

  expect([dry.changed, none]).toEqual([false, 0]);
  expect(first).toMatchObject({ changed: true, outputs: { namespace: 'snd-payment' } });
  expect(second).toMatchObject({ changed: false, outputs: { workflow: first.outputs['workflow'] } });
  expect(listed()).toMatchObject([
    {
      metadata: { name: first.outputs['workflow'], labels: { app: 'cart' } },
      spec: {
        workflowTemplateRef: { name: 'waiting' },
        arguments: { parameters: [{ name: 'app_name', value: 'cart' }] },
      },
    },
  ]);
});

test('a request whose workflow has failed may be asked for again', async () => {
  const given = { template: 'bad', requestId: 'failing' };

  const first = await submit(given);
  await expect
    .poll(() => listed().find(({ metadata }) => metadata.name === first.outputs['workflow'])?.status?.phase)
    .toBe('Failed');
  const second = await submit(given);

  expect(second.changed).toBe(true);
  expect(second.outputs['workflow']).not.toBe(first.outputs['workflow']);
});

test('what was made up for before its event came is not submitted again, unless it was asked for later', async () => {
  const subject = 'git.example/a/b refs/heads/main';
  const about = workflowObject({
    ...{ template: 'good', namespace: 'snd-payment', parameters: {}, labels: {} },
    ...{ subject, madeUpAt: '2026-01-01T10:00:00Z' },
  });
  const made = await createKube({ kubeconfig }).create(about);
  const given = { template: 'good', subject };

  const late = await submit({ ...given, requestId: 'late', askedAt: '2026-01-01T09:58:00Z' });
  const timeless = await submit({ ...given, requestId: 'timeless' });
  const again = await submit({ ...given, requestId: 'again', askedAt: '2026-01-01T10:30:00Z' });
  const other = await submit({ ...given, requestId: 'other', subject: `${subject} other` });

  expect([late, timeless].map(({ outputs }) => outputs['workflow'])).toEqual(Array(2).fill(made?.metadata.name));
  expect([late, timeless, again, other].map(({ changed }) => changed)).toEqual([false, false, true, true]);
});

test('its end is waited for: well, badly, or not in time', async () => {
  const good = await submit({ template: 'good', wait: true });
  const bad = await failureOf(submit({ template: 'bad', wait: true }));
  const late = await failureOf(submit({ template: 'waiting', wait: true, deadlineSeconds: 5 }));
  const again = await failureOf(submit({ template: 'waiting', wait: true, deadlineSeconds: 5, requestId: 'late' }));

  expect(good.outputs['phase']).toBe('Succeeded');
  expect(bad).toMatchObject({ name: 'StepError', message: expect.stringContaining('has Failed') });
  expect(late).toMatchObject({ name: 'StepError', hint: expect.stringContaining('requestId') });
  expect(again).toMatchObject({ name: 'RetryableError' });
});

test('a namespace that is not there is refused, and says what makes it', async () => {
  const error = await failureOf(submit({ template: 'good', namespace: 'snd-nobody' }));

  expect(error).toMatchObject({ name: 'StepError', message: 'There is no namespace snd-nobody' });
});
