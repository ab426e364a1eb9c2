import type { Clock } from './clock.ts';

/** A clock that stands still until it is moved. */
export type ManualClock = Clock & { move(seconds: number): void };

/** @param start ISO 8601 */
export function manualClock(start = '2016-03-01T00:00:00Z'): ManualClock {
  let at = Date.parse(start);
  const listeners = new Set<() => void>();
  return {
    now: () => at,
    onJump(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    move(seconds) {
      at += 1000 * seconds;
      for (const listener of listeners) listener();
    },
  };
}
