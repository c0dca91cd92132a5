import { fixedClock } from '@luban-ci/testing';
import { describe, expect, it } from 'vitest';
import { shell, start, testMachine } from '../local-machine.fixture.ts';
import { renderTree } from './render-tree.ts';
import { createTreeReporter } from './tree-reporter.ts';

const spec = `
entrypoint: main
templates:
  - name: main
    dag:
      tasks:
        - { name: build, template: flaky }
        - { name: each, template: say, depends: build, withItems: [api, web] }
        - { name: never, template: say, depends: build.Failed }
${shell('say', 'true')}${shell('flaky', 'echo trying; exit $((1 - {{retries}}))', 'retryStrategy: { limit: 1 }')}`;

describe('renderTree', () => {
  it('indents what belongs together', async () => {
    await using machine = await testMachine();
    const done = await start(machine, spec).done;

    const lines = renderTree(done, machine.clock.now());

    expect(lines).toEqual([
      '✔ wf Succeeded 0s',
      '  ✔ wf 0s',
      '    ✔ build 0s',
      '      ✖ build(0) Failed 0s – main: Error (exit code 1)',
      '      ✔ build(1) 0s',
      '    ✔ each 0s',
      '      ✔ each(0:api) 0s',
      '      ✔ each(1:web) 0s',
      '    ○ never Omitted 0s – omitted: depends condition not met',
    ]);
  });
});

describe('a reporter', () => {
  it('writes a line for each change where there is no terminal', async () => {
    const written: string[] = [];
    const reporter = createTreeReporter({ write: (text) => written.push(text), isTerminal: false }, fixedClock());
    await using machine = await testMachine({ onEvent: reporter.onEvent });

    await start(machine, `\nentrypoint: say\ntemplates:\n${shell('say', 'echo hello')}`).done;

    expect(written).toEqual(['wf Running\n', 'wf | hello\n', 'wf Succeeded\n']);
  });

  it('draws over its own picture on a terminal', async () => {
    const written: string[] = [];
    const reporter = createTreeReporter({ write: (text) => written.push(text), isTerminal: true }, fixedClock());
    await using machine = await testMachine({ onEvent: reporter.onEvent });

    await start(machine, `\nentrypoint: say\ntemplates:\n${shell('say', 'echo hello')}`).done;

    expect(written[0]).toBe('● wf Running 0s\n');
    expect(written).toContain('\u001b[2A\u001b[Jhello\n● wf Running 0s\n  ● wf Running 0s\n');
    expect(written.at(-1)).toBe('\u001b[2A\u001b[J✔ wf Succeeded 0s\n  ✔ wf 0s\n');
  });
});
