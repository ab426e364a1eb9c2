import type { Clock } from './clock.ts';

/** The longest that setTimeout can sleep; a later deadline is looked at again when it has passed. */
const longestSleepMs = 2_147_483_647;
/** How soon to look again after the store or a state's work failed unexpectedly. */
const retryAfterMs = 1000;

export type Timers = {
  /** Tells of a deadline just stored, so that an earlier one than the nearest known re-arms the timer. */
  noticed(due: number): void;
  /** Fires all that is due now, and whatever falls due by firing it; resolves when nothing due is left. */
  fireDue(): Promise<void>;
  close(): Promise<void>;
};

/**
 * One timer for all deadlines: it is armed for the nearest one on disk, so a hundred thousand waits cost no memory.
 * When the clock is moved, what became due fires at once. It is armed first by `fireDue`.
 * @param fire works through everything due; answers how many it found
 */
export function startTimers(options: {
  clock: Clock;
  nextDue: () => number | null;
  fire: () => Promise<number>;
  onError: (error: unknown) => void;
}): Timers {
  const { clock, nextDue, fire, onError } = options;
  let handle: NodeJS.Timeout | undefined;
  let armedFor = Number.POSITIVE_INFINITY;
  let isClosed = false;
  let firing: Promise<void> | null = null;

  function arm(due: number | null): void {
    clearTimeout(handle);
    armedFor = due ?? Number.POSITIVE_INFINITY;
    if (due === null || isClosed) return;
    const delay = Math.min(longestSleepMs, Math.max(0, due - clock.now()));
    handle = setTimeout(() => void fireDue(), delay);
  }

  async function work(): Promise<void> {
    try {
      while (!isClosed && (await fire()) > 0);
      arm(nextDue());
    } catch (error) {
      if (isClosed) return;
      onError(error);
      arm(clock.now() + retryAfterMs);
    }
  }

  async function fireDue(): Promise<void> {
    if (isClosed) return;
    if (firing !== null) await firing;
    firing ??= work().finally(() => {
      firing = null;
    });
    await firing;
  }

  const stopListening = clock.onJump(() => void fireDue());

  return {
    noticed(due) {
      if (due < armedFor && firing === null) arm(due);
    },
    fireDue,
    async close() {
      isClosed = true;
      clearTimeout(handle);
      stopListening();
      await firing;
    },
  };
}
