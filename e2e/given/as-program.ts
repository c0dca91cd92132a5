import { fileURLToPath } from 'node:url';
import { run } from '../run.ts';

const program = fileURLToPath(new URL('main.ts', import.meta.url));

/**
 * Runs `main.ts` as a process of its own: Node reads when it starts whom it trusts, and the cluster's forge has a certificate of
 * the cluster's.
 *
 * @param environment that of the cluster in use
 * @returns what it answers
 */
export async function given(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<unknown> {
  return JSON.parse(await run(process.execPath, [program, ...args], { env: environment }));
}
