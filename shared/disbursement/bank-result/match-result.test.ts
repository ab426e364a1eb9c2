import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Answer,
  camt053,
  cmbCsv,
  genericCsv,
  icbcCsv,
  inUtf8,
  pain002,
  samplePayout,
} from '../../../test/support/bank-files.ts';
import { batchIdSchema } from '../../kernel/ids.ts';
import { asLocalDate } from '../../kernel/time.ts';
import type { Payout } from '../payout.ts';
import { matchResult } from './match-result.ts';
import { readBankResult } from './read-bank-result.ts';

const today = asLocalDate('2016-03-12');

function matched(text: string, payouts: readonly Payout[], batch?: string) {
  const read = readBankResult(inUtf8(text));
  if (read.kind === 'unreadable') throw new Error(`${read.fault} in line ${read.line}`);
  const batchId = batch === undefined ? undefined : batchIdSchema.parse(batch);
  return matchResult(read.rows, payouts, { format: read.format, today, batchId });
}

const one = samplePayout(1);
const two = samplePayout(2);
/** Of one row: what it settles, `already`, or its problem. */
function verdict(answer: Answer, known: readonly Payout[] = [answer.payout]) {
  const { settle, already, problems } = matched(genericCsv([answer]), known);
  return settle[0]?.action ?? (already.length > 0 ? 'already' : problems[0]?.reason);
}

