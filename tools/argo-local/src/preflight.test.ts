import { InputError } from '@luban-ci/core';
import { describe, expect, it } from 'vitest';
import { linesOf, shell, start, testMachine, workflowOf } from './local-machine.fixture.ts';
import { readCatalog } from './model/load-catalog.ts';
import { readParameters, withParameters, workflowFrom } from './model/submission.ts';
import { runWorkflow } from './run-workflow.ts';

async function refusal(spec: string): Promise<{ fields: string[]; nodes: number }> {
  await using machine = await testMachine();
  try {
    await start(machine, spec).done;
  } catch (error) {
    if (error instanceof InputError) {
      return {
        fields: error.fields.map(({ field, expected }) => `${field}: ${expected}`),
        nodes: machine.events.length,
      };
    }
    throw error;
  }
  throw new Error('it was not refused');
}

describe('before anything runs', () => {
  it.each([
    ['sidecars: [{ name: x, image: sh }]', 'spec.templates[t].sidecars: is not supported on this machine'],
    [
      'memoize: { key: k, maxAge: 1h, cache: { configMap: { name: c } } }',
      'spec.templates[t].memoize: is not supported on this machine',
    ],
    [
      'inputs: { artifacts: [{ name: a, path: /a }] }',
      'spec.templates[t].inputs.artifacts: is not supported on this machine',
    ],
    [
      'synchronization: { mutex: { name: m } }',
      'spec.templates[t].synchronization.mutex: is not supported on this machine',
    ],
    [
      'volumes: [{ name: v, hostPath: { path: / } }]',
      'spec.templates[t].volumes[0].hostPath: is not supported on this machine',
    ],
    [
      'retryStrategy: { expression: "map([1], {#})" }',
      'spec.templates[t]: "map([1], {#})": the function map is not supported here',
    ],
    ['timeout: "{{=now()}}"', 'spec.templates[t]: "now()": the function now is not supported here'],
    [
      'timeout: "{{inputs.parameters.{{item}}}}"',
      'spec.templates[t]: {{inputs.parameters.{{item}} has a tag within a tag',
    ],
  ])('refuses by name: %s', async (field, expected) => {
    const { fields, nodes } = await refusal(
      `{ entrypoint: t, templates: [{ name: t, container: { image: sh, command: ['true'] }, ${field} }] }`,
    );

    expect(fields).toEqual([expect.stringContaining(expected)]);
    expect(nodes).toBe(0);
  });

  it('names everything at once: fields, images, references, volumes, hooks', async () => {
    const { fields } = await refusal(`
entrypoint: main
podSpecPatch: '{}'
hooks: { running: { template: gone, expression: 'true' } }
templates:
  - name: main
    activeDeadlineSeconds: 5
    steps: [[{ name: a, template: alien }, { name: b, template: gone }, { name: c, templateRef: { name: lib, template: x } }]]
  - name: alien
    container: { image: 'docker.test/alien:1', volumeMounts: [{ name: v, mountPath: /v }] }
`);

    expect(fields).toEqual([
      'spec.podSpecPatch: is not supported on this machine',
      'spec.hooks.running: is not supported on this machine; only the exit hook is',
      'spec.templates[main].steps[0].b: there is no template called gone in local/wf',
      'spec.templates[main].steps[0].c: there is no WorkflowTemplate called lib',
      'spec.hooks.running: there is no template called gone in local/wf',
      'spec.templates[main].activeDeadlineSeconds: is for container, script and suspend templates only',
      'spec.templates[alien].volumeMounts: the running workflow declares no volume v',
      'spec.templates[alien].image: no program of this machine is mapped to docker.test/alien:1; map one with --image docker.test/alien=host',
    ]);
  });

  it('refuses tags that name nothing, inputs without a value, circles, and what Argo would not look at', async () => {
    const { fields } = await refusal(`
entrypoint: main
hooks: { exit: { template: Leaf, expression: 'true' } }
templates:
  - name: main
    dag:
      tasks:
        - { name: a, template: Leaf, depends: b, arguments: { parameters: [{ name: x, value: '{{tasks.c.outputs.result}} {{item}} {{workflow.parameters.gone}}' }] } }
        - { name: b, template: Leaf, depends: a, arguments: { parameters: [{ name: x, value: '{{tasks.a.outputs.parameters.nope}} {{tasks.a.status}}' }] } }
        - { name: c, template: Leaf }
  - name: Leaf
    inputs: { parameters: [{ name: x }] }
    container: { image: sh, command: [echo, '{{inputs.parameters.x}} {{inputs.parameters.y}} {{anything}}'] }
`);

    expect(fields).toEqual([
      'spec.hooks.exit.expression: is not looked at by Argo; say it with a `when` in steps',
      'spec.templates[main].dag.tasks[c]: inputs.parameters.x of Leaf was not supplied',
      'spec.hooks.exit: inputs.parameters.x of Leaf was not supplied',
      'spec.templates[main]: the tasks a → b → a wait for each other',
      'spec.templates[Leaf].name: is part of the names of pods: lower-case letters, digits and "-" only',
      'spec.templates[main].dag.tasks[a]: {{tasks.c.outputs.result}} names nothing that is known there',
      'spec.templates[main].dag.tasks[a]: {{item}} names nothing that is known there',
      'spec.templates[main].dag.tasks[a]: {{workflow.parameters.gone}} names nothing that is known there',
      'spec.templates[main].dag.tasks[b]: {{tasks.a.outputs.parameters.nope}} names nothing that is known there',
      'spec.templates[Leaf]: {{inputs.parameters.y}} names nothing that is known there',
      'spec.templates[Leaf]: {{anything}} names nothing that is known there',
    ]);
  });

  it('refuses a name that would lead out of its folder', async () => {
    await using machine = await testMachine();
    const spec = `{ entrypoint: t, templates: [{ name: t, suspend: {} }] }`;

    expect(() => start(machine, spec, '../elsewhere')).toThrow('"../elsewhere" is not a name');
  });

  it('follows an image that parameters decide through every call', async () => {
    const { fields } = await refusal(`
entrypoint: main
arguments: { parameters: [{ name: image, value: 'docker.test/alien:1' }] }
templates:
  - name: main
    inputs: { parameters: [{ name: other, default: 'sh:2' }] }
    steps:
      - - { name: a, template: run, arguments: { parameters: [{ name: image, value: '{{workflow.parameters.image}}' }] } }
        - { name: b, template: run, arguments: { parameters: [{ name: image, value: '{{inputs.parameters.other}}' }] } }
        - { name: c, template: run }
  - name: run
    inputs: { parameters: [{ name: image, default: 'docker.test/other:2' }] }
    container: { image: '{{inputs.parameters.image}}', command: ['true'] }
`);

    expect(fields).toEqual(
      ['alien:1', 'other:2'].map((image) =>
        expect.stringContaining(
          `spec.templates[run].image: no program of this machine is mapped to docker.test/${image}`,
        ),
      ),
    );
  });
});

