import { readFileSync } from 'node:fs';
import { afterEach, expect, test } from 'vitest';
import { readBooks } from '../replay/finance.ts';
import { yearFrom } from '../replay/plan.ts';
import { compare, expectationsOf } from '../replay/report.ts';
import { replayYear } from '../replay/year.ts';
import { readLedger } from '../support/books.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';
import { openLocalStore } from '../support/local-store.ts';
import { runsAndSeed } from '../support/runs.ts';

let local: TestLocal;
afterEach(() => local?.stop());

const { numRuns, seed: firstSeed } = runsAndSeed(1);
const seeds = Array.from({ length: numRuns }, (_, index) => firstSeed + index);
const facts: unknown = JSON.parse(readFileSync(new URL('../facts/2016.json', import.meta.url), 'utf8'));

test.each(seeds)(
  'the year 2016 from seed %i comes to its figures, and every chain, ledger and payout agrees',
  async (seed) => {
    local = await startTestLocal('2016-01-04T08:00', 'replay');
    const { world } = local;
    await replayYear(world, yearFrom(seed));
    const result = compare(expectationsOf(facts), await readBooks(world), world.bank.paidFen());
    expect(result.faults).toEqual([]);
    // A month after the end nothing has stirred: no wait is left behind, and nothing is paid late.
    await world.moveClock({ to: '2017-02-15T09:00' });
    const { store, close } = openLocalStore(local);
    const { files, funds, faults } = await readLedger(store);
    close();
    expect(faults).toEqual([]);
    expect(files.filter((file) => file.case.closedAt === undefined)).toEqual([]);
    expect(funds.reduce((sum, fund) => sum + fund.paidFen, 0)).toBe(result.totalPaidFen);
  },
);