describe('a row', () => {
  it('settles the payment that it names: paid with reference and day, or refused with the reason', () => {
    const { settle, problems } = matched(
      genericCsv([{ payout: one }, { payout: two, result: '失败', reason: '账户已销户' }]),
      [one, two],
    );
    expect(problems).toEqual([]);
    const { caseId, payoutId, amountFen } = one;
    expect(settle).toEqual([
      {
        line: 2,
        caseId,
        payoutId,
        amountFen,
        action: 'confirm',
        bankReference: `REF-${payoutId}`,
        paidOn: '2016-03-10',
      },
      expect.objectContaining({ line: 3, payoutId: two.payoutId, action: 'fail', reason: '账户已销户' }),
    ]);
  });

  it.each([
    ['sent', {}],
    ['silent', { status: 'unknown' }],
  ])('settles a payment that is %s', (_what, over) => {
    expect(verdict({ payout: samplePayout(1, over) })).toBe('confirm');
  });

  const paid = { status: 'paid', bankReference: 'ref-case0001.1.1.1', paidOn: '2016-03-10' };
  it.each([
    ['paid, by the reference that is known', paid, {}, 'already'],
    ['paid, by another reference', paid, { reference: 'X' }, 'already-settled'],
    ['paid, as refused', paid, { result: '失败' }, 'already-settled'],
    ['paid, as returned', paid, { result: '退票' }, 'return'],
    ['refused, as refused', { status: 'failed', failureReason: 'x' }, { result: '失败' }, 'already'],
    ['refused, as paid', { status: 'failed', failureReason: 'x' }, {}, 'already-settled'],
    ['returned, as returned', { ...paid, status: 'returned', failureReason: 'x' }, { result: '退票' }, 'already'],
    ['returned, as paid before', { ...paid, status: 'returned', failureReason: 'x' }, {}, 'already'],
    [
      'replaced after it was refused, as refused',
      { status: 'replaced', failureReason: 'x' },
      { result: '失败' },
      'already',
    ],
    ['cancelled, as paid', { status: 'cancelled' }, {}, 'already-settled'],
    ['ordered', { status: 'ordered' }, {}, 'not-sent'],
    ['in a batch that was not released', { status: 'batched' }, {}, 'not-sent'],
    ['sent, as still being processed', {}, { result: '处理中' }, 'not-final'],
    ['sent, as returned by the bank’s own table', {}, { result: '退票' }, 'fail'],
    ['sent, without a reference', {}, { reference: '' }, 'reference-missing'],
    ['sent, without a day', {}, { paidOn: '' }, 'date-missing'],
    ['sent, on a day before that', {}, { paidOn: '2016-03-08' }, 'date-impossible'],
    ['sent, on a day to come', {}, { paidOn: '2016-03-13' }, 'date-impossible'],
  ])('of a payment that is %s: %o %o comes to %s', (_what, over, answer, expected) => {
    expect(verdict({ payout: samplePayout(1, over), ...answer })).toBe(expected);
  });

  it.each([
    ['another amount', { amountFen: 200_099 }, 'amount-differs'],
    ['another name', { payee: { ...one.payee, holderName: '王小明' } }, 'name-differs'],
    ['another account', { payee: { ...one.payee, accountNumber: '6299' } }, 'account-differs'],
  ])('of %s than was ordered is a problem', (_what, over, problem) => {
    expect(verdict({ payout: samplePayout(1, over) }, [one])).toBe(problem);
  });

  it('of an id that is none of ours is unknown, even where account, amount and name fit', () => {
    expect(verdict({ payout: samplePayout(1, { payoutId: 'OTHER.1.1.1' }) }, [one])).toBe('unknown');
  });

  it('of another batch than was named is a problem', () => {
    const other = samplePayout(2, { batchId: 'B2' });
    const { settle, problems } = matched(genericCsv([{ payout: one }, { payout: other }]), [one, other], 'B1');
    expect(settle.map(({ payoutId }) => payoutId)).toEqual([one.payoutId]);
    expect(problems).toEqual([{ line: 3, reason: 'other-batch' }]);
  });

  it('without our id is matched by account, amount and name, however the bank writes them', () => {
    const payee = { ...one.payee, holderName: '阿依·古丽', accountNumber: '6200 0000 0000 1234' };
    const payout = samplePayout(1, { payee });
    const row = (account: string, name: string) =>
      `账号,户名,金额,业务状态,经办日,流程实例号\r\n${account},${name},2000.01,成功,2016-03-10,R1\r\n`;
    for (const text of [row('6200000000001234', '阿依•古丽'), row('620000******1234', '阿依古丽')]) {
      expect(matched(text, [payout, two]).settle).toMatchObject([{ payoutId: payout.payoutId, action: 'confirm' }]);
    }
    expect(matched(row('6200000000001234', '阿依'), [payout]).problems).toEqual([{ line: 2, reason: 'unknown' }]);
    expect(matched(row('6200000000001234', ''), [payout]).problems).toEqual([{ line: 2, reason: 'unknown' }]);
  });

  it('without our id that fits two payments settles neither, but is known by its reference', () => {
    const twin = samplePayout(1, { payoutId: 'CASE0001.1.2.1' });
    const row = '账号,户名,金额,业务状态,经办日,流程实例号\r\n6200000000000001,林海1,2000.01,成功,2016-03-10,R1\r\n';
    expect(matched(row, [one, twin]).problems).toEqual([{ line: 2, reason: 'doubled' }]);
    const paidTwin = samplePayout(1, { payoutId: 'CASE0001.1.2.1', status: 'paid', bankReference: 'R1' });
    expect(matched(row, [one, paidTwin])).toEqual({ settle: [], already: [2], problems: [] });
  });
});

