import { createForge } from '@luban-ci/forge';
import { faultProxy, fixedClock } from '@luban-ci/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ensureChangeRequest } from './change-request.ts';
import { type DeliveryWorld, deliveryWorld, token } from './testing/delivery-world.fixture.ts';

let world: DeliveryWorld;
beforeAll(async () => {
  world = await deliveryWorld();
  await world.repository('cart', { main: { a: 'a\n' }, change: { b: 'b\n' } });
});
afterAll(() => world[Symbol.asyncDispose]());

test.each([
  [401, {}, 'StepError', undefined],
  [422, {}, 'InputError', undefined],
  [429, { 'retry-after': '120' }, 'RetryableError', 120],
  [500, {}, 'RetryableError', undefined],
])('upstream-R10: an answer %s of the forge is a failure', async (status, headers, kind, retryAfterSeconds) => {
  await using front = await faultProxy(world.playground.url);
  front.setFault(({ method }) => (method === 'POST' ? { status, headers } : undefined));
  const forge = await createForge('gitea', { baseUrl: front.url, token, clock: fixedClock() });
  const handle = { forge, name: { owner: 'metasync', repository: 'cart' } };

  const error = await ensureChangeRequest(handle, { source: 'change', target: 'main', title: 'b', body: '' }).catch(
    (each: unknown) => each,
  );

  expect(error).toMatchObject({ name: kind, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) });
});
