import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import type { HostDriver } from './drivers.ts';
import { issuedSecret } from './echo-step.ts';

const entry = fileURLToPath(new URL('./run-echo.ts', import.meta.url));
/** Kept between runs of the tests: a program of warm sources starts in half the time. */
const compiled = fileURLToPath(new URL('../../../../node_modules/.cache/luban-sources', import.meta.url));

async function runEcho(driver: HostDriver, inputs: Record<string, string>, dryRun = false) {
  await using folder = await temporaryFolder();
  const { args, env } = driver.invoke(inputs, dryRun, folder.path);
  for (const name of ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY']) if (env[name]) await writeFile(env[name], '');
  const run = await runProgram(process.execPath, [entry, driver.id, ...args], {
    cwd: folder.path,
    env: { ...plainEnvironment(), NODE_COMPILE_CACHE: compiled, ...env },
  });
  const outputs = run.exitCode === 0 ? await driver.outputs(run, folder.path) : {};
  return { ...run, told: `${run.stdout}\n${run.stderr}`, outputs };
}

/** What every host promises, seen from outside, as a process. */
export function describeHost(driver: HostDriver): void {
  describe(`a step on ${driver.id}`, () => {
    test('gets typed values out of text, and its outputs come back as text', async () => {
      const labels = '{"team":"payment","note":"a=b, $(id)"}';

      const { exitCode, outputs } = await runEcho(driver, {
        text: 'it\'s `$(id)` & "more"',
        count: '12',
        isLoud: 'true',
        mood: 'keen',
        names: '["a b","c"]',
        labels,
      });

      expect(exitCode).toBe(0);
      expect({ ...outputs, saidBack: JSON.parse(outputs['saidBack'] ?? '') }).toEqual({
        saidBack: {
          text: 'it\'s `$(id)` & "more"',
          count: 12,
          isLoud: true,
          mood: 'keen',
          names: ['a b', 'c'],
          labels: JSON.parse(labels),
          end: 'done',
        },
        names: '["a b","c"]',
        changed: 'true',
      });
    });

    test('takes short forms of lists and maps, and defaults for what is left out', async () => {
      const { outputs } = await runEcho(driver, { text: 'x', names: 'a, b', labels: 'team=payment' });

      expect(JSON.parse(outputs['saidBack'] ?? '')).toMatchObject({
        count: 1,
        isLoud: false,
        mood: 'calm',
        names: ['a', 'b'],
        labels: { team: 'payment' },
      });
    });

    test('hears that it is a dry run', async () => {
      const { outputs } = await runEcho(driver, { text: 'x' }, true);

      expect(outputs['changed']).toBe('false');
    });

    test('never shows a secret, whatever the step says', async () => {
      const { exitCode, told } = await runEcho(driver, { text: 'x', accessToken: 's3cr3t-value' });

      expect(exitCode).toBe(0);
      const shown = told.replaceAll(/^::add-mask::.*$/gm, '');
      expect(shown).not.toContain('s3cr3t-value');
      expect(shown).not.toContain(issuedSecret);
      expect(told).toContain('hello x with ***');
      expect(told).toContain('and was issued ***');
    });

    test('names every bad input the way this host spells it', async () => {
      const { exitCode, told } = await runEcho(driver, { count: 'many', mood: 'sad' });

      expect(exitCode).toBe(2);
      expect(told).toMatch(new RegExp(`${driver.spell('text')} +required, but not given`));
      expect(told).toMatch(new RegExp(`${driver.spell('count')} +Invalid input: expected number`));
      expect(told).toMatch(new RegExp(`${driver.spell('mood')} +Invalid option: expected one of "calm"`));
    });

    test('folds away what belongs to a group, and never how it ended', async () => {
      const done = await runEcho(driver, { text: 'x' });
      const failed = await runEcho(driver, { text: 'x', end: 'failed' });

      const folded = [done, failed].map(({ told }) => driver.folded?.(told) ?? []);

      const groups = ['hello x with no token', 'the last thing it says'];
      expect(folded).toEqual(driver.folded === undefined ? [[], []] : [groups, groups]);
      expect([done.told, failed.told]).toEqual([
        expect.stringContaining('said back x'),
        expect.stringContaining('it went wrong'),
      ]);
    });

    test.each([
      ['bad-input', 2, `no such place`],
      ['failed', 1, 'it went wrong'],
      ['try-again', 75, 'the other side is away'],
      ['crash', 1, 'a defect'],
    ])('ends %s with exit code %i and the sentence', async (end, code, sentence) => {
      const { exitCode, told } = await runEcho(driver, { text: 'x', end });

      expect(exitCode).toBe(code);
      expect(told).toContain(sentence);
    });
  });
}
