import type { z } from 'zod';

/**
 * A schema that is built when it is first asked for, and kept. Building all schemas of this package at its start would
 * cost every run several milliseconds, and a run needs few of them.
 */
export function lazySchema<Schema extends z.ZodType>(build: () => Schema): () => Schema {
  let built: Schema | undefined;
  return () => {
    built ??= build();
    return built;
  };
}
