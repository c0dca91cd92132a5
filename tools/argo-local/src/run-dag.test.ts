import { describe, expect, it } from 'vitest';
import { outcomeOf, shell, start, testMachine } from './local-machine.fixture.ts';

const good = shell('good', 'true');
const bad = shell('bad', 'exit 1');

function dag(tasks: string, more = ''): string {
  return `
entrypoint: main
templates:
  - name: main
    dag:
      ${more}
      tasks:
${tasks}${good}${bad}${shell('code', 'exit "$A"')}`;
}

describe('dag', () => {
  it('omits what waits for a failure, and fails with it', async () => {
    await using machine = await testMachine();
    const spec = dag(`
        - { name: a, template: bad }
        - { name: b, template: good, dependencies: [a] }
        - { name: c, template: good, depends: b.Succeeded }
        - { name: d, template: good }
`);

    const lines = await outcomeOf(machine, spec);

    expect(lines).toEqual([
      'wf DAG Failed',
      'wf.a Pod Failed: main: Error (exit code 1)',
      'wf.b Skipped Omitted: omitted: depends condition not met',
      'wf.c Skipped Omitted: omitted: depends condition not met',
      'wf.d Pod Succeeded',
      '= Failed',
    ]);
  });

  it('goes on where depends allows it, and succeeds when its targets do', async () => {
    await using machine = await testMachine();
    const spec = dag(`
        - { name: build-it, template: bad }
        - { name: clean, template: good, depends: 'build-it.Failed || build-it.Errored' }
        - { name: skipped, template: good, when: 'a == b', depends: build-it || build-it.Failed }
        - { name: after, template: good, depends: '!skipped.Failed && (clean && skipped.Skipped)' }
`);

    const lines = await outcomeOf(machine, spec);

    expect(lines).toEqual([
      'wf DAG Succeeded',
      'wf.after Pod Succeeded',
      'wf.build-it Pod Failed: main: Error (exit code 1)',
      'wf.clean Pod Succeeded',
      "wf.skipped Skipped Skipped: when 'a == b' evaluated false",
      '= Succeeded',
    ]);
  });

  it('puts the turns of a loop below a task group that others can ask about', async () => {
    await using machine = await testMachine();
    const spec = dag(`
        - { name: each, template: code, withItems: [0, 1], arguments: { parameters: [{ name: a, value: '{{item}}' }] } }
        - { name: any, template: good, depends: each.AnySucceeded }
        - { name: all, template: good, depends: each.AllFailed }
`);

    const lines = await outcomeOf(machine, spec);

    expect(lines).toEqual([
      'wf DAG Failed',
      'wf.all Skipped Omitted: omitted: depends condition not met',
      'wf.any Pod Succeeded',
      'wf.each TaskGroup Failed',
      'wf.each(0:0) Pod Succeeded',
      'wf.each(1:1) Pod Failed: main: Error (exit code 1)',
      '= Failed',
    ]);
  });

  it('runs only what its target needs', async () => {
    await using machine = await testMachine();
    const spec = dag(
      `
        - { name: a, template: good }
        - { name: b, template: good, depends: a }
        - { name: c, template: bad, depends: a }
`,
      'target: b',
    );

    const lines = await outcomeOf(machine, spec);

    expect(lines).toEqual(['wf DAG Succeeded', 'wf.a Pod Succeeded', 'wf.b Pod Succeeded', '= Succeeded']);
  });

  it('connects its nodes as Argo draws them', async () => {
    await using machine = await testMachine();
    const spec = dag(`
        - { name: a, template: good }
        - { name: b, template: good, depends: a }
`);

    const { status } = await start(machine, spec).done;

    const nodes = Object.values(status?.nodes ?? {});
    const [a, b] = ['a', 'b'].map((name) => nodes.find((node) => node.displayName === name));
    expect(status?.nodes?.['wf']?.children).toEqual([a?.id]);
    expect(a?.children).toEqual([b?.id]);
    expect(status?.nodes?.['wf']?.outboundNodes).toEqual([b?.id]);
    expect(b?.boundaryID).toBe('wf');
  });

  it('takes its targets from a parameter', async () => {
    await using machine = await testMachine();
    const tasks = ['a', 'b'].map((name) => `        - { name: ${name}, template: good }\n`).join('');
    const argument = 'arguments: { parameters: [{ name: target, value: b }] }';

    const lines = await outcomeOf(machine, `\n${argument}${dag(tasks, "target: '{{workflow.parameters.target}}'")}`);

    expect(lines).toEqual(['wf DAG Succeeded', 'wf.b Pod Succeeded', '= Succeeded']);
  });
});
