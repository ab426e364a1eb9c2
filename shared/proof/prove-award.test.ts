import { describe, expect, test } from 'vitest';
import {
  altered,
  owingFire,
  paidFire,
  returnedIllness,
  withdrawnIllness,
  without,
} from '../../test/support/proof-books.ts';
import { advance, faultsOfAwards as faultsOf, indexOf, whole } from '../../test/support/proof-faults.ts';
import { fen } from '../kernel/money.ts';
import type { CaseBook } from './case-book.ts';
import { proveEntriesOfCase } from './prove-award.ts';

const fire = paidFire();
const owing = owingFire();
const illness = returnedIllness();

const first = (book: CaseBook) => faultsOf(book)[0];
const entryOf = (book: CaseBook, kind: string, awardId: string) =>
  indexOf(book.entries, (each) => each.kind === kind && each.awardId === awardId);

test('awards that were made by the rules agree with what they rest on', () => {
  for (const book of [fire, owing, illness, withdrawnIllness()]) expect(faultsOf(book)).toEqual([]);
});

describe('what is reserved for an award', () => {
  test.each([
    ['without one of its reservations', without(fire, 'entries', entryOf(fire, 'reserve', 'case-1.2'))],
    [
      'with another sum in the ledger',
      altered(fire, 'entries', entryOf(fire, 'reserve', 'case-1.2'), (entry) => ({
        ...entry,
        amountFen: fen(entry.amountFen + 1),
      })),
    ],
    [
      'reserved in another fund',
      altered(fire, 'entries', entryOf(fire, 'reserve', 'case-1.2'), (entry) => ({
        ...entry,
        fundId: fire.entries[1]!.fundId,
      })),
    ],
    [
      'released though it stands',
      {
        ...fire,
        entries: [
          ...fire.entries,
          { ...fire.entries[entryOf(fire, 'reserve', 'case-1.2')]!, kind: 'release' as const },
        ],
      },
    ],
  ])('an award %s is named', (_, book) => {
    expect(first(book)).toEqual({ item: whole, code: 'not-reserved' });
  });

  test('an award whose shares do not make its sum is named', () => {
    const more = altered(fire, 'awards', 1, (award) => ({ ...award, amountFen: fen(award.amountFen + 1) }));
    expect(first(more)).toEqual({ item: whole, code: 'shares-differ' });
  });

  test('a released award for which money is still reserved is named', () => {
    const book = withdrawnIllness();
    const kept = without(
      book,
      'entries',
      indexOf(book.entries, ({ kind }) => kind === 'release'),
    );
    expect(first(kept)).toEqual({ item: advance, code: 'not-reserved' });
  });
});

describe('the status of an award', () => {
  test.each(['reserved', 'released'] as const)('is paid when all of it is: %s is told', (status) => {
    expect(faultsOf(altered(illness, 'awards', 0, (award) => ({ ...award, status })))).toContainEqual({
      item: advance,
      code: 'award-differs',
    });
  });

  test('is not paid while one of its payments is not', () => {
    const book = altered(illness, 'payouts', 1, (payout) => ({ ...payout, status: 'sent' }));
    expect(first(book)).toEqual({ item: advance, code: 'award-differs' });
  });
});

describe('an advance', () => {
  test('that no award ratified is named when its case is closed', () => {
    const book = altered(fire, 'awards', 0, ({ ratifiedByAward: _none, ...award }) => award);
    expect(first(book)).toEqual({ item: advance, code: 'not-ratified' });
  });

  test('that the award of another case ratified is named', () => {
    const book = altered(fire, 'awards', 0, (award) => ({ ...award, ratifiedByAward: award.awardId }));
    expect(first(book)).toEqual({ item: advance, code: 'not-ratified' });
  });

  test('may wait to be ratified while its case is open', () => {
    const { closedAt: _open, ...open } = fire.case;
    const book = altered(fire, 'awards', 0, ({ ratifiedByAward: _none, ...award }) => award);
    expect(faultsOf({ ...book, case: open })).toEqual([]);
  });

  test('that is not claimed back, or not all of it, is named', () => {
    expect(first(without(owing, 'recoveries', 0))).toEqual({ item: advance, code: 'not-ratified' });
    const dropped = altered(owing, 'recoveries', 0, (each) => ({ ...each, status: 'dropped' }));
    expect(first(dropped)).toEqual({ item: advance, code: 'not-ratified' });
    const less = altered(owing, 'recoveries', 0, (each) => ({ ...each, owedFen: fen(each.owedFen - 1) }));
    expect(first(less)).toEqual({ item: advance, code: 'not-ratified' });
  });
});

describe('an entry of a case', () => {
  const withEntry = (over: Partial<CaseBook['entries'][number]>): CaseBook => ({
    ...fire,
    entries: [...fire.entries, { ...fire.entries[0]!, entryId: 'added', ...over }],
  });
  test('names an award and a payout that the case has', () => {
    expect(proveEntriesOfCase(fire)).toEqual([]);
    const added = [{ item: 'ledger-entry#added', code: 'entry-of-nothing' }];
    expect(proveEntriesOfCase(withEntry({ awardId: illness.awards[0]!.awardId }))).toEqual([]);
    expect(proveEntriesOfCase({ ...withEntry({}), awards: [] })).toContainEqual(added[0]);
    expect(proveEntriesOfCase({ ...fire, payouts: fire.payouts.slice(1) })).toHaveLength(1);
    const { awardId: _none, ...ofNothing } = fire.entries[0]!;
    expect(proveEntriesOfCase({ ...fire, entries: [...fire.entries, { ...ofNothing, entryId: 'added' }] })).toEqual(
      added,
    );
  });
});
