import { tmpdir } from 'node:os';
import type { Surroundings } from './host.ts';

/** What surrounds this process. */
export function processSurroundings(argv: readonly string[] = process.argv.slice(2)): Surroundings {
  return {
    argv,
    env: process.env,
    cwd: process.cwd(),
    temporaryFolder: tmpdir(),
    writeOut: (text) => process.stdout.write(text),
    writeErr: (text) => process.stderr.write(text),
    isTerminal: (process.stderr.isTTY === true || Boolean(process.env['FORCE_COLOR'])) && !process.env['NO_COLOR'],
  };
}
