import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineCapability } from './define-capability.ts';

test('inputs are built when they are first read, and once', () => {
  let built = 0;
  const capability = defineCapability({
    id: 'clock',
    summary: 'Tells the time.',
    inputs: () => {
      built += 1;
      return z.object({ zone: z.string() });
    },
    create: async ({ zone }) => zone,
  });

  expect(built).toBe(0);
  expect(capability.inputs).toBe(capability.inputs);
  expect(built).toBe(1);
});
