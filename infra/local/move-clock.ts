import type { MovableClock } from './clock.ts';
import type { Scheduler } from './scheduler.ts';

/** The two things that wait for a time: executions, and schedules. */
export type Waiting = {
  clock: MovableClock;
  scheduler: Scheduler;
  /** Due time of the earliest timer of any execution, in epoch milliseconds. */
  nextTimer(): number | undefined;
  /** Resolves when no task and no function runs. */
  settle(): Promise<void>;
};

/** More steps at the very same instant than this means that something is due again and again: better to go on. */
const mostStepsAnInstant = 1_000;

/**
 * Moves the clock to a later instant as if the time had passed: it stops at each timer and schedule due in between, in
 * their order, lets what they start run to its end, and goes on. Answers when everything is still again.
 */
export async function moveClock(waiting: Waiting, to: number): Promise<void> {
  const { clock, scheduler, nextTimer, settle } = waiting;
  await settle();
  scheduler.beginMove();
  try {
    let last = 0;
    let steps = 0;
    for (;;) {
      const timer = nextTimer();
      const next = Math.min(timer ?? Infinity, scheduler.nextDue() ?? Infinity);
      if (next > to) break;
      steps = next === last ? steps + 1 : 0;
      last = next;
      if (steps > mostStepsAnInstant) break;
      clock.jump(next);
      await settle();
      if (timer !== undefined && timer <= clock.now()) scheduler.noteActivity();
      if (await scheduler.fireDue()) await settle();
    }
    clock.jump(to);
    await settle();
  } finally {
    await scheduler.endMove();
  }
  await settle();
}
