import { describe, expect, test } from 'vitest';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { type Payout, type PayoutStatus, payoutSchema } from '../disbursement/payout.ts';
import { yuan } from '../kernel/money.ts';
import { asInstant } from '../kernel/time.ts';
import { programmeVersionSchema } from '../programmes/programme-version.ts';
import { fireDamage } from '../programmes/seeds/fire-damage.ts';
import type { CaseStatus } from './case-lifecycle.ts';
import { type Work, workOn } from './case-work.ts';
import { type Award, awardSchema } from './decision-request.ts';
import { orderPayouts, settleIfPaid, takeBackAwards } from './order-payouts.ts';

const at = asInstant('2016-10-10T02:00:00.000Z');
const programme = programmeVersionSchema.parse(fireDamage);
const [union, power] = ['group-union', 'power-supply-company'] as const;

const award = (number: number, over: Record<string, unknown> = {}): Award =>
  awardSchema.parse({
    awardId: `case-1.${number}`,
    caseId: 'case-1',
    kind: 'whole',
    amountFen: yuan(3_000),
    shares: [
      { fundId: union, amountFen: yuan(2_000) },
      { fundId: power, amountFen: yuan(1_000) },
    ],
    signedBy: ['officer-1'],
    requestIds: ['request-1'],
    status: 'reserved',
    at,
    ...over,
  });

const payout = (payoutId: string, status: PayoutStatus, over: Record<string, unknown> = {}): Payout =>
  payoutSchema.parse({
    payoutId,
    caseId: 'case-1',
    awardId: payoutId.slice(0, 'case-1.1'.length),
    fundId: payoutId.split('.')[2] === '1' ? union : power,
    amountFen: payoutId.split('.')[2] === '1' ? yuan(2_000) : yuan(1_000),
    attempt: 1,
    payee: { holderName: '张三', bankName: '某银行', accountNumber: '6222000000000001' },
    status,
    orderedAt: at,
    ...over,
  });

function workWith(awards: readonly Award[], payouts: readonly Payout[] = [], status: CaseStatus = 'in-payment'): Work {
  const story = begin(emptyWorld(), 'fire-damage');
  const file = story.file();
  return workOn({ ...file, case: { ...file.case, status }, awards, payouts }, story.around(), 'finance-1');
}

const statusesOf = (things: readonly { readonly status: string }[]): string[] => things.map(({ status }) => status);
const released = ({ entries }: Work) =>
  entries.map(({ kind, fundId, amountFen, payoutId }) => [kind, fundId, amountFen / 100, payoutId]);

describe('ordering', () => {
  test('makes one payout for each share, to the account of now, in the audit trail too', () => {
    const work = workWith([award(1)]);
    orderPayouts(work, 'whole');
    expect(work.payouts).toEqual([
      { ...payout('case-1.1.1.1', 'ordered'), orderedAt: work.around.now },
      { ...payout('case-1.1.2.1', 'ordered'), orderedAt: work.around.now },
    ]);
    expect(work.facts).toEqual([
      { event: 'payout-ordered', details: { payoutId: 'case-1.1.1.1', amountFen: 200_000, fundId: union } },
      { event: 'payout-ordered', details: { payoutId: 'case-1.1.2.1', amountFen: 100_000, fundId: power } },
    ]);
  });

  test('twice changes nothing, and a share that was ordered before is not ordered again', () => {
    const work = workWith([award(1)], [payout('case-1.1.1.1', 'sent')]);
    orderPayouts(work, 'whole');
    orderPayouts(work, 'whole');
    expect(work.payouts.map(({ payoutId, status }) => `${payoutId} ${status}`)).toEqual([
      'case-1.1.1.1 sent',
      'case-1.1.2.1 ordered',
    ]);
  });

  test('leaves awards of the other kind alone, and those that were given back or paid', () => {
    const work = workWith([
      award(1, { kind: 'advance' }),
      award(2, { status: 'released' }),
      award(3, { status: 'paid' }),
      award(4),
    ]);
    orderPayouts(work, 'whole');
    expect(work.payouts.map(({ awardId }) => awardId)).toEqual(['case-1.4', 'case-1.4']);
  });
});

