import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { plainEnvironment, runProgram } from '@luban-ci/process';
import { temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { keptAnswersIn } from './kept-answers.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text);
const textOf = (content: Uint8Array | undefined): string | undefined =>
  content === undefined ? undefined : Buffer.from(content).toString();

test('an answer is kept under its name, replaced as a whole, and readable by this account alone', async () => {
  await using folder = await temporaryFolder();
  const kept = keptAnswersIn(folder.at('answers'));

  await kept.write('a', bytes('one'));
  await kept.write('a', bytes('two\nlines'));
  const [file = ''] = await readdir(folder.at('answers'));

  expect([textOf(await kept.read('a')), textOf(await kept.read('b'))]).toEqual(['two\nlines', undefined]);
  expect((await stat(folder.at('answers', file))).mode & 0o077).toBe(0);
});

test('many who write at once leave one whole answer and nothing else', async () => {
  await using folder = await temporaryFolder();
  const texts = Array.from({ length: 40 }, (_, at) => String(at).repeat(20_000));

  await Promise.all(texts.map((text) => keptAnswersIn(folder.path).write('a', bytes(text))));

  expect(texts).toContain(textOf(await keptAnswersIn(folder.path).read('a')));
  expect(await readdir(folder.path)).toHaveLength(1);
});

test('processes that write and read at once never see half an answer', async () => {
  await using folder = await temporaryFolder();
  const program = fileURLToPath(new URL('kept-writer.fixture.ts', import.meta.url));
  const run = (what: string) =>
    runProgram(process.execPath, [program, folder.path, what, '50'], { cwd: folder.path, env: plainEnvironment() });

  const ended = await Promise.all(['a', 'b', 'c'].map(run));

  expect(ended.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0]);
  expect(textOf(await keptAnswersIn(folder.path).read('answer'))).toMatch(/^(a{50000}|b{50000}|c{50000})$/);
  expect(await readdir(folder.path)).toHaveLength(1);
});

test.each([
  ['cut short', (file: Buffer) => file.subarray(0, file.length - 1)],
  ['longer', (file: Buffer) => Buffer.concat([file, Buffer.from('x')])],
  ['empty', () => Buffer.alloc(0)],
  ['without its first line', (file: Buffer) => file.subarray(10)],
  ['with another byte', (file: Buffer) => Buffer.concat([file.subarray(0, -1), Buffer.from('X')])],
])('a file that is %s is not there', async (_, damaged) => {
  await using folder = await temporaryFolder();
  const kept = keptAnswersIn(folder.path);
  await kept.write('a', bytes('content'));
  const [file = ''] = await readdir(folder.path);
  await writeFile(folder.at(file), damaged(await readFile(folder.at(file))));

  expect(await kept.read('a')).toBeUndefined();
});

test('an answer in the place of another is not believed', async () => {
  await using folder = await temporaryFolder();
  await using other = await temporaryFolder();
  const kept = keptAnswersIn(folder.path);
  await kept.write('a', bytes('of a'));
  await keptAnswersIn(other.path).write('b', bytes('of b'));
  const [[file = ''], [foreign = '']] = [await readdir(folder.path), await readdir(other.path)];
  await writeFile(folder.at(file), await readFile(other.at(foreign)));

  expect(await kept.read('a')).toBeUndefined();
});

test('a folder that cannot be is no failure', async () => {
  await using folder = await temporaryFolder();
  await writeFile(folder.at('file'), '');
  const kept = keptAnswersIn(folder.at('file', 'below'));

  await kept.write('a', bytes('one'));

  expect(await kept.read('a')).toBeUndefined();
});
