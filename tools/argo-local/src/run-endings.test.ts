import { setTimeout as realSleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { linesOf, outcomeOf, shell, start, testMachine } from './local-machine.fixture.ts';

const long = shell('long', 'exec sleep 30');
const exit = shell(
  'exit',
  'printf "%s" "$A" > /tmp/out',
  'outputs: { parameters: [{ name: out, valueFrom: { path: /tmp/out } }] }',
);

describe('exit handlers', () => {
  it('run after success and failure, and know how it ended', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: bad
hooks: { exit: { template: exit, arguments: { parameters: [{ name: a, value: '{{workflow.status}} {{workflow.failures}}' }] } } }
templates:
${shell('bad', 'exit 4')}${exit}`;

    const done = await start(machine, spec).done;

    expect(linesOf(done)).toEqual([
      'wf Pod Failed: main: Error (exit code 4)',
      'wf.onExit Pod Succeeded',
      '= Failed: main: Error (exit code 4)',
    ]);
    const handler = Object.values(done.status?.nodes ?? {}).find((node) => node.name === 'wf.onExit');
    expect(handler?.outputs?.parameters?.[0]?.value).toMatch(/^Failed "\[\{\\"displayName\\":\\"wf\\"/);
  });

  it('make a good workflow a bad one when they fail', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: good
onExit: bad
templates:
${shell('good', 'true')}${shell('bad', 'exit 5')}`;

    const lines = await outcomeOf(machine, spec);

    expect(lines.at(-1)).toBe('= Failed: main: Error (exit code 5)');
  });

  it('of a step run as its child and see its outputs', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    steps:
      - - name: first
          template: exit
          arguments: { parameters: [{ name: a, value: one }] }
          hooks: { exit: { template: exit, arguments: { parameters: [{ name: a, value: 'saw {{steps.first.outputs.parameters.out}}' }] } } }
${exit}`;

    const done = await start(machine, spec).done;

    const hook = Object.values(done.status?.nodes ?? {}).find((node) => node.name === 'wf[0].first.onExit');
    expect(hook?.outputs?.parameters).toEqual([{ name: 'out', value: 'saw one' }]);
  });
});

describe('an ending from outside', () => {
  it('kills what runs and starts nothing more, but the exit handler after a stop', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
onExit: exit
templates:
  - name: main
    steps: [[{ name: wait, template: long }], [{ name: never, template: long }]]
${long}${exit}`;
    const running = start(machine, spec);
    await untilRunning(() => linesOf(running.current()), 'wf[0].wait');

    running.stop();
    const lines = linesOf(await running.done);

    expect(lines).toContain('wf[0].wait Pod Failed: workflow shutdown with strategy: Stop');
    expect(lines).toContain('wf.onExit Pod Succeeded');
    expect(lines.at(-1)).toBe("= Failed: Stopped with strategy 'Stop'");
  });

  it('leaves the exit handler out after a termination', async () => {
    await using machine = await testMachine();
    const running = start(machine, `\nentrypoint: long\nonExit: exit\ntemplates:\n${long}${exit}`);
    await untilRunning(() => linesOf(running.current()), 'wf');

    running.terminate();
    const lines = linesOf(await running.done);

    expect(lines).toEqual([
      'wf Pod Failed: workflow shutdown with strategy: Terminate',
      "= Failed: Stopped with strategy 'Terminate'",
    ]);
  });

  it('comes with the deadline of the workflow', async () => {
    await using machine = await testMachine();

    const lines = await outcomeOf(machine, `\nentrypoint: long\nactiveDeadlineSeconds: 1\ntemplates:\n${long}`);

    expect(lines).toEqual(['wf Pod Failed: Step exceeded its deadline', '= Failed: Step exceeded its deadline']);
  });

  it('comes with the deadline of a template, for its pod alone', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    steps: [[{ name: wait, template: long, continueOn: { failed: true } }]]
${shell('long', 'exec sleep 30', 'activeDeadlineSeconds: 1')}`;

    const lines = await outcomeOf(machine, spec);

    expect(lines).toContain('wf[0].wait Pod Failed: Pod was active on the node longer than the specified deadline');
    expect(lines.at(-1)).toBe('= Succeeded');
  });
});

describe('suspension', () => {
  it('waits for somebody, and takes the values they supply', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    outputs: { parameters: [{ name: who, valueFrom: { parameter: '{{steps.approve.outputs.parameters.who}}' } }] }
    steps: [[{ name: approve, template: approve }]]
  - name: approve
    suspend: {}
    outputs: { parameters: [{ name: who, valueFrom: { supplied: {} } }, { name: why, valueFrom: { supplied: {}, default: none } }] }
`;
    const running = start(machine, spec);
    await untilRunning(() => linesOf(running.current()), 'wf[0].approve');

    running.resume('approve', { who: 'ada' });
    const done = await running.done;

    expect(done.status?.phase).toBe('Succeeded');
    expect(done.status?.nodes?.['wf']?.outputs?.parameters).toEqual([{ name: 'who', value: 'ada' }]);
  });

  it('ends by itself after its duration', async () => {
    await using machine = await testMachine();

    const lines = await outcomeOf(
      machine,
      '\nentrypoint: wait\ntemplates: [{ name: wait, suspend: { duration: 2h } }]',
    );

    expect(lines).toEqual(['wf Suspend Succeeded', '= Succeeded']);
  });

  it('of the whole workflow holds every pod back', async () => {
    await using machine = await testMachine();
    const running = start(machine, `\nsuspend: true\nentrypoint: good\ntemplates:\n${shell('good', 'true')}`);
    await untilRunning(() => linesOf(running.current()), 'wf Pod Pending');

    running.resume();
    const done = await running.done;

    expect(linesOf(done)).toEqual(['wf Pod Succeeded', '= Succeeded']);
  });
});

async function untilRunning(lines: () => string[], start: string): Promise<void> {
  const wanted = start.includes(' ') ? start : `${start} `;
  for (let tries = 0; tries < 500; tries += 1) {
    const line = lines().find((each) => each.startsWith(wanted));
    if (line !== undefined && (start.includes(' ') || line.includes('Running'))) return;
    await realSleep(5);
  }
  throw new Error(`${start} never came: ${lines().join(', ')}`);
}
