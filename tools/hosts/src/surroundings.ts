import { fstatSync } from 'node:fs';
import { tmpdir } from 'node:os';
import type { Surroundings } from './host.ts';
import { writeTo } from './write-to.ts';

/** What surrounds this process. */
export function processSurroundings(argv: readonly string[] = process.argv.slice(2)): Surroundings {
  return {
    argv,
    env: process.env,
    cwd: process.cwd(),
    temporaryFolder: tmpdir(),
    writeOut: (text) => writeTo(1, text),
    writeErr: (text) => writeTo(2, text),
    isTerminal: (isTerminal(2) || Boolean(process.env['FORCE_COLOR'])) && !process.env['NO_COLOR'],
  };
}

/** A character device; `tty.isatty` says it more exactly, and loads what a socket needs for it. */
function isTerminal(descriptor: number): boolean {
  return fstatSync(descriptor).isCharacterDevice();
}
