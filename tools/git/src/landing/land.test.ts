import { InputError, RetryableError, StepError } from '@luban-ci/core';
import type { EditInput } from '@luban-ci/edits';
import { fixedClock, type GitServer, gitServer } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import type { ApiCommits, GitSettings } from '../git-settings.ts';
import { testSettings, testUser as user } from '../settings.fixture.ts';
import { land, landAll } from './land.ts';

const image = 'registry.example/payment/cart';
const path = 'app/overlays/snd/kustomization.yaml';
const text = `resources:\r\n- ../../base\r\n\r\nimages: # set by CI\r\n- name: ${image}\r\n  newTag: v0`;
const author = { name: 'Ada', email: 'ada@git.example' };

function settingsFor(server: GitServer, token = user.password): GitSettings {
  const access = { origin: server.origin, username: user.username, token, mode: 'extraheader_basic' } as const;
  return testSettings(server, { access: [access], clock: fixedClock(), random: () => 0.5 });
}

function setTag(at: number): EditInput {
  const time = `2026-01-02T03:04:0${at}Z`;
  const provenance = { key: `key-${at}`, at: time, order: time, sourceCommit: `${at}`.repeat(40), requestedBy: 'ada' };
  return {
    kind: 'kustomize-set-image',
    version: 1,
    folder: 'app/overlays/snd',
    image,
    to: { tag: `v${at}` },
    provenance,
  };
}

async function repository(server: GitServer): Promise<string> {
  return server.create('cart-gitops', { main: { [path]: text, 'README.md': 'read me\n' } });
}

test('an edit lands as one commit of its author with one changed line, the record and trailers', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);

  const result = await land(settingsFor(server), {
    url,
    branch: 'main',
    edits: [setTag(1)],
    message: 'Deploy cart v1',
    author,
  });

  expect(result).toMatchObject({ outcome: 'landed', changed: true, attempts: 1, edits: ['changed'] });
  expect(await server.git('cart-gitops', ['show', `main:${path}`])).toBe(text.replace('v0', 'v1'));
  expect(await server.git('cart-gitops', ['log', '-1', '--format=%H %an <%ae> / %cn%n%B', 'main'])).toBe(
    `${'commit' in result ? result.commit : ''} Ada <ada@git.example> / Luban CI
Deploy cart v1

Luban-Image: registry.example/payment/cart:v1
Luban-Source-Commit: ${'1'.repeat(40)}
Luban-Order: 2026-01-02T03:04:01Z
Luban-Requested-By: ada
Luban-Key: key-1

`,
  );
  expect(await server.git('cart-gitops', ['diff', '--name-only', 'main~1', 'main'])).toBe(
    `app/overlays/snd/.luban\n${path}\n`,
  );
});

test('the same request again is already there, and an older one is superseded', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  const settings = settingsFor(server);
  const first = await land(settings, { url, branch: 'main', edits: [setTag(2)], message: 'Deploy' });

  const again = await land(settings, { url, branch: 'main', edits: [setTag(2)], message: 'Deploy' });
  const older = await land(settings, { url, branch: 'main', edits: [setTag(1)], message: 'Deploy' });

  const settled = { changed: false, commit: first.commit, attempts: 0, notes: [] };
  expect(again).toEqual({ ...settled, outcome: 'already there', why: 'same request', edits: ['unchanged'] });
  expect(older).toMatchObject({ ...settled, outcome: 'superseded', by: { tag: 'v2' }, edits: ['superseded'] });
});

test('a dry run pushes nothing and shows the diff', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  const before = await server.git('cart-gitops', ['rev-parse', 'main']);

  const result = await land(settingsFor(server), {
    url,
    branch: 'main',
    edits: [setTag(1)],
    message: 'Deploy',
    dryRun: true,
  });

  expect(result).toMatchObject({ outcome: 'would land', diff: expect.stringContaining('-  newTag: v0\n') });
  expect(await server.git('cart-gitops', ['rev-parse', 'main'])).toBe(before);
});

