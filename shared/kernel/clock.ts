import { type Instant, instantAt } from './time.ts';

/** Where a runtime may put a clock of its own (`{ now(): epoch milliseconds }`), so that time can be moved. */
const clockSymbol = Symbol.for('reliefline.clock');

type MovedClock = { readonly now: () => number };

const isMovedClock = (value: unknown): value is MovedClock =>
  typeof value === 'object' && value !== null && 'now' in value && typeof value.now === 'function';

/** The only place that asks what time it is. Rules never call it: they are passed `now`. */
export function now(): Instant {
  const moved: unknown = Reflect.get(globalThis, clockSymbol);
  return instantAt(isMovedClock(moved) ? moved.now() : Date.now());
}
