import type { Retrier } from './definition.ts';
import type { StateError } from './errors.ts';

/** Errors that AWS lets nobody retry or catch with States.ALL. */
const beyondAll: readonly string[] = ['States.DataLimitExceeded', 'States.Runtime'];

/**
 * Whether a retrier or catcher takes this error. `States.ALL` takes nearly everything, `States.TaskFailed` everything
 * but a time-out. `States.Timeout` also stands for a missed heartbeat.
 */
export function matchesError(errorEquals: readonly string[], error: StateError): boolean {
  const name = error.error ?? '';
  return errorEquals.some((wanted) => {
    if (wanted === name) return true;
    if (wanted === 'States.ALL') return !beyondAll.includes(name);
    if (wanted === 'States.TaskFailed') return name !== 'States.Timeout' && !beyondAll.includes(name);
    return wanted === 'States.HeartbeatTimeout' && error.isHeartbeat;
  });
}

/** How long to wait before try number `used + 1`, in ms: interval × rate^used, capped, then with jitter. */
export function backoffMs(retrier: Retrier, used: number, random: () => number): number {
  const grown = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const seconds = Math.min(grown, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY, 31_622_400);
  return Math.round(1000 * (retrier.JitterStrategy === 'FULL' ? seconds * random() : seconds));
}
