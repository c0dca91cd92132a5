import { createHash } from 'node:crypto';

/** A digest as OCI writes it: `sha256:` and 64 lower-case hexadecimal digits. Other algorithms are not used here. */
export function isDigest(text: string): boolean {
  return /^sha256:[a-f0-9]{64}$/.test(text);
}

export function digestOf(bytes: Uint8Array | string): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
