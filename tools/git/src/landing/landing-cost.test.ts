import { gitServer } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { testUser as user } from '../settings.fixture.ts';
import { now, settingsAt, writeFile } from './folding.fixture.ts';
import { land } from './land.ts';

const message = 'data 6\nDeploy';

/** A branch whose tip always has the same files, whatever came before it; as `git fast-import` reads it. */
function* branchOf(commits: number): Generator<string, undefined> {
  for (let at = 1; at <= commits; at += 1) {
    const text = `${at === commits ? 'the last' : at} version\n`;
    yield `commit refs/heads/main\ncommitter A <a@git.example> ${1_700_000_000 + at} +0000\n${message}\n`;
    yield `M 100644 inline apps/cart/file\ndata ${text.length}\n${text}\n`;
  }
}

test('an edit costs six requests, and as few bytes on a long history as on a short one', async () => {
  const cost = async (commits: number): Promise<{ requests: number; bytes: number }> => {
    await using server = await gitServer({ user });
    const url = await server.importing('gitops', 'main', branchOf(commits));
    const expected = (await server.git('gitops', ['rev-parse', 'main:apps/cart/file'])).trim();
    const edit = writeFile('apps/cart/file', expected);

    await land(settingsAt(server, now), { url, branch: 'main', edits: [edit], message: 'Deploy' });

    const bytes = server.requests.reduce((sum, each) => sum + each.bytes, 0);
    return { requests: server.requests.length, bytes };
  };

  const [short, long] = [await cost(20), await cost(2000)];

  expect([short.requests, long.requests]).toEqual([6, 6]);
  expect(Math.abs(long.bytes - short.bytes)).toBeLessThan(100);
});
