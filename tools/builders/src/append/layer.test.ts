import { gunzipSync } from 'fflate';
import { extract } from 'tar-stream';
import { expect, test } from 'vitest';
import type { ImageFile } from './image-file.ts';
import { packLayer } from './layer.ts';

const files: ImageFile[] = [
  { path: 'app/source/b.py', content: Buffer.from('b'), isExecutable: false },
  { path: 'app/bin/app', content: Buffer.from('#!'), isExecutable: true },
];

test('the same files give the same layer, in whatever order they come', async () => {
  const [one, other] = await Promise.all([packLayer(files), packLayer(files.toReversed())]);

  expect(other.digest).toBe(one.digest);
  expect(one.diffId).not.toBe(one.digest);
});

test('files belong to root, folders are there, and only programs are executable', async () => {
  const layer = await packLayer(files);

  const entries = [];
  const reader = extract();
  reader.end(Buffer.from(gunzipSync(layer.bytes)));
  for await (const entry of reader) {
    entries.push([entry.header.name, entry.header.mode?.toString(8), entry.header.uid]);
    entry.resume();
  }
  expect(entries).toEqual([
    ['app/', '755', 0],
    ['app/bin/', '755', 0],
    ['app/source/', '755', 0],
    ['app/bin/app', '755', 0],
    ['app/source/b.py', '644', 0],
  ]);
});
