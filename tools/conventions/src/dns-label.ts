import { InputError } from '@luban-ci/core';
import { z } from 'zod';

/** Longest name of most Kubernetes objects and of one part of a host name (RFC 1123). */
export const longestDnsLabel = 63;

const shape = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;

/** What a name of a project, an application or an environment may look like. */
export const DnsLabel = z
  .string()
  .max(longestDnsLabel, `expected at most ${longestDnsLabel} characters`)
  .regex(shape, 'expected lower-case letters, digits and hyphens, with a letter or digit at both ends');

/**
 * Checks a name that was composed from a pattern.
 *
 * @throws InputError saying what the name is for and why it cannot be used
 */
export function checkedLabel(name: string, purpose: string): string {
  const checked = DnsLabel.safeParse(name);
  if (checked.success) return name;
  const reason = checked.error.issues.map((issue) => issue.message).join(' and ');
  throw new InputError(
    `The ${purpose} would be called "${name}" (${name.length} characters), which is no name for it: ${reason}`,
  );
}
