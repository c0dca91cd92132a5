import { gitServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { testUser as user } from '../settings.fixture.ts';
import { now, settingsAt, writeFile } from './folding.fixture.ts';
import { land } from './land.ts';

const message = 'data 6\nDeploy';

/** A branch with files of so many applications. */
function* branchWith(applications: number): Generator<string, undefined> {
  yield `commit refs/heads/main\ncommitter A <a@git.example> 1700000000 +0000\n${message}\n`;
  for (let at = 0; at < applications; at += 1) {
    const name = at === 0 ? 'cart' : `app-${at}`;
    for (const folder of ['base', 'overlays/snd', 'overlays/prd'])
      yield `M 100644 inline apps/${name}/${folder}/file\ndata ${name.length}\n${name}\n`;
  }
}

/** A branch whose tip always has the same files, whatever came before it; as `git fast-import` reads it. */
function* branchOf(commits: number): Generator<string, undefined> {
  for (let at = 1; at <= commits; at += 1) {
    const text = `${at === commits ? 'the last' : at} version\n`;
    yield `commit refs/heads/main\ncommitter A <a@git.example> ${1_700_000_000 + at} +0000\n${message}\n`;
    yield `M 100644 inline apps/cart/base/file\ndata ${text.length}\n${text}\n`;
  }
}

/** What it takes to change one file at the tip. */
async function costOf(path: string, stream: Iterable<string>): Promise<{ requests: number; bytes: number }> {
  await using server = await gitServer({ user });
  const url = await server.importing('gitops', 'main', stream);
  const expected = (await server.git('gitops', ['rev-parse', `main:${path}`])).trim();

  await land(settingsAt(server, now), { url, branch: 'main', edits: [writeFile(path, expected)], message: 'Deploy' });

  const bytes = server.requests.reduce((sum, each) => sum + each.bytes, 0);
  return { requests: server.requests.length, bytes };
}

test('an edit costs six requests, and as few bytes on a long history as on a short one', async () => {
  const [short, long] = [
    await costOf('apps/cart/base/file', branchOf(20)),
    await costOf('apps/cart/base/file', branchOf(2000)),
  ];

  expect([short.requests, long.requests]).toEqual([6, 6]);
  expect(Math.abs(long.bytes - short.bytes)).toBeLessThan(100);
});

test('of many applications an edit fetches the folders of one, and the list of all', async () => {
  const path = 'apps/cart/overlays/snd/file';

  const [few, many] = [await costOf(path, branchWith(2)), await costOf(path, branchWith(402))];

  const listed = 400 * '40000 app-100 12345678901234567890'.length;
  expect([few.requests, many.requests]).toEqual([6, 6]);
  expect(many.bytes - few.bytes).toBeLessThan(listed);
});
