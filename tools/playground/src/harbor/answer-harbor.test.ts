import { createHarbor } from '@luban-ci/harbor';
import { harborContract } from '@luban-ci/harbor/contract';
import { mediaTypes } from '@luban-ci/images';
import { fixedClock, temporaryFolder } from '@luban-ci/testing';
import { describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../start-playground.ts';

const users = [
  { name: 'admin', token: 'token-of-admin', admin: true },
  { name: 'guest', token: 'token-of-guest' },
];

async function givenPlayground(): Promise<{ playground: Playground } & AsyncDisposable> {
  const folder = await temporaryFolder();
  const playground = await startPlayground({ folder: folder.path, users });
  return {
    playground,
    [Symbol.asyncDispose]: async () => {
      await playground[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Puts an empty index, the smallest thing that makes a repository. @returns the status */
async function putIndex({ url }: Playground, repository: string, username: string, password: string): Promise<number> {
  const body = JSON.stringify({ schemaVersion: 2, manifests: [] });
  const authorization = `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;
  const headers = { authorization, 'content-type': mediaTypes.ociIndex };
  const answer = await fetch(`${url}/v2/${repository}/manifests/1`, { method: 'PUT', body, headers });
  return answer.status;
}

harborContract("the playground's Harbor", async () => {
  const given = await givenPlayground();
  return {
    url: given.playground.url,
    username: 'admin',
    password: 'token-of-admin',
    project: 'payment',
    push: async (project) => {
      await putIndex(given.playground, `${project}/cart`, 'admin', 'token-of-admin');
    },
    [Symbol.asyncDispose]: () => given[Symbol.asyncDispose](),
  };
});

describe("the playground's Harbor", () => {
  const harborOf = ({ url }: Playground, username = 'admin') =>
    createHarbor({
      ...{ url, username, password: `token-of-${username}`, fetch, clock: fixedClock() },
      signal: new AbortController().signal,
    });

  test('is for its administrator', async () => {
    await using given = await givenPlayground();

    await expect(harborOf(given.playground, 'guest').findProject('payment')).rejects.toThrow(/403/);
    await expect(harborOf(given.playground, 'nobody').findProject('payment')).rejects.toThrow(/401/);
  });

  test('lets a robot push to its own project and nowhere else, until its secret is changed', async () => {
    await using given = await givenPlayground();
    const harbor = harborOf(given.playground);
    const { value: project } = await harbor.createProject('payment', { isPublic: false });
    const { login, secret } = await harbor.createRobot(project, { name: 'push', description: '', actions: ['push'] });
    const put = (repository: string) => putIndex(given.playground, repository, login, secret);

    const [own, other] = [await put('payment/cart'), await put('billing/cart')];
    const [robot] = await harbor.listRobots(project);
    if (robot !== undefined) await harbor.refreshRobot(robot);

    expect([own, other, await put('payment/cart')]).toEqual([201, 401, 401]);
  });

  test('lets a robot that may only pull do just that', async () => {
    await using given = await givenPlayground();
    const harbor = harborOf(given.playground);
    const { value: project } = await harbor.createProject('payment', { isPublic: false });
    const robot = await harbor.createRobot(project, { name: 'pull', description: '', actions: ['pull'] });
    await putIndex(given.playground, 'payment/cart', 'admin', 'token-of-admin');
    const authorization = `Basic ${Buffer.from(`${robot.login}:${robot.secret}`).toString('base64')}`;
    const pulled = await fetch(`${given.playground.url}/v2/payment/cart/manifests/1`, { headers: { authorization } });

    expect([pulled.status, await pulled.json()]).toEqual([200, { schemaVersion: 2, manifests: [] }]);
    expect(await putIndex(given.playground, 'payment/cart', robot.login, robot.secret)).toBe(401);
  });

  test('is as it was after a start with the same folder', async () => {
    await using folder = await temporaryFolder();
    await using first = await startPlayground({ folder: folder.path, users });
    await harborOf(first).createProject('payment', { isPublic: true });
    await first[Symbol.asyncDispose]();
    await using second = await startPlayground({ folder: folder.path, users });

    expect(await harborOf(second).findProject('payment')).toEqual({ id: 1, name: 'payment', isPublic: true });
  });
});
