import { writeSync } from 'node:fs';

/**
 * Writes text to standard output (1) or standard error (2) at once. Node's own streams for the two cost a program a tenth
 * of its start, because a pipe makes them load everything a socket needs.
 *
 * A reader that has had enough (`luban steps | head -1`) is no failure: what it does not read is dropped.
 */
export function writeTo(descriptor: 1 | 2, text: string): void {
  for (let rest = Buffer.from(text); rest.length > 0; ) rest = rest.subarray(writeSome(descriptor, rest));
}

/** Bytes that are dealt with. */
function writeSome(descriptor: number, bytes: Uint8Array): number {
  try {
    return writeSync(descriptor, bytes);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'EPIPE') return bytes.length;
    if (code !== 'EAGAIN') throw error;
    rest(5);
    return 0;
  }
}

/** A pipe that is full for the moment: let its reader go on. */
function rest(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}
