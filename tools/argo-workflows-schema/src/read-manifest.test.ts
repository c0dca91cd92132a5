import { InputError } from '@luban-ci/core';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { createManifestReader } from './read-manifest.ts';

const reader = createManifestReader();

const good = `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata:
  generateName: hello-
  creationTimestamp: null
spec:
  entrypoint: main
  activeDeadlineSeconds: 60
  arguments:
    parameters: [{ name: count, value: 3 }]
  templates:
    - name: main
      steps:
        - - name: say
            template: say
            withItems: [1, two, { three: 3 }]
    - name: say
      retryStrategy: { limit: 2, retryPolicy: Always }
      container:
        image: busybox:1.37
        resources: { requests: { cpu: 1, memory: 64Mi } }
`;

function problemsOf(text: string): string[] {
  return reader.problemsOf(parse(text)).map(({ path, message }) => `${path.join('/')}: ${message}`);
}

describe('problemsOf', () => {
  it('accepts what Argo accepts', () => {
    const problems = problemsOf(good);

    expect(problems).toEqual([]);
  });

  it.each([
    [
      'image: busybox',
      'imagee: busybox',
      'spec/templates/1/container/imagee: unknown field "imagee"; did you mean "image"?',
    ],
    [
      'withItems',
      'withItem',
      'spec/templates/0/steps/0/0/withItem: unknown field "withItem"; did you mean "withItems"?',
    ],
    ['entrypoint: main', 'entrypoint: 7', 'spec/entrypoint: expected string, found number 7'],
    [
      'retryPolicy: Always',
      'retryPolicy: Sometimes',
      'spec/templates/1/retryStrategy/retryPolicy: expected one of "Always", "OnError", "OnFailure", "OnTransientError", found string "Sometimes"',
    ],
    [
      '{ name: count, value: 3 }',
      '{ value: 3 }',
      'spec/arguments/parameters/0: field "name" is required, but not given',
    ],
    [
      'kind: Workflow',
      'kind: Workflows',
      'kind: expected one of Workflow, WorkflowTemplate, ClusterWorkflowTemplate, CronWorkflow, WorkflowList, found "Workflows"; did you mean "Workflow"?',
    ],
    [
      'argoproj.io/v1alpha1',
      'argoproj.io/v1',
      'apiVersion: expected "argoproj.io/v1alpha1", found string "argoproj.io/v1"',
    ],
  ])('names the mistake when %s becomes %s', (from, to, expected) => {
    const problems = problemsOf(good.replace(from, to));

    expect(problems).toEqual([expected]);
  });

  it('lists the known fields when none is near', () => {
    const [problem] = problemsOf(good.replace('retryPolicy: Always', 'xyzzy: 1'));

    expect(problem).toBe(
      'spec/templates/1/retryStrategy/xyzzy: unknown field "xyzzy"; known are affinity, backoff, expression, limit, retryPolicy',
    );
  });
});

describe('read', () => {
  it('hands the document back as what it is', () => {
    const workflow = reader.read(parse(good), 'hello.yaml', 'Workflow');

    expect(workflow.spec.entrypoint).toBe('main');
  });

  it('refuses with every problem and where it is', () => {
    const broken = parse(good.replace('image: busybox', 'imagee: busybox').replace('entrypoint:', 'entry:'));
    const read = () => reader.read(broken, 'hello.yaml', 'Workflow');

    expect(read).toThrow(InputError);
    expect(read).toThrow(
      /^hello.yaml is not what Argo understands: spec.entry: .*; spec.templates\[1\].container.imagee: /,
    );
  });

  it('refuses another kind than was asked for', () => {
    expect(() => reader.read(parse(good), 'hello.yaml', 'WorkflowTemplate')).toThrow(
      'hello.yaml is not what Argo understands: kind: expected one of WorkflowTemplate, found "Workflow"',
    );
  });
});
