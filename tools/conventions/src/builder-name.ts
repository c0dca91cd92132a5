import { z } from 'zod';

/** The ways to build an image that a step can choose from. */
export const BuilderName = z.enum(['append', 'cnb', 'kpack']);
export type BuilderName = z.output<typeof BuilderName>;
