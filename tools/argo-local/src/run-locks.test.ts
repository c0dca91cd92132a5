import { describe, expect, it } from 'vitest';
import { linesOf, shell, start, testMachine } from './local-machine.fixture.ts';
import { emptyCatalog } from './model/catalog.ts';

const catalog = { ...emptyCatalog, configMaps: [{ name: 'workflow-semaphores', data: { 'kpack-builds': '1' } }] };
const semaphore =
  'synchronization: { semaphores: [{ configMapKeyRef: { name: workflow-semaphores, key: kpack-builds } }] }';

describe('locks', () => {
  it('are shared by all workflows of one machine', async () => {
    await using machine = await testMachine({ catalog });
    const spec = `\nentrypoint: work\n${semaphore}\ntemplates:\n${shell('work', 'sleep 0.05')}`;
    const running = ['one', 'two', 'three'].map((name) => start(machine, spec, name));

    const done = await Promise.all(running.map((each) => each.done));

    const order = machine.events.flatMap((event) =>
      event.type === 'node' && event.node.phase !== 'Pending' ? [`${event.workflow} ${event.node.phase}`] : [],
    );
    expect(done.map(({ status }) => status?.phase)).toEqual(['Succeeded', 'Succeeded', 'Succeeded']);
    expect([...new Set(order)]).toEqual(
      ['one', 'two', 'three'].flatMap((name) => [`${name} Running`, `${name} Succeeded`]),
    );
  });

  it('hold a template back, which says what it waits for', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
templates:
  - name: main
    steps: [[{ name: a, template: work }, { name: b, template: work }]]
${shell('work', 'sleep 0.05', 'synchronization: { mutexes: [{ name: "m-{{workflow.name}}" }] }')}`;

    const done = await start(machine, spec).done;

    const waits = machine.events.flatMap((event) =>
      event.type === 'node' && event.node.message !== undefined ? [event.node.message] : [],
    );
    expect(waits).toContain('Waiting for payment/Mutex/m-wf lock. Lock status: 0/1');
    expect(linesOf(done).at(-1)).toBe('= Succeeded');
  });

  it('are an error when the limit is not there', async () => {
    await using machine = await testMachine();

    const { status } = await start(machine, `\nentrypoint: work\n${semaphore}\ntemplates:\n${shell('work', 'true')}`)
      .done;

    expect(status?.message).toBe(
      'the semaphore wants a number under the key kpack-builds of the ConfigMap workflow-semaphores in payment, which is not there',
    );
  });

  it('and parallelism keep the number of pods down', async () => {
    await using machine = await testMachine();
    const spec = `
entrypoint: main
parallelism: 2
templates:
  - name: main
    steps: [[{ name: each, template: work, withItems: [1, 2, 3, 4, 5] }]]
${shell('work', 'sleep 0.02')}`;
    const running = new Set<string>();
    const most: number[] = [];
    machine.onEvent = (event) => {
      if (event.type !== 'node' || event.node.type !== 'Pod') return;
      if (event.node.phase === 'Running') running.add(event.node.id);
      else running.delete(event.node.id);
      most.push(running.size);
    };

    await start(machine, spec).done;

    expect(Math.max(...most)).toBe(2);
  });
});