test('a branch that does not exist is cut from another one, or refused by name', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  const request = { url, branch: 'promote/cart', edits: [setTag(1)], message: 'Promote' };

  await expect(land(settingsFor(server), request)).rejects.toThrow(`${url} has no branch promote/cart`);
  const result = await land(settingsFor(server), { ...request, createFrom: 'main' });

  expect(await server.git('cart-gitops', ['rev-parse', 'promote/cart', 'promote/cart~1'])).toBe(
    `${result.commit}\n${await server.git('cart-gitops', ['rev-parse', 'main'])}`,
  );
});

test('a push that landed but was answered with 502 is found by the state of the branch', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  let lies = 1;
  server.setFault(({ isPush }) => (isPush && lies-- > 0 ? { lie: 502 } : undefined));

  const result = await land(settingsFor(server), { url, branch: 'main', edits: [setTag(1)], message: 'Deploy' });

  expect(result).toMatchObject({ outcome: 'landed', attempts: 1 });
  expect(await server.git('cart-gitops', ['rev-list', '--count', 'main'])).toBe('2\n');
});

test('a lost answer is found below what others landed since', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  const other: EditInput = { kind: 'write-file', version: 1, path: 'other', expected: null, content: { text: 'x' } };
  const mine: EditInput = { ...other, path: 'mine' };
  const landOther = async (): Promise<unknown> =>
    land(settingsFor(server), {
      url,
      branch: 'main',
      edits: [other, { ...mine, expected: await blobOf(server, 'mine'), content: null }],
      message: 'Other',
    });
  let [pushes, reads] = [0, 0];
  server.setFault(({ isPush, target }) => {
    if (isPush) return pushes++ === 0 ? { reset: 'after' } : undefined;
    const isRead = pushes > 0 && target.endsWith('git-upload-pack');
    return isRead && reads++ === 0 ? { before: landOther } : undefined;
  });

  const result = await land(settingsFor(server), { url, branch: 'main', edits: [mine], message: 'Mine' });

  expect(result).toMatchObject({ outcome: 'landed' });
  expect(await server.git('cart-gitops', ['log', '--format=%s', 'main'])).toBe('Other\nMine\nStart main\n');
});

test('a broken line is tried again, and a server that stays away is a failure for now', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  let breaks = 2;
  server.setFault(({ isPush }) => (isPush && breaks-- > 0 ? { status: 502 } : undefined));
  const landed = await land(settingsFor(server), { url, branch: 'main', edits: [setTag(1)], message: 'Deploy' });
  server.setFault(() => ({ status: 503 }));

  const failure = await land(settingsFor(server), { url, branch: 'main', edits: [setTag(2)], message: 'Deploy' }).catch(
    (error) => error,
  );

  expect(landed).toMatchObject({ outcome: 'landed', attempts: 3 });
  expect(failure).toBeInstanceOf(RetryableError);
});

test('wrong credentials, no right to push and a closed branch each fail for good with their reason', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  const request = { url, branch: 'main', edits: [setTag(1)], message: 'Deploy' };
  const failed = (settings: GitSettings): Promise<unknown> => land(settings, request).catch((error) => error);

  const wrong = await failed(settingsFor(server, 'not-it'));
  server.setFault(({ target }) => (target.includes('git-receive-pack') ? { status: 403 } : undefined));
  const readOnly = await failed(settingsFor(server));
  server.setFault(undefined);
  await server.closeBranch('cart-gitops', 'main', 'main is protected');
  const closed = await failed(settingsFor(server));

  expect(wrong).toBeInstanceOf(StepError);
  expect(String(wrong)).toContain('refused access (HTTP 401)');
  expect(readOnly).toBeInstanceOf(StepError);
  expect(String(readOnly)).toContain(`could not push to ${url}: the server refused access (HTTP 403)`);
  expect(closed).toBeInstanceOf(StepError);
  expect(closed).toMatchObject({
    message: `${url} does not accept pushes to main: main is protected`,
    hint: expect.stringContaining('pull request'),
  });
});

