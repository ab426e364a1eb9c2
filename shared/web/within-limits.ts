import type { Instant } from '../kernel/time.ts';

/** So many tries under a name in one window of time. */
export type Allowance = { readonly name: string; readonly most: number };

/** Counts one try; false once there were more than `limit` in the window. */
export type CountTry = (name: string, windowSeconds: number, limit: number, now: Instant) => Promise<boolean>;

/**
 * Counts one try against each allowance in turn and stops at the first that is used up. The sender's own stands first: what a
 * stranger tries beyond it costs the person whose address or number they typed nothing.
 *
 * ```ts
 * await isWithinAll(deps.store.isWithinLimit, [{ name: `try/${email}/from/${sender}`, most: 5 }, …], 900, now)
 * ```
 */
export async function isWithinAll(
  count: CountTry,
  allowances: readonly Allowance[],
  windowSeconds: number,
  now: Instant,
): Promise<boolean> {
  for (const { name, most } of allowances) {
    if (!(await count(name, windowSeconds, most, now))) return false;
  }
  return true;
}
