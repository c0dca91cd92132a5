import { fixedClock } from '@luban-ci/testing';
import { describe, expect, it } from 'vitest';
import { linesOf, outcomeOf, shell, start, testMachine } from './local-machine.fixture.ts';

const houseRetry = `retryStrategy:
      limit: '2'
      retryPolicy: Always
      expression: "lastRetry.status == 'Error' || asInt(lastRetry.exitCode) in [75, 137, 143]"
      backoff: { duration: 10s, factor: 2, cap: 15s }`;

function spec(line: string, more = houseRetry): string {
  return `
entrypoint: flaky
templates:
${shell('flaky', line, more)}`;
}

describe('retries', () => {
  it('tries again on exit code 75, after the back-off, until the limit', async () => {
    const clock = fixedClock();
    await using machine = await testMachine({ clock });

    const lines = await outcomeOf(machine, spec('exit 75'));

    expect(lines).toEqual([
      'wf Retry Failed: No more retries left',
      'wf(0) Pod Failed: main: Error (exit code 75)',
      'wf(1) Pod Failed: main: Error (exit code 75)',
      'wf(2) Pod Failed: main: Error (exit code 75)',
      '= Failed: No more retries left',
    ]);
    expect(clock.slept).toEqual([10_000, 15_000]);
  });

  it('ends as the attempt that succeeds, and passes its outputs on', async () => {
    await using machine = await testMachine();
    const outputs = `${houseRetry}\n    outputs: { parameters: [{ name: out, valueFrom: { path: /tmp/out } }] }`;

    const done = await start(
      machine,
      spec(
        'printf "try {{retries}} after {{lastRetry.exitCode}}" > /tmp/out; exit $((75 * (1 - {{retries}})))',
        outputs,
      ),
    ).done;

    expect(linesOf(done)).toEqual([
      'wf Retry Succeeded',
      'wf(0) Pod Failed: main: Error (exit code 75)',
      'wf(1) Pod Succeeded',
      '= Succeeded',
    ]);
    expect(done.status?.nodes?.['wf']?.outputs).toEqual({
      exitCode: '0',
      parameters: [{ name: 'out', value: 'try 1 after 75' }],
    });
  });

  it.each([
    ['exit 2', 'main: Error (exit code 2)'],
    ['exit 1', 'main: Error (exit code 1)'],
  ])('does not repeat what fails for good (%s)', async (line, message) => {
    await using machine = await testMachine();

    const lines = await outcomeOf(machine, spec(line));

    expect(lines).toEqual([
      'wf Retry Failed: retryStrategy.expression evaluated to false',
      `wf(0) Pod Failed: ${message}`,
      '= Failed: retryStrategy.expression evaluated to false',
    ]);
  });

  it('sees a program that was killed as Kubernetes reports it', async () => {
    await using machine = await testMachine();

    const lines = await outcomeOf(machine, spec('kill -9 $$$$'));

    expect(lines).toContain('wf(2) Pod Failed: main: Error (exit code 137)');
  });

  it('without policy and expression repeats failures, but no errors', async () => {
    await using machine = await testMachine();
    const retry =
      'retryStrategy: { limit: 1 }\n    outputs: { parameters: [{ name: out, valueFrom: { path: /tmp/out } }] }';

    const [failing, erring] = [
      await outcomeOf(machine, spec('exit 1', retry)),
      await outcomeOf(machine, spec('true', retry)),
    ];

    expect(failing).toContain('wf(1) Pod Failed: main: Error (exit code 1)');
    expect(erring.filter((line) => line.startsWith('wf('))).toEqual([
      'wf(0) Pod Error: the output out was not written to /tmp/out',
    ]);
  });

  it('gives up when the back-off would take longer than maxDuration', async () => {
    await using machine = await testMachine();
    const retry = "retryStrategy: { limit: 9, backoff: { duration: '60', maxDuration: 30s } }";

    const lines = await outcomeOf(machine, spec('exit 1', retry));

    expect(lines.at(-1)).toBe('= Failed: Backoff would exceed max duration limit');
  });
});
