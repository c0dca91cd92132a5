import { RetryableError } from '@luban-ci/core';

/**
 * Aborts when the process is asked to stop, so that a step can end cleanly. A step that was stopped may be run again:
 * the reason is a RetryableError.
 */
export function stopSignal(from: Pick<NodeJS.Process, 'once'> = process): AbortSignal {
  const controller = new AbortController();
  for (const name of ['SIGTERM', 'SIGINT'] as const) {
    from.once(name, () => controller.abort(new RetryableError(`stopped by ${name}`)));
  }
  return controller.signal;
}
