import { StepError } from '@luban-ci/core';
import { parse } from 'smol-toml';
import { z } from 'zod';

const Wheel = z.object({
  url: z.string().optional(),
  /** Relative to the index, when that is a folder beside the lock file. */
  path: z.string().optional(),
  filename: z.string().optional(),
  hash: z.string().optional(),
});
export type Wheel = z.output<typeof Wheel>;

const Dependency = z.object({
  name: z.string(),
  version: z.string().optional(),
  marker: z.string().optional(),
  extra: z.array(z.string()).default([]),
});
export type Dependency = z.output<typeof Dependency>;

const Source = z.object({
  registry: z.string().optional(),
  editable: z.string().optional(),
  virtual: z.string().optional(),
  directory: z.string().optional(),
  git: z.string().optional(),
  url: z.string().optional(),
  path: z.string().optional(),
});

const Package = z.object({
  name: z.string(),
  version: z.string().optional(),
  source: Source,
  dependencies: z.array(Dependency).default([]),
  'optional-dependencies': z.record(z.string(), z.array(Dependency)).default({}),
  wheels: z.array(Wheel).default([]),
});
export type LockedPackage = z.output<typeof Package>;

/** The part of `uv.lock` (format version 1) that says what to install. */
const Lock = z.object({
  version: z.literal(1),
  'requires-python': z.string().default(''),
  package: z.array(Package).default([]),
});
export type UvLock = z.output<typeof Lock>;

/** @throws StepError when the text is no lock file of a format that can be read */
export function parseUvLock(text: string, path = 'uv.lock'): UvLock {
  const lock = Lock.safeParse(parsedToml(text, path));
  if (lock.success) return lock.data;
  const [issue] = lock.error.issues;
  throw new StepError(`${path} cannot be used: ${issue?.path.join('.')}: ${issue?.message}`, {
    hint: 'Only format version 1 of uv lock files is understood.',
  });
}

export function parsedToml(text: string, path: string): unknown {
  try {
    return parse(text);
  } catch (cause) {
    throw new StepError(`${path} is not valid TOML: ${cause instanceof Error ? cause.message.split('\n')[0] : ''}`, {
      cause,
    });
  }
}
