import { z } from 'zod';
import { OrderKey } from './order-key.ts';

const line = z
  .string()
  .min(1)
  .max(2000)
  .regex(/^[^\r\n\0]*$/, 'expected one line');

/** Where a deployment comes from and who asked for it; serialisable, and fixed when it is requested. */
export const Provenance = z.object({
  /** The same for every retry of one request, different for every other; decides "exactly once". */
  key: line,
  /** When it was asked for, for people. */
  at: OrderKey,
  /** When the build or the promotion was asked for. Without it there is no "only forward". */
  order: OrderKey.optional(),
  sourceRepository: line.optional(),
  sourceCommit: line.optional(),
  /** Address of the run that asks. */
  run: line.optional(),
  requestedBy: line.optional(),
  /** Environment that it was promoted from. */
  promotedFrom: line.optional(),
});
export type Provenance = z.infer<typeof Provenance>;
