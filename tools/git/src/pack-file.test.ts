import { randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { plainEnvironment, streamProgram } from '@luban-ci/process';
import { type TemporaryFolder, temporaryFolder } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { checkPack, objectId, objectsIn, packOf } from './pack-file.ts';

/** Versions of a long file that differ by a line, so that git tells them as what changed; and a file larger than a delta can copy at once. */
function* versions(count: number): Generator<string> {
  for (let at = 0; at < count; at += 1) {
    const lines = Array.from({ length: 400 }, (_, line) => (line === at ? `changed ${at}` : `line ${line} of a file`));
    const text = lines.join('\n');
    yield `commit refs/heads/main\ncommitter A <a@git.example> ${1_700_000_000 + at} +0000\ndata 1\nx\n`;
    yield `M 100644 inline folder/file\ndata ${text.length}\n${text}\n`;
    const large = `${'0123456789abcdef'.repeat(20_000)}${at}`;
    yield `M 100644 inline large\ndata ${large.length}\n${large}\n`;
  }
}

async function git(folder: TemporaryFolder, args: readonly string[], input: string | Buffer = ''): Promise<Buffer> {
  const program = streamProgram('git', args, { cwd: folder.path, env: plainEnvironment() });
  program.stdin.end(input);
  program.stderr.resume();
  const [bytes] = await Promise.all([buffer(program.stdout), program.ended]);
  return bytes;
}

/** Id, type and length of all that a repository holds. */
async function allObjects(folder: TemporaryFolder): Promise<string[]> {
  const listed = await git(folder, ['cat-file', '--batch-check', '--batch-all-objects']);
  return listed.toString('utf8').trim().split('\n').sort();
}

test.each(['--delta-base-offset', '--no-delta-base-offset'])(
  'every object of a pack of git is read as git itself reads it (%s)',
  async (option) => {
    await using folder = await temporaryFolder();
    await git(folder, ['init', '--quiet', '--bare', '.']);
    await git(folder, ['fast-import', '--quiet'], [...versions(12)].join(''));
    const pack = await git(folder, ['pack-objects', '--revs', '--stdout', '--quiet', option], 'refs/heads/main\n');

    checkPack(pack);
    const objects = objectsIn(pack);

    const read = [...objects].map(([id, { type, bytes }]) => `${id} ${type} ${bytes.length}`);
    expect(read.sort()).toEqual(await allObjects(folder));
    expect([...objects].filter(([id, object]) => objectId(object) !== id)).toEqual([]);
    expect(pack.length).toBeLessThan(20_000);
  },
);

test('git takes a pack of ours, with objects of every length', async () => {
  await using folder = await temporaryFolder();
  await git(folder, ['init', '--quiet', '--bare', '.']);
  const lengths = [0, 1, 15, 16, 17, 127, 128, 2047, 2048, 2049, 65_535, 300_000];
  const objects = lengths.map((length) => ({ type: 'blob', bytes: Buffer.alloc(length, 'ab\n') }));

  await git(folder, ['index-pack', '--stdin', '--strict'], packOf(objects, false));

  const written = objects.map((object) => `${objectId(object)} blob ${object.bytes.length}`);
  expect(await allObjects(folder)).toEqual(written.sort());
});

test('git takes a thin pack of ours, and an object made from another one costs what changed', async () => {
  await using folder = await temporaryFolder();
  await git(folder, ['init', '--quiet', '--bare', '.']);
  const old = { type: 'blob', bytes: randomBytes(200_000) };
  const insert = (at: number, length: number): Buffer =>
    Buffer.concat([old.bytes.subarray(0, at), randomBytes(length), old.bytes.subarray(at)]);
  const made = [
    insert(0, 1),
    insert(100_000, 300),
    insert(200_000, 127),
    old.bytes.subarray(5),
    old.bytes.subarray(0, 9),
  ];
  const objects = made.map((bytes) => ({ type: 'blob', bytes, old }));
  await git(folder, ['index-pack', '--stdin'], packOf([old], false));
  const pack = packOf(objects, true);

  await git(folder, ['index-pack', '--stdin', '--fix-thin', '--strict'], pack);

  const written = [old, ...objects].map((object) => `${objectId(object)} blob ${object.bytes.length}`);
  expect(await allObjects(folder)).toEqual(written.sort());
  expect(pack.length).toBeLessThan(1000);
});

test('a pack that has come damaged or short is none', () => {
  const pack = packOf([{ type: 'blob', bytes: Buffer.from('text\n') }], true);
  const damaged = Buffer.from(pack);
  damaged.writeUInt8(damaged.readUInt8(14) ^ 1, 14);

  const verdicts = [pack, damaged, pack.subarray(0, -1), Buffer.from('PACK'), Buffer.alloc(0)].map((bytes) => {
    try {
      checkPack(bytes);
      return 'whole';
    } catch {
      return 'none';
    }
  });

  expect(verdicts).toEqual(['whole', 'none', 'none', 'none', 'none']);
});
