import { describe, expect, test } from 'vitest';
import { altered, returnedIllness, withBatch, withdrawnIllness } from '../../test/support/proof-books.ts';
import { faultsOfPayouts as faultsOf, paid, replaced } from '../../test/support/proof-faults.ts';
import { person } from '../../test/support/small-union.ts';
import { batchIdSchema, caseIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { addMs } from '../kernel/time.ts';
import type { CaseBook, PayoutOutline } from './case-book.ts';

const illness = returnedIllness();
const withdrawn = withdrawnIllness();

const first = (book: CaseBook) => faultsOf(book)[0];
/** The paid attempt of the illness as it should not be. */
const as = (alter: (payout: PayoutOutline) => PayoutOutline): CaseBook => altered(illness, 'payouts', 1, alter);

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

test('a payout that came back is still in the batch in which it was sent', () => {
  expect(first(withBatch(illness, 0))).toEqual({ item: replaced, code: 'not-in-batch' });
});

test('a payout is held against its own line of the batch', () => {
  const beside = withBatch(illness, 1, (batch) => ({
    ...batch,
    members: [{ ...batch.members[0]!, payoutId: illness.payouts[0]!.payoutId, amountFen: fen(1) }, ...batch.members],
  }));
  expect(faultsOf(beside)).toEqual([]);
});

test('whoever admitted an objection, or stepped aside, has decided nothing and may pay', () => {
  const vote = { ...illness.votes[0]!, personId: person('finance-2') };
  const book = (over: Partial<typeof vote>): CaseBook => ({
    ...illness,
    votes: [...illness.votes, { ...vote, ...over }],
  });
  expect(faultsOf(book({ purpose: 'objection-admission', verdict: 'admit' }))).toEqual([]);
  expect(faultsOf(book({ verdict: 'recuse' }))).toEqual([]);
  expect(first(book({}))).toEqual({ item: replaced, code: 'not-four-eyes' });
});

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
