import { isStoreOut } from './store-out.ts';

type Waiting = { readonly write: () => void; readonly resolve: () => void; readonly reject: (error: unknown) => void };

/**
 * Writes that come within one turn of the event loop, new executions and what running ones have changed, reach the disk together: one
 * wait for the disk instead of many. Each is acknowledged only once it is there. If together they fail, each is tried alone, so that
 * one bad one spoils no other; a write is therefore made from what stands when it is called. A store that cannot be written refuses
 * them all at once.
 */
export function groupCommits(transaction: (work: () => void) => void): <T>(write: () => T) => Promise<T> {
  let waiting: Waiting[] = [];

  function settle(one: Waiting): void {
    try {
      transaction(one.write);
      one.resolve();
    } catch (error) {
      one.reject(error);
    }
  }

  function flush(): void {
    const group = waiting;
    waiting = [];
    try {
      transaction(() => {
        for (const { write } of group) write();
      });
    } catch (error) {
      if (isStoreOut(error)) for (const { reject } of group) reject(error);
      else group.forEach(settle);
      return;
    }
    for (const { resolve } of group) resolve();
  }

  return <T>(write: () => T) =>
    new Promise<T>((resolve, reject) => {
      let written: { readonly value: T } | undefined;
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({
        write() {
          written = { value: write() };
        },
        resolve() {
          if (written !== undefined) resolve(written.value);
        },
        reject,
      });
    });
}
