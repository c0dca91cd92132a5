import { InputError, RetryableError, StepError } from '@luban-ci/core';
import { fixedClock } from '@luban-ci/testing';
import { expect, test } from 'vitest';
import { createHarbor } from './create-harbor.ts';

const { signal } = new AbortController();
const project = { id: 7, name: 'payment', isPublic: false };
const robot = { name: 'push', description: '', actions: ['push'] as const };
const refused = (status: number, message = 'no', headers = {}) =>
  Response.json({ errors: [{ code: 'X', message }] }, { status, headers });

function harborAnswering(...answers: (Response | Error)[]) {
  const asked: { method: string; url: string; authorization: string | null }[] = [];
  const clock = fixedClock();
  const fetch = async (input: string | URL | Request, init?: RequestInit): Promise<Response> => {
    const request = new Request(input, init);
    const { method, url, headers } = request;
    asked.push({ method, url, authorization: headers.get('authorization') });
    const answer = answers.shift() ?? new Response(null, { status: 500 });
    if (answer instanceof Error) throw answer;
    return answer;
  };
  const url = 'https://harbor.example.com/';
  const given = { url, username: 'robot$luban', password: 'pa$$"word', fetch, clock, signal, random: () => 1 };
  return { harbor: createHarbor(given), asked, clock };
}

test('a user name with a dollar and a password with quotes arrive as they are', async () => {
  const { harbor, asked } = harborAnswering(Response.json([]));

  await harbor.findProject('payment');

  const login = Buffer.from('robot$luban:pa$$"word').toString('base64');
  expect(asked).toEqual([
    {
      method: 'GET',
      url: 'https://harbor.example.com/api/v2.0/projects?q=name%3Dpayment&page=1&page_size=100',
      authorization: `Basic ${login}`,
    },
  ]);
});

test('a list is asked again while Harbor is busy, for as long as it says', async () => {
  const busy = refused(429, 'slow down', { 'retry-after': '7' });
  const { harbor, clock } = harborAnswering(busy, refused(503), Response.json([]));

  expect(await harbor.listRobots(project)).toEqual([]);
  expect(clock.slept).toEqual([7000, 1000]);
});

test('a robot whose creation nobody knows the fate of is not made twice', async () => {
  const broken = harborAnswering(new TypeError('fetch failed', { cause: new Error('reset') }));
  const failing = harborAnswering(refused(502));
  const limited = harborAnswering(
    refused(429),
    Response.json({ id: 1, name: 'robot$payment+push', secret: 's' }, { status: 201 }),
  );

  await expect(broken.harbor.createRobot(project, robot)).rejects.toBeInstanceOf(RetryableError);
  await expect(failing.harbor.createRobot(project, robot)).rejects.toBeInstanceOf(RetryableError);
  expect((await limited.harbor.createRobot(project, robot)).secret).toBe('s');
  expect([broken.asked.length, failing.asked.length, limited.asked.length]).toEqual([1, 1, 2]);
});

test.each([
  [400, InputError, 'Creating the Harbor project payment failed: Harbor answered 400 (bad name)'],
  [401, StepError, 'Creating the Harbor project payment failed: Harbor answered 401 (bad name)'],
  [403, StepError, 'Creating the Harbor project payment failed: Harbor answered 403 (bad name)'],
  [302, StepError, 'Creating the Harbor project payment failed: Harbor answered 302 (bad name)'],
])('an answer of %i is told in a sentence and classified', async (status, kind, sentence) => {
  const { harbor } = harborAnswering(refused(status, 'bad\nname'));

  const failure = await harbor.createProject('payment', { isPublic: false }).catch((error: unknown) => error);

  expect(failure).toBeInstanceOf(kind);
  expect(failure).toMatchObject({ message: sentence });
});

test('a list is read to its end, with and without the total', async () => {
  const robots = (count: number, from = 0) =>
    Array.from({ length: count }, (_, index) => ({
      id: from + index,
      name: `robot$payment+r${from + index}`,
      level: 'project',
    }));
  const told = harborAnswering(Response.json(robots(100), { headers: { 'x-total-count': '100' } }));
  const untold = harborAnswering(Response.json(robots(100)), Response.json(robots(3, 100)));

  expect((await told.harbor.listRobots(project)).length).toBe(100);
  expect((await untold.harbor.listRobots(project)).length).toBe(103);
  expect([told.asked.length, untold.asked.length]).toEqual([1, 2]);
});

test('a robot with other rights than these is not a plain one', async () => {
  const access = [{ resource: 'repository', action: 'push' }];
  const permission = (more: object) => ({ kind: 'project', namespace: 'payment', access, ...more });
  const listed = [
    permission({}),
    permission({ namespace: 'billing' }),
    permission({ access: [{ resource: 'artifact', action: 'delete' }] }),
    permission({ access: [{ ...access[0], effect: 'deny' }] }),
  ].map((each, id) => ({ id, name: `robot$payment+${id}`, level: 'project', permissions: [each] }));
  const { harbor } = harborAnswering(Response.json(listed));

  expect((await harbor.listRobots(project)).map(({ isPlain }) => isPlain)).toEqual([true, false, false, false]);
});

test('an answer that is not Harbor’s, and an address without TLS, are refused', async () => {
  const page = harborAnswering(new Response('<html>', { status: 200 }));
  const plain = () =>
    createHarbor({
      url: 'http://harbor.example.com',
      username: 'a',
      password: 'b',
      fetch,
      clock: fixedClock(),
      signal,
    });

  await expect(page.harbor.findProject('payment')).rejects.toThrow("the answer is not one of Harbor's");
  expect(plain).toThrow(InputError);
});
