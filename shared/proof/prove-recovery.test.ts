import { describe, expect, test } from 'vitest';
import { altered, owingFire, returnedIllness, without } from '../../test/support/proof-books.ts';
import { person } from '../../test/support/small-union.ts';
import type { Repayment } from '../cases/recovery.ts';
import { payoutIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import type { CaseBook, RecoveryOutline } from './case-book.ts';
import { proveOwed, proveRecovery } from './prove-recovery.ts';

const owing = owingFire();
const illness = returnedIllness();
const first = (book: CaseBook) => book.recoveries.flatMap((recovery) => proveRecovery(book, recovery))[0];
const as = (alter: (recovery: RecoveryOutline) => RecoveryOutline, book = owing) =>
  altered(book, 'recoveries', 0, alter);
const repaid = (alter: (repayment: Repayment) => Repayment) =>
  as((recovery) => ({ ...recovery, repayments: recovery.repayments.map(alter) }));
const advance = `recovery#${owing.recoveries[0]!.recoveryId}`;
const overpaid = `recovery#${illness.recoveries[0]!.recoveryId}`;
const refundAt = owing.entries.findIndex(({ kind }) => kind === 'refund');

test('claims of the system agree with what came back', () => {
  expect([first(owing), first(illness)]).toEqual([undefined, undefined]);
  expect([...proveOwed(owing), ...proveOwed(illness)]).toEqual([]);
});

describe('what came back', () => {
  test.each([
    ['is not in the ledger', without(owing, 'entries', refundAt)],
    ['is another kind of entry', altered(owing, 'entries', refundAt, (entry) => ({ ...entry, kind: 'release' }))],
    [
      'is of another payout',
      altered(owing, 'entries', refundAt, (entry) => ({ ...entry, payoutId: payoutIdSchema.parse('another') })),
    ],
    ['is another sum', altered(owing, 'entries', refundAt, (entry) => ({ ...entry, amountFen: fen(1) }))],
    ['is not shared out to the fen', repaid((each) => ({ ...each, refunds: each.refunds.slice(1) }))],
    ['was not confirmed', repaid((each) => ({ ...each, status: 'recorded' }))],
    ['is counted higher', as((each) => ({ ...each, recoveredFen: fen(each.recoveredFen + 1) }))],
    ['is more than was owed', as((each) => ({ ...each, owedFen: fen(39_999) }))],
    ['is all of it, and the claim still open', as((each) => ({ ...each, owedFen: each.recoveredFen }))],
    ['is not all of it, and the claim settled', as((each) => ({ ...each, status: 'settled' }))],
    ['came for a claim that was never made', as((each) => ({ ...each, status: 'dropped' }))],
  ])('%s: it is named', (_, book) => {
    expect(first(book)).toMatchObject({ item: advance, code: 'recovery-differs' });
  });

  test('settles a claim when it is all of it', () => {
    expect(first(as((each) => ({ ...each, owedFen: each.recoveredFen, status: 'settled' })))).toBeUndefined();
  });

  test('stands on a line of the statement that is nobody else’s; one that was rejected frees it', () => {
    const unmarked = {
      ...owing,
      referencesHeld: new Set([...owing.referencesHeld].filter((id) => !id.includes('advance'))),
    };
    expect(first(unmarked)).toEqual({ item: advance, code: 'reference-not-held' });
    const rejected = as((each) => ({
      ...each,
      recoveredFen: fen(0),
      repayments: each.repayments.map((repayment) => ({ ...repayment, status: 'rejected', refunds: [] })),
    }));
    expect(first({ ...rejected, referencesHeld: unmarked.referencesHeld })).toBeUndefined();
  });
});

describe('two people stand behind', () => {
  test.each([
    ['a repayment that nobody confirmed', repaid(({ confirmedBy: _none, ...each }) => each)],
    ['a repayment confirmed by whoever recorded it', repaid((each) => ({ ...each, confirmedBy: each.recordedBy }))],
    ['a waiver that nobody proposed', as((each) => ({ ...each, status: 'waived', waivedBy: person('office-1') }))],
    ['a waiver that nobody agreed to', as((each) => ({ ...each, status: 'waived', waiverBy: person('office-1') }))],
    [
      'a waiver of one person',
      as((each) => ({ ...each, status: 'waived', waiverBy: person('office-1'), waivedBy: person('office-1') })),
    ],
  ])('%s: it is named', (_, book) => {
    expect(first(book)).toEqual({ item: advance, code: 'not-four-eyes' });
  });

  test('a waiver by two, and an overpayment by two', () => {
    const waived = as((each) => ({
      ...each,
      status: 'waived',
      waiverBy: person('office-1'),
      waivedBy: person('finance-1'),
    }));
    expect(first(waived)).toBeUndefined();
    const alone = as(({ agreedBy: _none, ...each }) => each, illness);
    expect(first(alone)).toEqual({ item: overpaid, code: 'not-four-eyes' });
    expect(first(as((each) => ({ ...each, agreedBy: each.proposedBy! }), illness))).toEqual({
      item: overpaid,
      code: 'not-four-eyes',
    });
    expect(first(as(({ agreedBy: _none, ...each }) => ({ ...each, status: 'proposed' }), illness))).toBeUndefined();
  });
});

describe('what a household owes', () => {
  test('is the rest of its open claims', () => {
    const { owedFen: _none, ...nothing } = owing.case;
    expect(proveOwed({ ...owing, case: nothing })).toMatchObject([
      { item: `case#${owing.case.caseId}`, code: 'owed-differs' },
    ]);
    const waived = as((each) => ({ ...each, status: 'waived' }));
    expect(proveOwed(waived)).toMatchObject([{ code: 'owed-differs', params: { shownFen: 260_000, leftFen: 0 } }]);
    expect(proveOwed({ ...waived, case: nothing })).toEqual([]);
  });

  test('is given back by refunds that a repayment tells of once', () => {
    expect(proveOwed(repaid((each) => ({ ...each, refunds: each.refunds.slice(1) })))).toEqual([
      { item: `ledger-entry#${owing.entries[refundAt]!.entryId}`, code: 'entry-of-nothing' },
    ]);
    const twice = repaid((each) => ({ ...each, refunds: [...each.refunds, each.refunds[0]!] }));
    expect(proveOwed(twice)).toMatchObject([{ code: 'entry-of-nothing' }]);
  });

  test('never gives back more of a payment than was paid', () => {
    const most = altered(owing, 'entries', refundAt, (entry) => ({ ...entry, amountFen: owing.payouts[0]!.amountFen }));
    expect(proveOwed(most)).toEqual([]);
    const more = altered(most, 'entries', refundAt, (entry) => ({ ...entry, amountFen: fen(entry.amountFen + 1) }));
    expect(proveOwed(more)).toEqual([{ item: 'payout#case-1.1.1.1', code: 'entry-differs' }]);
    const sent = altered(owing, 'payouts', 0, (payout) => ({ ...payout, status: 'sent' }));
    expect(proveOwed(sent)).toEqual([{ item: 'payout#case-1.1.1.1', code: 'entry-differs' }]);
  });
});
