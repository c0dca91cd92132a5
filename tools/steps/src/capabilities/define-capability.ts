import type { Capability } from '@luban-ci/core';
import type { z } from 'zod';

/**
 * Declares a capability. Its inputs are built when a step first asks for them, and only once: building schemas is most of
 * a step's start.
 */
export function defineCapability<Shape extends z.ZodRawShape, Value>(
  capability: Omit<Capability<Shape, Value>, 'inputs'> & { inputs(): z.ZodObject<Shape> },
): Capability<Shape, Value> {
  let built: z.ZodObject<Shape> | undefined;
  return {
    ...capability,
    get inputs() {
      built ??= capability.inputs();
      return built;
    },
  };
}
