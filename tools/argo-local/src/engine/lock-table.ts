/** A lock that a node wants: how many may hold it is read anew each time, as Argo reads the ConfigMap. */
export interface LockWish {
  /** Unique: `payment/ConfigMap/workflow-semaphores/kpack-builds` or `payment/Mutex/deploy`. */
  key: string;
  limit: number;
}

/** Semaphores and mutexes over all runs that share the table (workflow/sync). */
export interface LockTable {
  /** Gets all of them at once or none. `onWait` is called when it has to wait, with Argo's sentence. */
  acquire(wishes: readonly LockWish[], signal: AbortSignal, onWait: (message: string) => void): Promise<() => void>;
}

interface Waiter {
  wishes: readonly LockWish[];
  admit: () => void;
}

export function createLockTable(): LockTable {
  const holders = new Map<string, number>();
  const waiting: Waiter[] = [];
  const held = (key: string): number => holders.get(key) ?? 0;
  const change = (wishes: readonly LockWish[], by: number): void => {
    for (const { key } of wishes) holders.set(key, held(key) + by);
  };
  const blocking = (wishes: readonly LockWish[]): LockWish | undefined =>
    wishes.find(({ key, limit }) => held(key) >= limit);
  const admitNext = (): void => {
    for (const waiter of [...waiting]) {
      if (blocking(waiter.wishes) !== undefined) continue;
      waiting.splice(waiting.indexOf(waiter), 1);
      change(waiter.wishes, 1);
      waiter.admit();
    }
  };
  const wait = (wishes: readonly LockWish[], signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const stop = (): void => {
        waiting.splice(waiting.indexOf(waiter), 1);
        reject(signal.reason);
      };
      const waiter: Waiter = {
        wishes,
        admit: () => {
          signal.removeEventListener('abort', stop);
          resolve();
        },
      };
      waiting.push(waiter);
      signal.addEventListener('abort', stop, { once: true });
    });
  return {
    acquire: async (wishes, signal, onWait) => {
      signal.throwIfAborted();
      const blocked = blocking(wishes);
      if (blocked === undefined) change(wishes, 1);
      else {
        onWait(
          `Waiting for ${blocked.key} lock. Lock status: ${Math.max(0, blocked.limit - held(blocked.key))}/${blocked.limit}`,
        );
        await wait(wishes, signal);
      }
      return () => {
        change(wishes, -1);
        admitNext();
      };
    },
  };
}
