import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { proveBooks } from '../../functions/upkeep/prove-books.ts';
import { carriesNothing, moneyOnStore, steps, tryStep } from '../support/money-on-store.ts';
import { isLong, runsAndSeed } from '../support/runs.ts';

/** A history on a real store takes about a hundred times as long as one in memory. */
const times = 100;

test('promise 1: on a real store, where processes die before or after any of their writes, no share of an award is with the bank twice, and the books agree', async () => {
  const seen = new Set<string>();
  await fc.assert(
    fc.asyncProperty(steps, async (sequence) => {
      const scene = await moneyOnStore();
      try {
        for (const step of sequence) {
          for (const told of await tryStep(scene, step)) seen.add(told);
          await scene.checkBank();
        }
        await scene.finish();
        await scene.checkBank();
        expect(await carriesNothing(scene)).toBe(true);
        const { ok, wrong, checked } = await proveBooks(scene.store);
        expect(wrong).toEqual([]);
        expect(ok).toBe(true);
        expect(checked.cases).toBe(4);
        for (const status of await scene.statuses()) seen.add(status);
        for (const file of await scene.files())
          for (const { status } of file.recoveries.flatMap(({ repayments }) => repayments))
            seen.add(`repayment ${status}`);
      } finally {
        scene.stop();
      }
    }),
    runsAndSeed(5, times),
  );
  const always = ['killed', 'payout paid', 'batch released', 'result applied'];
  // What takes several steps in their order comes about in many histories.
  const inMany = ['recovery open', 'repayment confirmed'];
  const wanted = isLong() ? [...always, ...inMany] : always;
  expect(wanted.filter((what) => !seen.has(what))).toEqual([]);
});
