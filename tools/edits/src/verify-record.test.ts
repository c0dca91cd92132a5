import { expect, test } from 'vitest';
import { verifyRecord } from './verify-record.ts';

const record = { images: { app: { key: 'k', tag: 'v1', digest: 'sha256:a' }, gone: { key: 'k', tag: 'v1' } } };

test('what stands as it was deployed is no finding, with or without the digest', () => {
  const gone = { name: 'gone', newTag: 'v1' };

  expect(verifyRecord(record, [{ name: 'app', newTag: 'v1' }, gone])).toEqual([]);
  expect(verifyRecord(record, [{ name: 'app', digest: 'sha256:a' }, gone])).toEqual([]);
});

test('hand edits, images nobody deployed and entries that were taken out are named', () => {
  expect(
    verifyRecord(record, [
      { name: 'app', newTag: 'v9' },
      { name: 'new', newTag: 'v0' },
    ]),
  ).toEqual([
    { finding: 'edited by hand', image: 'app', recorded: { tag: 'v1', digest: 'sha256:a' }, found: { tag: 'v9' } },
    { finding: 'removed by hand', image: 'gone', recorded: { tag: 'v1' } },
    { finding: 'not recorded', image: 'new', found: { tag: 'v0' } },
  ]);
});