describe('a case', () => {
  const bothPaid = [payout('case-1.1.1.1', 'paid'), payout('case-1.1.2.1', 'paid')];

  test('ends with its last payment, and its applicant is told', () => {
    const work = workWith([award(1)], bothPaid);
    settleIfPaid(work, programme);
    expect(statusesOf(work.awards)).toEqual(['paid']);
    expect(work.case.status).toBe('paid');
    expect(work.case.closedAt).toBe(work.around.now);
    expect(work.outbox.map((item) => (item.kind === 'mail' ? item.template : item.kind))).toContain('paid');
  });

  test('ends where a failed attempt was replaced by one that was paid', () => {
    const work = workWith(
      [award(1)],
      [payout('case-1.1.1.1', 'replaced'), payout('case-1.1.1.2', 'paid'), bothPaid[1]!],
    );
    settleIfPaid(work, programme);
    expect(work.case.status).toBe('paid');
  });

  test.each<PayoutStatus>(['ordered', 'batched', 'sent', 'unknown', 'failed', 'returned'])(
    'goes on while one of its payouts is %s',
    (status) => {
      const work = workWith([award(1)], [bothPaid[0]!, payout('case-1.1.2.1', status)]);
      settleIfPaid(work, programme);
      expect(statusesOf(work.awards)).toEqual(['reserved']);
      expect(work.case.status).toBe('in-payment');
    },
  );

  test.each<PayoutStatus>(['ordered', 'batched', 'sent', 'unknown', 'failed', 'returned'])(
    'goes on while a payout beyond its awards is %s, should there ever be one',
    (status) => {
      const work = workWith([award(1, { status: 'paid' })], [...bothPaid, payout('case-1.9.1.1', status)]);
      settleIfPaid(work, programme);
      expect(work.case.status).toBe('in-payment');
    },
  );

  test('goes on while an award has no payout yet; the others are paid all the same', () => {
    const work = workWith([award(1), award(2)], bothPaid);
    settleIfPaid(work, programme);
    expect(statusesOf(work.awards)).toEqual(['paid', 'reserved']);
    expect(work.case.status).toBe('in-payment');
  });

  test('that is not in payment goes its way; its paid advance is known as paid', () => {
    const work = workWith([award(1, { kind: 'advance' })], bothPaid, 'in-review');
    settleIfPaid(work, programme);
    expect(statusesOf(work.awards)).toEqual(['paid']);
    expect(work.case.status).toBe('in-review');
  });

  test('that was given back an award stays so, whatever its payouts say', () => {
    const cancelled = [payout('case-1.1.1.1', 'cancelled'), payout('case-1.1.2.1', 'cancelled')];
    const work = workWith([award(1, { status: 'released' })], cancelled, 'in-review');
    settleIfPaid(work, programme);
    expect(statusesOf(work.awards)).toEqual(['released']);
  });
});

describe('taking back', () => {
  test('cancels what no bank has been told to pay, and releases it fund by fund', () => {
    const work = workWith([award(1)], [payout('case-1.1.1.1', 'ordered'), payout('case-1.1.2.1', 'failed')]);
    expect(takeBackAwards(work)).toBe(0);
    expect(work.payouts.map(({ status, settledAt }) => [status, settledAt])).toEqual([
      ['cancelled', work.around.now],
      ['cancelled', work.around.now],
    ]);
    expect(released(work)).toEqual([
      ['release', union, 2_000, 'case-1.1.1.1'],
      ['release', power, 1_000, 'case-1.1.2.1'],
    ]);
    expect(statusesOf(work.awards)).toEqual(['released']);
    expect(work.facts).toEqual([{ event: 'award-taken-back', details: { awardId: 'case-1.1', withBank: false } }]);
  });

  test('of an award without orders releases its shares', () => {
    const work = workWith([award(1)]);
    expect(takeBackAwards(work)).toBe(0);
    expect(released(work)).toEqual([
      ['release', union, 2_000, undefined],
      ['release', power, 1_000, undefined],
    ]);
    expect(work.entries.every(({ awardId }) => awardId === 'case-1.1')).toBe(true);
    expect(statusesOf(work.awards)).toEqual(['released']);
  });

  test.each<[PayoutStatus, string]>([
    ['sent', 'reserved'],
    ['unknown', 'reserved'],
    ['paid', 'paid'],
  ])('leaves what is %s: the award becomes one of that alone, and is %s', (status, after) => {
    const work = workWith([award(1)], [payout('case-1.1.1.1', status), payout('case-1.1.2.1', 'ordered')]);
    expect(takeBackAwards(work)).toBe(200_000);
    expect(work.awards[0]).toMatchObject({
      amountFen: 200_000,
      shares: [{ fundId: union, amountFen: 200_000 }],
      status: after,
    });
    expect(released(work)).toEqual([['release', power, 1_000, 'case-1.1.2.1']]);
    expect(work.facts[0]!.details).toEqual({ awardId: 'case-1.1', withBank: true });
  });

  test('leaves an award reserved of which one part is paid and another with the bank', () => {
    const work = workWith([award(1)], [payout('case-1.1.1.1', 'paid'), payout('case-1.1.2.1', 'sent')]);
    expect(takeBackAwards(work)).toBe(300_000);
    expect(statusesOf(work.awards)).toEqual(['reserved']);
    expect(work.entries).toEqual([]);
  });

  test('counts what was paid before, and nothing that was given back before', () => {
    const work = workWith([
      award(1, { status: 'paid', amountFen: yuan(700) }),
      award(2, { status: 'released', amountFen: yuan(500) }),
    ]);
    expect(takeBackAwards(work)).toBe(70_000);
    expect(work.entries).toEqual([]);
    expect(statusesOf(work.awards)).toEqual(['paid', 'released']);
  });
});
