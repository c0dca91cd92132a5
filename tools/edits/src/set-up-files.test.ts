import { expect, test } from 'vitest';
import { applyEdit, parseEdit, pathsOf } from './edit.ts';
import { blobIdOf, type Files, textFile, textOf, withChanges } from './files.ts';
import { judgeSetUpFiles, setUpFilesEdit } from './set-up-files.ts';

const record = 'base/.luban-set-up';
const one = 'base/one.yaml';
const two = 'base/two.yaml';

function edit(files: Record<string, string | undefined>) {
  return setUpFilesEdit(
    record,
    Object.entries(files).map(([path, text]) => [path, text === undefined ? undefined : textFile(text)] as const),
  );
}

/** The files after the edit; the same ones where it changes nothing. */
function after(files: Files, wanted: Record<string, string | undefined>): Files {
  const outcome = applyEdit(edit(wanted), files);
  return outcome.outcome === 'changed' ? withChanges(files, outcome.changes) : files;
}

function shown(files: Files): Record<string, string> {
  return Object.fromEntries([...files].map(([path, file]) => [path, textOf(file, path)]));
}

const first = after(new Map(), { [one]: 'a: 1\n', [two]: 'b: 1\n' });

test('files are written once, with a record of what was written, and the same again changes nothing', () => {
  const again = applyEdit(edit({ [one]: 'a: 1\n', [two]: 'b: 1\n' }), first);

  expect(shown(first)).toEqual({
    [one]: 'a: 1\n',
    [two]: 'b: 1\n',
    [record]: [
      '# What set-up wrote, by the ids that git gives the contents. A file with another content is yours, and stays as it is.',
      'version: "1"',
      'files:',
      `  ${one}: ${blobIdOf(textFile('a: 1\n').bytes)}`,
      `  ${two}: ${blobIdOf(textFile('b: 1\n').bytes)}`,
      '',
    ].join('\n'),
  });
  expect(again).toEqual({ outcome: 'unchanged', why: 'same content', notes: [] });
});

test('upstream-N4: what somebody changed, deleted or made stays, and what nobody touched follows', () => {
  const mine = withChanges(first, new Map([[one, textFile('a: mine\n')]]));
  const without = withChanges(first, new Map([[one, undefined]]));
  const found: Files = new Map([[one, textFile('a: before\n')]]);
  const wanted = { [one]: 'a: 2\n', [two]: 'b: 2\n' };

  const results = [mine, without, found].map((files) => shown(after(files, wanted)));

  expect(results.map((files) => [files[one], files[two]])).toEqual([
    ['a: mine\n', 'b: 2\n'],
    [undefined, 'b: 2\n'],
    ['a: before\n', 'b: 2\n'],
  ]);
  expect(applyEdit(edit(wanted), mine).notes).toEqual([`${one} stays as somebody left it`]);
  expect(judgeSetUpFiles(edit(wanted), mine)).toEqual([
    { path: one, verdict: 'theirs' },
    { path: two, verdict: 'written' },
  ]);
});

test('a file that somebody put back is looked after again', () => {
  const mine = withChanges(first, new Map([[one, textFile('a: mine\n')]]));
  const later = after(mine, { [one]: 'a: 2\n', [two]: 'b: 2\n' });
  const back = withChanges(later, new Map([[one, textFile('a: 1\n')]]));

  const result = after(back, { [one]: 'a: 2\n', [two]: 'b: 2\n' });

  expect(shown(result)[one]).toBe('a: 2\n');
});

test('what is no longer wanted goes unless somebody changed it, and the record with the last of them', () => {
  const mine = withChanges(first, new Map([[one, textFile('a: mine\n')]]));
  const gone = { [one]: undefined, [two]: undefined };

  expect(shown(after(first, gone))).toEqual({});
  expect(Object.keys(shown(after(mine, gone))).toSorted()).toEqual([record, one]);
  expect(applyEdit(edit(gone), new Map())).toMatchObject({ outcome: 'unchanged' });
});

test('it travels as JSON, names every path it looks at, and refuses a record that it cannot read', () => {
  const sent = parseEdit(JSON.parse(JSON.stringify(edit({ [one]: 'a: 1\n' }))));
  const broken: Files = new Map([[record, textFile('version: "1"\nfiles: nonsense\n')]]);

  expect(pathsOf(sent)).toEqual([record, one]);
  expect(applyEdit(sent, new Map())).toMatchObject({ outcome: 'changed' });
  expect(() => applyEdit(sent, broken)).toThrow(`${record} is not a record of set-up`);
  expect(() => parseEdit({ ...sent, record: '../x' })).toThrow('this edit cannot be used');
});
