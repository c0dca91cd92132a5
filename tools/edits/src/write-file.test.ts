import { expect, test } from 'vitest';
import { applyEdits } from './apply-edits.ts';
import { type EditInput, parseEdit } from './edit.ts';
import { blobIdOf, type Files, textFile, textOf } from './files.ts';
import { WriteFile, writeFile, writeFileEdit } from './write-file.ts';

const before = textFile('one\n');
const files: Files = new Map([['a/b.txt', before]]);

function writing(given: Partial<EditInput & { kind: 'write-file' }>): WriteFile {
  return WriteFile().parse({
    kind: 'write-file',
    version: 1,
    path: 'a/b.txt',
    expected: null,
    content: { text: 'two\n' },
    ...given,
  });
}

test('a file is written, created or deleted when it is what it was read as', () => {
  const expected = blobIdOf(before.bytes);

  expect(expected).toBe('5626abf0f72e58d7a153368ba57db4c673c0e171');
  expect(writeFile.apply(writing({ expected }), files)).toMatchObject({ outcome: 'changed' });
  expect(writeFile.apply(writing({ path: 'new' }), files)).toMatchObject({ outcome: 'changed' });
  expect(writeFile.apply(writing({ expected, content: null }), files)).toEqual({
    outcome: 'changed',
    changes: new Map([['a/b.txt', undefined]]),
    notes: [],
  });
});

test('what is there already is done, whoever wrote it', () => {
  const unchanged = { outcome: 'unchanged', why: 'same content', notes: [] };

  expect(writeFile.apply(writing({ content: { text: 'one\n' }, expected: 'f'.repeat(40) }), files)).toEqual(unchanged);
  expect(writeFile.apply(writing({ path: 'gone', content: null, expected: 'f'.repeat(40) }), files)).toEqual(unchanged);
});

test('what somebody else changed, created or deleted is refused by name', () => {
  const refused = [
    writing({ expected: 'f'.repeat(40) }),
    writing({}),
    writing({ path: 'gone', expected: 'f'.repeat(40) }),
  ].map((edit) => {
    try {
      return writeFile.apply(edit, files).outcome;
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  });

  expect(refused).toEqual([
    'a/b.txt was changed on the branch since it was read',
    'a/b.txt was created on the branch since it was read',
    'gone was deleted on the branch since it was read',
  ]);
});

test('bytes that are not text, and the executable bit, survive the way through JSON', () => {
  const after = { bytes: Uint8Array.of(0, 255, 10), executable: true };

  const edit = parseEdit(JSON.parse(JSON.stringify(writeFileEdit('a/b.txt', before, after))));

  const { changes } = applyEdits([edit], files);
  expect(changes.get('a/b.txt')).toEqual({ bytes: Buffer.from(after.bytes), executable: true });
});

test('several edits come to one change of each file, each applied to the result of those before', () => {
  const expected = blobIdOf(before.bytes);
  const there = writing({ expected });
  const back = writing({ expected: blobIdOf(textFile('two\n').bytes), content: { text: 'three\n' } });

  const { changes, outcomes } = applyEdits([there, back, writing({ path: 'new' })], files);

  expect([...changes].map(([path, file]) => [path, file === undefined ? undefined : textOf(file, path)])).toEqual([
    ['a/b.txt', 'three\n'],
    ['new', 'two\n'],
  ]);
  expect(outcomes.map(({ outcome }) => outcome)).toEqual(['changed', 'changed', 'changed']);
});

test('a path that leaves the repository, or goes into its .git, is no path', () => {
  const paths = [
    '../x',
    '/etc/passwd',
    'a/../../x',
    '.git/config',
    'a/.GIT/config',
    'a//b',
    '',
    'a\nb',
    'git~1/x',
    './a',
  ];

  expect(paths.filter((path) => WriteFile().safeParse({ ...writing({}), path }).success)).toEqual([]);
});
