/** Lets at most so many through at a time, first come, first served. */
export interface Limiter {
  /** Resolves with the function that gives the place back. Rejects with the signal's reason when it aborts first. */
  enter(signal?: AbortSignal): Promise<() => void>;
}

export function createLimiter(limit: number): Limiter {
  const waiting: (() => void)[] = [];
  let free = limit;
  const leave = (): void => {
    const next = waiting.shift();
    if (next === undefined) free += 1;
    next?.();
  };
  const wait = (signal: AbortSignal | undefined): Promise<void> =>
    new Promise((resolve, reject) => {
      const admit = (): void => {
        signal?.removeEventListener('abort', stop);
        resolve();
      };
      const stop = (): void => {
        waiting.splice(waiting.indexOf(admit), 1);
        reject(signal?.reason);
      };
      waiting.push(admit);
      signal?.addEventListener('abort', stop, { once: true });
    });
  return {
    enter: async (signal) => {
      signal?.throwIfAborted();
      if (free > 0) free -= 1;
      else await wait(signal);
      return once(leave);
    },
  };
}

function once(leave: () => void): () => void {
  let left = false;
  return () => {
    if (!left) leave();
    left = true;
  };
}
