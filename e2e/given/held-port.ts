import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { StepError } from '@luban-ci/core';

/** A port of loopback that nobody else has, as long as `kubectl` holds it. */
export interface HeldPort {
  port: number;
  end(): void;
}

/**
 * Starts `kubectl proxy` or `kubectl port-forward` on a port of its own choice; it ends with this process at the latest.
 *
 * @param what is reached by it, as an error begins: `The forge of the cluster`
 */
export async function heldPort(
  what: string,
  kubectl: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<HeldPort> {
  const child = spawn(kubectl, args, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  process.once('exit', () => child.kill());
  for await (const line of createInterface(child.stdout)) {
    const [, port] = /127\.0\.0\.1:(\d+)/.exec(line) ?? [];
    if (port !== undefined) return { port: Number(port), end: () => void child.kill() };
  }
  throw new StepError(`${what} cannot be reached`, { hint: 'make cluster-down cluster-up' });
}
