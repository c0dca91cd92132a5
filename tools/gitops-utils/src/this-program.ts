import { fileURLToPath } from 'node:url';

/** How to start this program again: from source, or as the one bundled file. */
export function thisProgram(): { program: string; args: string[] } {
  const entry = process.argv[1] ?? fileURLToPath(new URL('./main.ts', import.meta.url));
  return { program: process.execPath, args: [entry] };
}
