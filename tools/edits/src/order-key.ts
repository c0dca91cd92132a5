import { z } from 'zod';
import { lazySchema } from './lazy-schema.ts';

const pattern = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})(?:\.(\d{1,9}))?Z$/;

/**
 * When a build or a promotion was asked for: a UTC time in ISO 8601 with up to nanoseconds. Fixed once, kept by every
 * retry, so that it tells the older of two requests whenever they arrive.
 */
export const OrderKey = lazySchema(() =>
  z
    .string()
    .regex(pattern, 'expected a UTC time such as 2026-01-02T03:04:05Z')
    .refine((text) => !Number.isNaN(Date.parse(text)), 'expected a time that exists'),
);
export type OrderKey = z.infer<ReturnType<typeof OrderKey>>;

/** Negative when `left` was asked for earlier, positive when later, 0 when at the same time. */
export function compareOrder(left: OrderKey, right: OrderKey): number {
  const [a, b] = [comparable(left), comparable(right)];
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** The same time always as the same text: `…05Z` and `…05.000Z` are equal. */
function comparable(key: OrderKey): string {
  const [, seconds = key, fraction = ''] = pattern.exec(key) ?? [];
  return `${seconds}.${fraction.padEnd(9, '0')}`;
}
