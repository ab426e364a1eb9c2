import { describe, expect, test } from 'vitest';
import {
  altered,
  owingFire,
  paidFire,
  returnedIllness,
  withBatch,
  withdrawnIllness,
  without,
} from '../../test/support/proof-books.ts';
import { person } from '../../test/support/small-union.ts';
import { batchIdSchema, caseIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { addMs } from '../kernel/time.ts';
import type { CaseBook, PayoutOutline } from './case-book.ts';
import { provePayout } from './prove-payout.ts';

const fire = paidFire();
const illness = returnedIllness();
const withdrawn = withdrawnIllness();

const faultsOf = (book: CaseBook) => book.payouts.flatMap((payout) => provePayout(book, payout));
const first = (book: CaseBook) => faultsOf(book)[0];
const replaced = 'payout#case-1.1.1.1';
const paid = 'payout#case-1.1.1.2';
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

describe('a payout is in the batch that it names', () => {
  test('and that batch lists it', () => {
    expect(first(withBatch(illness, 1))).toEqual({ item: paid, code: 'not-in-batch' });
    expect(first(withBatch(illness, 1, (batch) => ({ ...batch, members: [] })))).toEqual({
      item: paid,
      code: 'not-in-batch',
    });
    expect(first(as(({ batchId: _none, ...payout }) => payout))).toEqual({ item: paid, code: 'not-in-batch' });
    expect(first(as((payout) => ({ ...payout, batchId: batchIdSchema.parse('another') })))).toEqual({
      item: paid,
      code: 'not-in-batch',
    });
    const batched = as((payout) => ({ ...payout, status: 'batched' }));
    expect(faultsOf({ ...batched, batches: new Map() })).toContainEqual({ item: paid, code: 'not-in-batch' });
  });

  const member = (over: object) =>
    withBatch(illness, 1, (batch) => ({ ...batch, members: batch.members.map((each) => ({ ...each, ...over })) }));
  test.each([
    ['another sum', member({ amountFen: 1 })],
    ['another fund', member({ fundId: 'another' })],
    ['another case', member({ caseId: caseIdSchema.parse('another') })],
    ['another maker', withBatch(illness, 1, (batch) => ({ ...batch, madeBy: person('finance-9') }))],
    ['another who released it', withBatch(illness, 1, (batch) => ({ ...batch, releasedBy: person('finance-9') }))],
    [
      'another moment of release',
      withBatch(illness, 1, (batch) => ({ ...batch, releasedAt: addMs(batch.releasedAt!, 1) })),
    ],
    ['that it was not released', withBatch(illness, 1, (batch) => ({ ...batch, status: 'made' }))],
  ])('as the batch says: with %s it is named', (_, book) => {
    expect(first(book)).toEqual({ item: paid, code: 'batch-differs' });
  });

  test('before it is sent too', () => {
    const waiting = withdrawnWaiting();
    expect(faultsOf(waiting)).toEqual([]);
    expect(first(altered(waiting, 'payouts', 0, (payout) => ({ ...payout, batchedBy: person('finance-9') })))).toEqual({
      item: replaced,
      code: 'batch-differs',
    });
    expect(first({ ...waiting, batches: new Map() })).toEqual({ item: replaced, code: 'not-in-batch' });
  });
});

/** The withdrawn illness as it was while its payment waited in its batch. */
function withdrawnWaiting(): CaseBook {
  const [payout] = withdrawn.payouts;
  const { settledAt: _none, ...waiting } = payout!;
  const { payoutId, caseId, fundId, amountFen } = waiting;
  const members = [{ payoutId, caseId, fundId, amountFen, payeeDigest: 'digest', isIn: true }];
  const batched: CaseBook = {
    ...withdrawn,
    payouts: [{ ...waiting, status: 'batched' }],
    awards: withdrawn.awards.map((award) => ({ ...award, status: 'reserved' })),
  };
  return withBatch(batched, 0, (batch) => ({ ...batch, members }));
}

describe('a payout that was called off', () => {
  const sent = (over: Partial<PayoutOutline>): CaseBook => {
    const book = altered(withdrawn, 'payouts', 0, (payout) => ({ ...payout, ...over }));
    const { payoutId, caseId, fundId, amountFen } = withdrawn.payouts[0]!;
    const members = [{ payoutId, caseId, fundId, amountFen, payeeDigest: 'digest', isIn: true }];
    const { sentAt, sentBy } = over;
    return withBatch(book, 0, (batch) => ({
      ...{ ...batch, status: 'released', members },
      releasedAt: sentAt ?? batch.madeAt,
      releasedBy: sentBy ?? person('finance-2'),
    }));
  };
  const released = { sentAt: withdrawn.payouts[0]!.orderedAt, sentBy: person('finance-2') };

  test('had not been sent, or had come back', () => {
    expect(faultsOf(sent({ ...released, settledBy: person('finance-2') }))).toEqual([]);
    expect(first(sent({}))).toEqual({ item: replaced, code: 'called-off' });
    expect(first(sent(released))).toEqual({ item: replaced, code: 'called-off' });
  });

  test('had not come back by the word of whoever made its batch', () => {
    expect(first(sent({ ...released, settledBy: person('finance-1') }))).toEqual({
      item: replaced,
      code: 'not-four-eyes',
    });
  });

  test.each(['failed', 'replaced'] as const)('or is %s has somebody who said that the bank did not pay', (status) => {
    expect(faultsOf(sent({ ...released, status }))).toContainEqual({ item: replaced, code: 'called-off' });
    expect(faultsOf(sent({ ...released, status, settledBy: person('member-1') }))).toContainEqual({
      item: replaced,
      code: 'not-four-eyes',
    });
  });
});

describe('paid means', () => {
  test.each([
    ['bankReference', as(({ bankReference: _none, ...payout }) => payout)],
    ['paidOn', as(({ paidOn: _none, ...payout }) => payout)],
  ])('the bank said so: without %s it is named', (_, book) => {
    expect(first(book)).toEqual({ item: paid, code: 'no-reference' });
  });

  test('its reference is nobody else’s', () => {
    expect(first({ ...illness, referencesHeld: new Set(['case-1.1.1.1']) })).toEqual({
      item: paid,
      code: 'reference-not-held',
    });
    // Also after the money came back: the same line of the statement must not stand for another payment.
    expect(first({ ...illness, referencesHeld: new Set(['case-1.1.1.2']) })).toEqual({
      item: replaced,
      code: 'reference-not-held',
    });
  });

  test.each([
    ['nobody', as(({ settledBy: _none, ...payout }) => payout)],
    ['whoever made the batch', as((payout) => ({ ...payout, settledBy: payout.batchedBy! }))],
    ['whoever decided', as((payout) => ({ ...payout, settledBy: person('officer-1') }))],
    [
      'one who made and released the batch',
      withBatch(
        as((payout) => ({ ...payout, sentBy: payout.batchedBy! })),
        1,
        (batch) => ({ ...batch, releasedBy: batch.madeBy }),
      ),
    ],
    [
      'one whose batch a decider made',
      withBatch(
        as((payout) => ({ ...payout, batchedBy: person('officer-1') })),
        1,
        (batch) => ({ ...batch, madeBy: person('officer-1') }),
      ),
    ],
    [
      'one whose batch a decider released',
      withBatch(
        as((payout) => ({ ...payout, sentBy: person('officer-1') })),
        1,
        (batch) => ({ ...batch, releasedBy: person('officer-1') }),
      ),
    ],
  ])('two pairs of hands that decided nothing: by %s it is named', (_, book) => {
    expect(first(book)).toEqual({ item: paid, code: 'not-four-eyes' });
  });
});
