import { z } from 'zod';
import { lazySchema } from './lazy-schema.ts';
import { OrderKey } from './order-key.ts';

const Line = lazySchema(() =>
  z
    .string()
    .min(1)
    .max(2000)
    .regex(/^[^\r\n\0]*$/, 'expected one line'),
);

/** Where a deployment comes from and who asked for it; serialisable, and fixed when it is requested. */
export const Provenance = lazySchema(() =>
  z.object({
    /** The same for every retry of one request, different for every other; decides "exactly once". */
    key: Line(),
    /** When it was asked for, for people. */
    at: OrderKey(),
    /** When the build or the promotion was asked for. Without it there is no "only forward". */
    order: OrderKey().optional(),
    sourceRepository: Line().optional(),
    sourceCommit: Line().optional(),
    /** Address of the run that asks. */
    run: Line().optional(),
    requestedBy: Line().optional(),
    /** Environment that it was promoted from. */
    promotedFrom: Line().optional(),
  }),
);
export type Provenance = z.infer<ReturnType<typeof Provenance>>;
