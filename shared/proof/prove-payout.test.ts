import { describe, expect, test } from 'vitest';
import {
  altered,
  owingFire,
  paidFire,
  returnedIllness,
  withdrawnIllness,
  without,
} from '../../test/support/proof-books.ts';
import { faultsOfPayouts as faultsOf, paid, replaced } from '../../test/support/proof-faults.ts';
import { fen } from '../kernel/money.ts';
import { addMs } from '../kernel/time.ts';
import type { CaseBook, PayoutOutline } from './case-book.ts';

const fire = paidFire();
const illness = returnedIllness();
const withdrawn = withdrawnIllness();

const first = (book: CaseBook) => faultsOf(book)[0];
/** The paid attempt of the illness as it should not be. */
const as = (alter: (payout: PayoutOutline) => PayoutOutline, book = illness): CaseBook =>
  altered(book, 'payouts', 1, alter);
const entryOf = (kind: string, index = 0): number => {
  const found = illness.entries.map((entry, at) => ({ entry, at })).filter(({ entry }) => entry.kind === kind)[index];
  if (found === undefined) throw new Error(`no ${kind} in the ledger`);
  return found.at;
};

test('payouts that were paid by the rules agree with what they rest on', () => {
  for (const book of [fire, owingFire(), illness, withdrawn]) expect(faultsOf(book)).toEqual([]);
});

describe('a payout is of a share of an award', () => {
  test('of which it is the whole', () => {
    expect(first({ ...illness, awards: [] })).toEqual({ item: replaced, code: 'no-award' });
    expect(first(as((payout) => ({ ...payout, amountFen: fen(payout.amountFen + 1) })))).toMatchObject({
      item: paid,
      code: 'shares-differ',
    });
    const elsewhere = fire.payouts[1]!.fundId;
    expect(first(as((payout) => ({ ...payout, fundId: elsewhere })))).toMatchObject({
      item: paid,
      code: 'shares-differ',
    });
  });

  test('that was not taken back', () => {
    const book = altered(illness, 'awards', 0, (award) => ({ ...award, status: 'released' }));
    expect(first(book)).toEqual({ item: paid, code: 'no-award' });
  });

  test('of which no other attempt counts', () => {
    const book = altered(illness, 'payouts', 0, (payout) => ({ ...payout, status: 'returned' }));
    expect(first(book)).toEqual({ item: replaced, code: 'paid-twice' });
  });

  test('after the attempt before it has been replaced', () => {
    expect(first(without(illness, 'payouts', 0))).toEqual({ item: paid, code: 'attempt-astray' });
    expect(first(as((payout) => ({ ...payout, attempt: 3 })))).toEqual({ item: paid, code: 'attempt-astray' });
    expect(first(as((payout) => ({ ...payout, attempt: 1 })))).toEqual({ item: replaced, code: 'attempt-astray' });
    const cancelled = altered(illness, 'payouts', 0, (payout) => ({ ...payout, status: 'cancelled' }));
    expect(first(cancelled)).toEqual({ item: paid, code: 'attempt-astray' });
  });
});

describe('the ledger says of a payout', () => {
  test.each([
    ['that it was not paid', without(illness, 'entries', entryOf('pay', 1))],
    ['another sum', altered(illness, 'entries', entryOf('pay', 1), (entry) => ({ ...entry, amountFen: fen(1) }))],
    [
      'that another award paid it',
      altered(illness, 'entries', entryOf('pay', 1), (entry) => ({ ...entry, awardId: fire.awards[1]!.awardId })),
    ],
    [
      'that another fund paid it',
      altered(illness, 'entries', entryOf('pay', 1), (entry) => ({ ...entry, fundId: fire.payouts[2]!.fundId })),
    ],
    [
      'that it was taken back',
      {
        ...illness,
        entries: [...illness.entries, { ...illness.entries[entryOf('pay', 1)]!, kind: 'undo-pay' as const }],
      },
    ],
  ])('%s: it is named', (_, book) => {
    expect(first(book)).toMatchObject({ item: paid, code: 'entry-differs' });
  });

  test('that it still is, though it is not', () => {
    const kept = without(illness, 'entries', entryOf('return'));
    expect(first(kept)).toMatchObject({ item: replaced, code: 'entry-differs' });
    expect(first(as((payout) => ({ ...payout, status: 'sent' })))).toMatchObject({ item: paid, code: 'entry-differs' });
  });

  test('by which entry: the payout names it', () => {
    expect(first(as(({ paidByEntry: _none, ...payout }) => payout))).toMatchObject({
      item: paid,
      code: 'entry-differs',
    });
    expect(first(as((payout) => ({ ...payout, paidByEntry: illness.payouts[0]!.paidByEntry! })))).toMatchObject({
      item: paid,
      code: 'entry-differs',
    });
    const neverPaid = altered(illness, 'payouts', 0, ({ paidByEntry: _none, ...payout }) => ({
      ...payout,
      status: 'returned',
    }));
    expect(faultsOf(neverPaid)).toContainEqual({
      item: replaced,
      code: 'entry-differs',
      params: { paidFen: 0, expectedFen: 0 },
    });
  });
});

describe('the notice ran before a payout was ordered', () => {
  const { noticeFrom, noticeUntil, ...never } = illness.case;
  test.each([
    ['posted on no day', { ...illness, case: { ...never, noticeUntil: noticeUntil! } }],
    ['without an end', { ...illness, case: { ...never, noticeFrom: noticeFrom! } }],
    [
      'a moment too long',
      { ...illness, case: { ...illness.case, noticeUntil: addMs(illness.payouts[0]!.orderedAt, 1) } },
    ],
    ['a day too short', { ...illness, case: { ...illness.case, noticeUntil: addMs(noticeUntil!, -86_400_000) } }],
    [
      'of which nothing tells that it ran',
      { ...illness, requests: illness.requests.filter(({ purpose }) => purpose !== 'notice') },
    ],
    [
      'that did not run to its end',
      altered(
        illness,
        'requests',
        illness.requests.findIndex(({ purpose }) => purpose === 'notice'),
        (each) => ({ ...each, outcome: 'objection' }),
      ),
    ],
  ])('%s: it is named', (_, book) => {
    expect(first(book)).toEqual({ item: replaced, code: 'no-notice' });
  });

  test('but for an advance, a case whose programme has none, and what was called off', () => {
    const ofFire = { ...fire, case: { ...fire.case, noticeUntil: addMs(fire.payouts[3]!.orderedAt, 1) } };
    expect(faultsOf(ofFire).map(({ item }) => item)).toEqual(
      fire.payouts.slice(3).map(({ payoutId }) => `payout#${payoutId}`),
    );
    const stages = illness.programme.stages.filter(({ kind }) => kind !== 'notice');
    expect(faultsOf({ ...illness, case: never, programme: { ...illness.programme, stages } })).toEqual([]);
    const { noticeUntil: _none, ...unposted } = withdrawn.case;
    expect(faultsOf({ ...withdrawn, case: unposted })).toEqual([]);
  });
});