const library = `
apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata: { name: greet }
spec:
  entrypoint: greet
  workflowMetadata: { labels: { who: '{{workflow.parameters.who}}' } }
  arguments:
    parameters:
      - { name: who, value: nobody, enum: [nobody, ada] }
      - { name: registry, valueFrom: { configMapKeyRef: { name: luban-config, key: registry } } }
      - { name: missing, valueFrom: { configMapKeyRef: { name: luban-config, key: nope }, default: fallback } }
  templates:
    - name: greet
      steps:
        - - name: say
            templateRef: { name: steps-v1, template: say, clusterScope: true }
            arguments: { parameters: [{ name: a, value: '{{workflow.parameters.who}} {{workflow.parameters.registry}} {{workflow.parameters.missing}}' }] }
---
apiVersion: argoproj.io/v1alpha1
kind: ClusterWorkflowTemplate
metadata: { name: steps-v1 }
spec:
  templates:
${shell('say', 'printf %s "$A" > /tmp/out', 'outputs: { parameters: [{ name: out, globalName: out, valueFrom: { path: /tmp/out } }] }').replaceAll('\n', '\n  ')}
---
apiVersion: v1
kind: ConfigMap
metadata: { name: luban-config }
data: { registry: quay.test }
`;

describe('a template as the source', () => {
  it('runs with the parameters that were given, over its own', async () => {
    const catalog = readCatalog(library, 'library.yaml');
    await using machine = await testMachine({ catalog });
    const submitted = withParameters(
      workflowFrom('workflowtemplate/greet', catalog, 'payment'),
      readParameters(['who=ada']),
      catalog,
    );

    const done = await runWorkflow(submitted, machine);

    expect(linesOf(done)).toEqual([
      'greet-test1 Steps Succeeded',
      'greet-test1[0] StepGroup Succeeded',
      'greet-test1[0].say Pod Succeeded',
      '= Succeeded',
    ]);
    expect(done.status?.outputs?.parameters).toEqual([{ name: 'out', value: 'ada quay.test fallback' }]);
    expect(done.metadata.labels).toEqual({ who: 'ada' });
  });

  it('refuses a parameter it does not have, and a value outside an enum', async () => {
    const catalog = readCatalog(library, 'library.yaml');
    await using machine = await testMachine({ catalog });
    const workflow = workflowFrom('workflowtemplate/greet', catalog, 'payment');

    expect(() => withParameters(workflow, { whom: 'ada' }, catalog)).toThrow(
      'parameters that the workflow does not have',
    );
    await expect(runWorkflow(withParameters(workflow, { who: 'eve' }, catalog), machine)).rejects.toThrow(
      'spec.arguments.who is "eve", but only nobody, ada are allowed',
    );
  });

  it('is looked for where --from says', () => {
    const catalog = readCatalog(library, 'library.yaml');

    expect(() => workflowFrom('workflowtemplate/great', catalog, 'payment')).toThrow(
      'there is no workflowtemplate called great in payment',
    );
    expect(() => workflowFrom('cronworkflow/greet', catalog, 'payment')).toThrow('neither workflowtemplate/<name> nor');
  });
});

it('ends by its signal', async () => {
  await using machine = await testMachine();
  const stop = new AbortController();
  machine.onEvent = (event) => {
    if (event.type === 'node' && event.node.phase === 'Running') stop.abort();
  };

  const done = await runWorkflow(
    workflowOf(`{ entrypoint: t, templates: [{ name: t, container: { image: sh, command: [sleep, '30'] } }] }`),
    machine,
    stop.signal,
  );

  expect(done.status?.message).toBe("Stopped with strategy 'Terminate'");
});
