import { describe, expect, it } from 'vitest';
import { linesOf, outcomeOf, shell, start, testMachine } from './local-machine.fixture.ts';

const output = 'outputs: { parameters: [{ name: out, valueFrom: { path: /tmp/luban/outputs/out } }] }';
const say = shell('say', 'printf %s "$A$B" > /tmp/luban/outputs/out', output);

describe('steps', () => {
  it('hands outputs from step to step and out of the template', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
arguments: { parameters: [{ name: who, value: world }] }
templates:
  - name: main
    outputs: { parameters: [{ name: said, valueFrom: { parameter: '{{steps.twice.outputs.parameters.out}}' }, globalName: final }] }
    steps:
      - - name: once
          template: say
          arguments: { parameters: [{ name: a, value: 'hello {{workflow.parameters.who}}' }] }
      - - name: twice
          template: say
          arguments: { parameters: [{ name: a, value: '{{steps.once.outputs.parameters.out}}' }, { name: b, value: '{{=sprig.upper("!x")}}' }] }
${say}`;

    const done = await start(machine, spec).done;

    expect(linesOf(done)).toEqual([
      'wf Steps Succeeded',
      'wf[0] StepGroup Succeeded',
      'wf[0].once Pod Succeeded',
      'wf[1] StepGroup Succeeded',
      'wf[1].twice Pod Succeeded',
      '= Succeeded',
    ]);
    expect(done.status?.outputs).toEqual({ parameters: [{ name: 'final', value: 'hello world!X' }] });
    expect(done.status?.nodes?.['wf']?.outputs).toEqual({
      parameters: [{ name: 'said', value: 'hello world!X', globalName: 'final' }],
    });
  });

  it('skips what its when refuses, which then has a status and no outputs', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    steps:
      - - { name: never, template: say, when: 'tag == commit' }
      - - { name: after, template: say, when: "'{{steps.never.status}}' == Skipped && 2 > 1" }
      - - name: reader
          template: say
          arguments: { parameters: [{ name: a, value: '[{{steps.never.outputs.parameters.out}}]' }] }
${say}`;

    const lines = await outcomeOf(machine, spec);

    expect(lines).toEqual([
      'wf Steps Failed: {{steps.never.outputs.parameters.out}} has no value',
      'wf[0] StepGroup Succeeded',
      "wf[0].never Skipped Skipped: when 'tag == commit' evaluated false",
      'wf[1] StepGroup Succeeded',
      'wf[1].after Pod Succeeded',
      'wf[2] StepGroup Error: {{steps.never.outputs.parameters.out}} has no value',
      '= Failed: {{steps.never.outputs.parameters.out}} has no value',
    ]);
  });

  it('expands lists, names each turn as Argo does and gathers what they leave behind', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    outputs: { parameters: [{ name: all, valueFrom: { parameter: '{{steps.each.outputs.parameters.out}}' } }] }
    steps:
      - - name: each
          template: say
          withItems: [{ app: api, n: 1 }, { app: web, n: 2 }]
          arguments: { parameters: [{ name: a, value: '{{item.app}}' }, { name: b, value: '{{item.n}}' }] }
        - name: count
          template: say
          withSequence: { start: 8, count: 3, format: '%02d' }
        - name: given
          template: say
          withParam: '["x","(y)"]'
        - name: none
          template: say
          withParam: '[]'
${say}`;

    const done = await start(machine, spec).done;

    expect(linesOf(done)).toEqual([
      'wf Steps Succeeded',
      'wf[0] StepGroup Succeeded',
      'wf[0].count(0:08) Pod Succeeded',
      'wf[0].count(1:09) Pod Succeeded',
      'wf[0].count(2:10) Pod Succeeded',
      'wf[0].each(0:app:api,n:1) Pod Succeeded',
      'wf[0].each(1:app:web,n:2) Pod Succeeded',
      'wf[0].given(0:x) Pod Succeeded',
      'wf[0].given(1:y) Pod Succeeded',
      'wf[0].none Skipped Skipped: Skipped, empty params',
      '= Succeeded',
    ]);
    expect(done.status?.nodes?.['wf']?.outputs?.parameters).toEqual([{ name: 'all', value: '["api1","web2"]' }]);
  });

  it('ends with the group in which a step fails, unless that step may fail', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    steps:
      - - { name: tolerated, template: fail, continueOn: { failed: true } }
      - - { name: fatal, template: fail }
      - - { name: never, template: fail }
${shell('fail', 'exit 3')}`;

    const lines = await outcomeOf(machine, spec);

    expect(lines).toEqual([
      expect.stringMatching(/^wf Steps Failed: child 'wf-\d+' failed$/),
      'wf[0] StepGroup Succeeded',
      'wf[0].tolerated Pod Failed: main: Error (exit code 3)',
      expect.stringMatching(/^wf\[1\] StepGroup Failed: child 'wf-\d+' failed$/),
      'wf[1].fatal Pod Failed: main: Error (exit code 3)',
      expect.stringMatching(/^= Failed: child 'wf-\d+' failed$/),
    ]);
  });

  it('gives an output its default where the step that it is taken from was skipped', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    outputs: { parameters: [{ name: out, valueFrom: { default: none, parameter: '{{steps.never.outputs.parameters.out}}' } }] }
    steps: [[{ name: never, template: say, when: 'a == b' }]]
${say}`;

    const done = await start(machine, spec).done;

    expect(done.status?.nodes?.['wf']?.outputs).toEqual({ parameters: [{ name: 'out', value: 'none' }] });
  });

  it('writes JSON as Go does, and texts of items as JSON has them', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    outputs: { parameters: [{ name: all, valueFrom: { parameter: '{{steps.each.outputs.parameters.out}}' } }] }
    steps:
      - - name: each
          template: say
          withItems: ['<a> & "b"', { z: 1, a: 2 }]
          arguments: { parameters: [{ name: a, value: '{{item}}' }] }
${say}`;

    const done = await start(machine, spec).done;

    const [all] = done.status?.nodes?.['wf']?.outputs?.parameters ?? [];
    expect(all?.value).toBe(String.raw`["\u003ca\u003e \u0026 \\\"b\\\"","{\"a\":2,\"z\":1}"]`);
  });

  it('ends a group with Error when a call in it could not be made', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
onExit: say
templates:
  - name: main
    steps: [[{ name: locked, template: locked }]]
  - name: locked
    synchronization: { semaphores: [{ configMapKeyRef: { name: nobody, key: limit } }] }
    container: { image: sh, command: ['true'] }
${say}`;

    const lines = await outcomeOf(machine, spec);

    expect(lines.map((line) => line.split(':')[0])).toEqual([
      'wf Steps Failed',
      'wf.onExit Pod Succeeded',
      'wf[0] StepGroup Error',
      'wf[0].locked Skipped Error',
      '= Failed',
    ]);
  });

  it('is an error when an output was promised and not written', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: forget
templates:
${shell('forget', 'true', output)}`;

    const lines = await outcomeOf(machine, spec);

    expect(lines).toEqual([
      'wf Pod Error: the output out was not written to /tmp/luban/outputs/out',
      '= Error: the output out was not written to /tmp/luban/outputs/out',
    ]);
  });

  it('keeps the standard output where somebody reads it', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    steps:
      - - { name: list, template: script }
      - - name: turn
          template: say
          withParam: '{{steps.list.outputs.result}}'
          arguments: { parameters: [{ name: a, value: '{{item}}' }] }
  - name: script
    script: { image: sh, command: [sh], source: "echo '[1, 2]'" }
${say}`;

    const lines = await outcomeOf(machine, spec);

    expect(lines.slice(-4)).toEqual(
      ['wf[1]', 'wf[1].turn(0:1)', 'wf[1].turn(1:2)', '='].map((name) => expect.stringContaining(name)),
    );
  });
});
