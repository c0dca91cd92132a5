import { expect, test } from 'vitest';
import { systemClock } from './clock.ts';

test('a sleep ends at once when it is called off, with the reason', async () => {
  const controller = new AbortController();
  const sleeping = systemClock.sleep(60_000, controller.signal);

  controller.abort(new Error('stopped'));

  await expect(sleeping).rejects.toThrow('stopped');
  await expect(systemClock.sleep(60_000, controller.signal)).rejects.toThrow('stopped');
});