describe('rows together', () => {
  it('the same line twice counts once; two payments for one order settle nothing', () => {
    const twice = matched(genericCsv([{ payout: one }, { payout: one }]), [one]);
    expect(twice.settle.map(({ line }) => line)).toEqual([2]);
    expect(twice.problems).toEqual([{ line: 3, reason: 'doubled' }]);
    const two = matched(genericCsv([{ payout: one }, { payout: one, reference: 'OTHER' }]), [one]);
    expect(two).toMatchObject({ settle: [], problems: [{ reason: 'doubled' }, { reason: 'doubled' }] });
  });

  it('paid and refused of one payment contradict each other', () => {
    const { settle, problems } = matched(genericCsv([{ payout: one }, { payout: one, result: '失败' }]), [one]);
    expect(settle).toEqual([]);
    expect(problems.map(({ reason }) => reason)).toEqual(['doubled', 'doubled']);
  });

  it('one reference stands for one payment', () => {
    const { settle, problems } = matched(
      genericCsv([
        { payout: one, reference: 'r 1' },
        { payout: two, reference: 'R1' },
      ]),
      [one, two],
    );
    expect(settle).toEqual([]);
    expect(problems.map(({ reason }) => reason)).toEqual(['reference-used', 'reference-used']);
  });

  it('a statement that has a payment and its return settles both in that order, whichever comes first', () => {
    const { settle } = matched(camt053([{ payout: one, isReturned: true, reference: 'BACK' }, { payout: one }]), [one]);
    expect(settle.map(({ action }) => action)).toEqual(['confirm', 'return']);
  });

  it('a statement’s return of what nobody entered as paid waits for the statement before it', () => {
    expect(matched(camt053([{ payout: one, isReturned: true }]), [one])).toMatchObject({
      settle: [],
      problems: [{ line: 1, reason: 'not-paid-yet' }],
    });
  });

  it('a report that lists failures alone pays nobody', () => {
    const { settle } = matched(pain002([{ payout: two, status: 'RJCT', reason: '账户已销户' }]), [one, two]);
    expect(settle).toMatchObject([{ payoutId: two.payoutId, action: 'fail' }]);
  });
});

describe('promise 1: whatever order, repetition or loss a bank’s file has', () => {
  const payouts = Array.from({ length: 8 }, (_, index) => samplePayout(index + 1));
  const renders = { genericCsv, icbcCsv, cmbCsv, camt053 };
  const answer = fc.record({
    index: fc.nat({ max: payouts.length - 1 }),
    result: fc.constantFrom('成功', '成功', '成功', '失败', '处理中'),
  });

  it('nothing is paid twice, and never more than was ordered', () => {
    fc.assert(
      fc.property(
        fc.array(answer, { minLength: 1, maxLength: 24 }),
        fc.constantFrom(...(['genericCsv', 'icbcCsv', 'cmbCsv', 'camt053'] as const)),
        (answers, form) => {
          const text = renders[form](answers.map(({ index, result }) => ({ payout: payouts[index]!, result })));
          const { settle, already, problems } = matched(text, payouts);
          const confirmed = settle.filter(({ action }) => action === 'confirm').map(({ payoutId }) => payoutId);
          expect(new Set(confirmed).size).toBe(confirmed.length);
          for (const { payoutId, amountFen } of settle)
            expect(payouts.find((each) => each.payoutId === payoutId)?.amountFen).toBe(amountFen);
          expect(settle.length + already.length + problems.length).toBe(answers.length);
          const ofOne = Object.values(Object.groupBy(settle, ({ payoutId }) => payoutId));
          for (const rows of ofOne) expect(rows).toHaveLength(1);
        },
      ),
    );
  });

  it('the order of its rows changes nothing', () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(answer, { minLength: 1, maxLength: 8, selector: ({ index }) => index })
          .chain((answers) =>
            fc.tuple(fc.constant(answers), fc.shuffledSubarray(answers, { minLength: answers.length })),
          ),
        ([answers, shuffled]) => {
          const settled = (list: typeof answers) =>
            matched(genericCsv(list.map(({ index, result }) => ({ payout: payouts[index]!, result }))), payouts)
              .settle.map(({ payoutId, action }) => `${payoutId} ${action}`)
              .toSorted();
          expect(settled(shuffled)).toEqual(settled(answers));
        },
      ),
    );
  });

  it('cut anywhere it is refused, or is the beginning of the whole', () => {
    const answers = payouts.map((payout, index) => ({
      payout,
      result: index % 3 === 0 ? '失败' : '成功',
      reason: '销户',
    }));
    for (const render of [genericCsv, icbcCsv, cmbCsv, camt053]) {
      const bytes = inUtf8(render(answers));
      const whole = readBankResult(bytes);
      if (whole.kind === 'unreadable') throw new Error(whole.fault);
      fc.assert(
        fc.property(fc.nat({ max: bytes.length - 1 }), (length) => {
          const cut = readBankResult(bytes.slice(0, length));
          if (cut.kind === 'read') expect(whole.rows.slice(0, cut.rows.length)).toEqual(cut.rows);
        }),
      );
    }
  });
});
