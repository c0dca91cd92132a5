import { createHash } from 'node:crypto';

/** For names of what is kept: twelve hexadecimal digits of all that it is made from. */
export function recipeDigest(parts: Iterable<string | Uint8Array>): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 12);
}
