import { readdir, writeFile } from 'node:fs/promises';
import { Script } from 'node:vm';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { compiledScripts, nothingKept } from './compiled-scripts.ts';

const source = '(function () { return function inner() { return 1; }; })';
const argv = ['verify', '--branch', 'main'];

let started = 0;

/**
 * What a run of the command does with one script; answers whether V8 took what was kept. Under another name each time,
 * because within one process V8 remembers a source by its name.
 */
function runOnce(folder: string, { isDone = true, words = argv } = {}): 'taken' | 'rejected' | 'nothing kept' {
  const compiled = compiledScripts(folder, words);
  const cachedData = compiled.read('main.cjs');
  const filename = `run-${++started}.cjs`;
  const script = new Script(source, { filename, ...(cachedData === undefined ? {} : { cachedData }) });
  compiled.add('main.cjs', script);
  script.runInThisContext()()();
  compiled.keep(isDone);
  if (cachedData === undefined) return 'nothing kept';
  return script.cachedDataRejected === false ? 'taken' : 'rejected';
}

test('what a run has compiled is taken by the next run of the same command', async () => {
  await using folder = await temporaryFolder();

  const runs = [runOnce(folder.path), runOnce(folder.path), runOnce(folder.path, { words: ['checkout'] })];

  expect(runs).toEqual(['nothing kept', 'taken', 'nothing kept']);
  expect(await readdir(folder.path, { recursive: true })).toEqual(
    expect.arrayContaining(['verify/main.cjs', 'checkout/main.cjs']),
  );
});

test('a run that failed keeps what it has, until one is done', async () => {
  await using folder = await temporaryFolder();

  const failed = [runOnce(folder.path, { isDone: false }), runOnce(folder.path, { isDone: false })];
  const afterFailed = await readdir(folder.at('verify'));
  const done = runOnce(folder.path);

  expect(failed).toEqual(['nothing kept', 'taken']);
  expect(afterFailed).toEqual(['main.cjs.partial']);
  expect(done).toBe('taken');
  expect(await readdir(folder.at('verify'))).toContain('main.cjs');
});

test('what V8 does not take is replaced', async () => {
  await using folder = await temporaryFolder();
  runOnce(folder.path);
  await writeFile(folder.at('verify', 'main.cjs'), 'something else');

  const runs = [runOnce(folder.path), runOnce(folder.path)];

  expect(runs).toEqual(['rejected', 'taken']);
});

test.each([{ words: [] }, { words: ['verify', '--help'] }, { words: ['-h'] }, { words: ['../../elsewhere'] }])(
  'help, and words that name no command, have a place of their own: $words',
  async ({ words }) => {
    await using folder = await temporaryFolder();

    runOnce(folder.path, { words });

    expect(await readdir(folder.path)).toEqual(['-']);
  },
);

test('where nothing can be written, nothing is kept and nothing is said', async () => {
  await using folder = await temporaryFolder();
  await writeFile(folder.at('file'), '');

  const runs = [runOnce(folder.at('file', 'below')), runOnce(folder.at('file', 'below'))];

  expect(runs).toEqual(['nothing kept', 'nothing kept']);
});

test('who wants nothing kept gets nothing', () => {
  nothingKept.add('main.cjs', new Script(source));
  nothingKept.keep(true);

  expect(nothingKept.read('main.cjs')).toBe(undefined);
});
