import { createHash } from 'node:crypto';
import type { Log } from '../log.ts';
import type { ChaosOptions } from './fault-kinds.ts';

/** Says which call meets which fault, and keeps count. */
export type Dice = {
  /** The first of these kinds that this call meets; each is rolled for every call. */
  roll(kinds: readonly string[]): string | undefined;
  /** Notes that a fault was put to somebody, with what it befell: a function's or an operation's name, never a value. */
  struck(kind: string, what: string): void;
  /** A number from 0 up to 1, the next of its kind: how long, which one. */
  fraction(kind: string): number;
  /** How often each kind has struck. */
  counts(): Readonly<Record<string, number>>;
};

/**
 * Chance that can be had again: the n-th call that could meet a kind meets it for every n in which the seed says so, whatever
 * happened to other kinds meanwhile.
 */
export function openDice({ seed, rates }: ChaosOptions, log: Log): Dice {
  const rolled = new Map<string, number>();
  const counted = new Map<string, number>();
  const fraction = (kind: string): number => {
    const nth = (rolled.get(kind) ?? 0) + 1;
    rolled.set(kind, nth);
    return createHash('sha256').update(`${seed}/${kind}/${nth}`).digest().readUInt32BE(0) / 2 ** 32;
  };
  return {
    fraction,
    roll: (kinds) => kinds.filter((kind) => fraction(kind) * 100 < (rates.get(kind) ?? 0))[0],
    struck(kind, what) {
      const count = (counted.get(kind) ?? 0) + 1;
      counted.set(kind, count);
      log({ level: 'debug', message: 'chaos', kind, what, count });
    },
    counts: () => Object.fromEntries([...counted].sort(([a], [b]) => (a < b ? -1 : 1))),
  };
}
