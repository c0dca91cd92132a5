import type { FilesVersion } from '@luban-ci/git';
import { expect, test } from 'vitest';
import { imageEvents } from './image-events.ts';

const image = 'x/cart';

/** Versions as git gives them, newest first, from texts in the order in which they were written. */
function written(...states: { file?: string; record?: string; trailers?: [string, string][] }[]): FilesVersion[] {
  const versions = states.map(({ file, record, trailers = [] }, at) => ({
    ...{ commit: String(at), date: new Date(1_767_323_045_000 + at), author: { name: 'Ada', email: 'ada@x' } },
    ...{ subject: `Commit ${at}`, trailers },
    texts: new Map([
      ...(file === undefined ? [] : [['f/kustomization.yaml', file] as const]),
      ...(record === undefined ? [] : [['f/.luban', record] as const]),
    ]),
  }));
  return versions.toReversed();
}

const listing = (tag: string): string => `images:\n  - name: ${image}\n    newTag: "${tag}"\n`;
const recording = (tag: string, more = {}): string =>
  JSON.stringify({
    version: '1',
    images: { [image]: { tag, key: `deploy ${tag}`, at: '2026-01-01T00:00:00Z', ...more } },
  });
const told = (versions: FilesVersion[], more = false): unknown[] =>
  imageEvents({ versions, more }, 'f').map(({ event, commit, tag, replaced }) => [event, commit, tag, replaced]);

test('the same tag that is deployed again, from another commit, is an event; another request for the same is none', () => {
  const versions = written(
    { file: listing('1'), record: recording('1') },
    { file: listing('1'), record: recording('1', { key: 'deploy 1 again', sourceCommit: 'a' }) },
    { file: `${listing('1')}# a comment\n`, record: recording('1', { key: 'deploy 1 again', sourceCommit: 'a' }) },
  );

  expect(told(versions)).toEqual([
    ['deployed', '1', '1', '1'],
    ['deployed', '0', '1', undefined],
  ]);
});

test('an edit by hand beside an old record is by hand, and a deployment over it is a deployment', () => {
  const versions = written(
    { file: listing('1'), record: recording('1') },
    { file: listing('6'), record: recording('1') },
    { file: listing('2'), record: recording('2', { promotedFrom: 'snd' }) },
  );

  expect(told(versions)).toEqual([
    ['promoted', '2', '2', '6'],
    ['by hand', '1', '6', '1'],
    ['deployed', '0', '1', undefined],
  ]);
});

test('a version that nobody can read is passed over', () => {
  const versions = written({ file: listing('1') }, { file: 'images: {' }, { file: listing('2') });

  expect(told(versions)).toEqual([
    ['by hand', '2', '2', '1'],
    ['by hand', '0', '1', undefined],
  ]);
});

test('the oldest version that was looked at tells nothing where there are older ones', () => {
  expect(told(written({ file: listing('1') }, { file: listing('2') }), true)).toEqual([['by hand', '1', '2', '1']]);
});

test('trailers say that it was a deployment, and by whom, where no record is kept', () => {
  const trailers: [string, string][] = [
    ['Luban-Image', 'x/cart:2'],
    ['Luban-Requested-By', 'ada\u001b[31m'],
    ['Luban-Key', 'rollback prd'],
  ];
  const versions = written({ file: listing('1') }, { file: listing('2'), trailers });

  const [event] = imageEvents({ versions, more: false }, 'f');

  expect(event).toMatchObject({ event: 'rolled back', tag: '2', requestedBy: 'ada [31m' });
});

test('a file that is gone takes its images with it', () => {
  expect(told(written({ file: listing('1') }, { record: recording('1') }))).toEqual([
    ['removed', '1', undefined, '1'],
    ['by hand', '0', '1', undefined],
  ]);
});

test('what another file of the folder carries is told by the record alone', () => {
  const versions = written({ record: recording('1') }, { record: recording('2', { promotedFrom: 'snd' }) });

  expect(told(versions)).toEqual([
    ['promoted', '1', '2', '1'],
    ['deployed', '0', '1', undefined],
  ]);
});
