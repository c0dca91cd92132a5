/** Holds everybody back while it is closed: how a whole workflow is suspended. */
export interface Gate {
  close(): void;
  open(): void;
  readonly closed: boolean;
  /** Resolves as soon as the gate is open. */
  pass(signal: AbortSignal): Promise<void>;
}

export function createGate(closed: boolean): Gate {
  let isClosed = closed;
  let waiting: (() => void)[] = [];
  return {
    get closed() {
      return isClosed;
    },
    close: () => {
      isClosed = true;
    },
    open: () => {
      isClosed = false;
      for (const admit of waiting) admit();
      waiting = [];
    },
    pass: async (signal) => {
      signal.throwIfAborted();
      if (!isClosed) return;
      await new Promise<void>((resolve, reject) => {
        waiting.push(resolve);
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      });
    },
  };
}
