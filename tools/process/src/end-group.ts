import type { ChildProcess } from 'node:child_process';

/**
 * Ends a child, and all that it has started, when the signal asks for it: SIGTERM first, SIGKILL after these seconds.
 * The child has to be detached: then it leads a process group of its own, whose number is its own.
 */
export function endGroup(child: ChildProcess, stop: AbortSignal, graceSeconds: number): void {
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {} // the group is gone already (ESRCH)
  };
  const end = (): void => {
    kill('SIGTERM');
    const last = setTimeout(kill, graceSeconds * 1000, 'SIGKILL');
    child.once('close', () => clearTimeout(last));
  };
  stop.addEventListener('abort', end, { once: true });
  child.once('close', () => stop.removeEventListener('abort', end));
}