test('a file that changed since it was read is refused by name', async () => {
  await using server = await gitServer({ user });
  const url = await repository(server);
  const edit: EditInput = {
    kind: 'write-file',
    version: 1,
    path: 'README.md',
    expected: 'a'.repeat(40),
    content: { text: 'mine' },
  };

  await expect(land(settingsFor(server), { url, branch: 'main', edits: [edit], message: 'm' })).rejects.toThrow(
    'README.md was changed on the branch since it was read',
  );
});

describe('through an API', () => {
  /** As a forge does it: a commit on condition of the head. `before` happens first, once. */
  function apiOf(server: GitServer, before: () => Promise<unknown>): ApiCommits {
    const first = [before];
    return {
      commit: async ({ branch }, { expectedHead, message, changes }) => {
        await first.pop()?.();
        const head = (await server.git('cart-gitops', ['rev-parse', branch])).trim();
        if (head !== expectedHead) return { outcome: 'moved' };
        const files = [...changes].map(
          ([file, to]) =>
            `M 100644 inline ${file}\ndata ${to?.bytes.length}\n${to === undefined ? '' : Buffer.from(to.bytes)}\n`,
        );
        const stream = `commit refs/heads/${branch}\ncommitter App <app@git.example> 1767323045 +0000\ndata ${Buffer.byteLength(message)}\n${message}\nfrom ${head}\n${files.join('')}\n`;
        await server.git('cart-gitops', ['fast-import', '--quiet'], stream);
        return { outcome: 'committed', commit: (await server.git('cart-gitops', ['rev-parse', branch])).trim() };
      },
    };
  }

  test('an edit is committed by the forge, computed again when the head has moved, and never left as an intent', async () => {
    await using server = await gitServer({ user });
    const url = await repository(server);
    const other = { url, branch: 'main', edits: [setTag(1)], message: 'Deploy cart v1' };
    const apiCommits = apiOf(server, () => land(settingsFor(server), other));
    const request = { url, branch: 'main', edits: [setTag(2)], message: 'Deploy cart v2' };

    const result = await land({ ...settingsFor(server), apiCommits }, request);

    expect(result).toMatchObject({ outcome: 'landed', attempts: 2 });
    expect(await server.git('cart-gitops', ['log', '--format=%an: %s', 'main'])).toBe(
      'App: Deploy cart v2\nLuban CI: Deploy cart v1\nTest: Start main\n',
    );
    expect(await server.git('cart-gitops', ['show', `main:${path}`])).toBe(text.replace('v0', 'v2'));
    expect(await server.git('cart-gitops', ['for-each-ref', '--format=%(refname)'])).toBe('refs/heads/main\n');
  });

  test('a branch that is left over starts again where it is cut from', async () => {
    await using server = await gitServer({ user });
    const url = await server.create('cart-gitops', {
      main: { [path]: text },
      proposal: { [path]: `${text} rejected` },
    });
    const leftOver = (await server.git('cart-gitops', ['rev-parse', 'proposal'])).trim();
    const settings = { ...settingsFor(server), apiCommits: apiOf(server, async () => {}) };
    const request = { url, branch: 'proposal', edits: [setTag(1)], message: 'Promote cart v1' };

    const result = await land(settings, { ...request, createFrom: 'main', leftOver });

    expect(await server.git('cart-gitops', ['rev-parse', 'proposal', 'proposal~1'])).toBe(
      `${result.commit}\n${await server.git('cart-gitops', ['rev-parse', 'main'])}`,
    );
  });

  test('several commits in one go are refused', async () => {
    await using server = await gitServer({ user });
    const url = await repository(server);
    const requests = [1, 2].map((at) => ({ edits: [setTag(at)], message: `Deploy v${at}` }));
    const settings = { ...settingsFor(server), apiCommits: apiOf(server, async () => {}) };

    await expect(landAll(settings, { url, branch: 'main' }, requests)).rejects.toThrow(InputError);
  });
});

async function blobOf(server: GitServer, file: string): Promise<string> {
  return (await server.git('cart-gitops', ['rev-parse', `main:${file}`])).trim();
}
