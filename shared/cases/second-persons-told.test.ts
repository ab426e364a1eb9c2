import { describe, expect, test } from 'vitest';
import { advanced, inPayment } from '../../test/support/case-stages.ts';
import type { Story } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { person } from '../../test/support/small-union.ts';
import { recoveryIdSchema } from '../kernel/ids.ts';
import { fen } from '../kernel/money.ts';
import { localDateOf } from '../kernel/time.ts';
import { agreeRecovery, declineRecovery, proposeWaiver, waiveRecovery } from './claim-overpayment.ts';
import { awaitsSecond } from './recovery.ts';
import { confirmRepayment, recordRepayment, rejectRepayment } from './repay.ts';

const overpaid = (story: Story) => recoveryIdSchema.parse(`${story.caseId}.overpaid.1`);
const by = (story: Story, who: string) => ({ personId: person(who), recoveryId: overpaid(story) });
const recoveryOf = (story: Story) => story.file().recoveries[0]!;
const record = (story: Story, who: string, recoveryId = overpaid(story)) =>
  story.act((file, around) =>
    recordRepayment(file, around, {
      ...{ personId: person(who), recoveryId, amountFen: fen(10_000), bankReference: 'in-1' },
      on: localDateOf(around.now),
    }),
  );
const asked = (story: Story) => story.mailed('recovery-to-confirm');

/** A case that was paid, of which finance-1 claims 500 yuan back. */
function claimed(world = emptyWorld()) {
  const story = inPayment(world);
  story.release('finance-1');
  story.confirm('finance-2');
  expect(story.claimOverpayment('finance-1', 500)).toBe('done');
  return story;
}
function agreedTo() {
  const story = claimed();
  expect(story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-2')))).toBe('done');
  return story;
}

describe('whoever may be the second person is told by mail', () => {
  test('of an overpayment claim: finance and the office, but its proposer', () => {
    const story = claimed();
    expect(asked(story)).toEqual(['finance-2', 'office-1', 'office-2']);
    expect(awaitsSecond(recoveryOf(story))).toMatchObject([{ step: 'agree-recovery', firstBy: 'finance-1' }]);
  });

  test('of an overpayment claim: nobody who is of the household', () => {
    const world = emptyWorld();
    world.ties.set('office-1', 'sibling');
    expect(asked(claimed(world))).toEqual(['finance-2', 'office-2']);
  });

  test('of a repayment: finance alone, but who recorded it', () => {
    const story = agreedTo();
    const before = asked(story).length;
    expect(record(story, 'finance-2')).toBe('done');
    expect(asked(story).slice(before)).toEqual(['finance-1']);
    expect(awaitsSecond(recoveryOf(story))).toMatchObject([{ step: 'confirm-repayment', firstBy: 'finance-2' }]);
  });

  test('of a waiver, also while a repayment has to be counted first', () => {
    const story = agreedTo();
    record(story, 'finance-1');
    const before = asked(story).length;
    const reason = '家中再遭变故';
    story.act((file, around) => proposeWaiver(file, around, { ...by(story, 'office-1'), reason }));
    expect(asked(story).slice(before)).toEqual(['finance-1', 'finance-2', 'office-2']);
    expect(awaitsSecond(recoveryOf(story)).map(({ step }) => step)).toEqual(['confirm-repayment', 'waive-recovery']);
  });

  test('and nothing waits, nor is anybody told, once it is agreed to, declined, confirmed or waived', () => {
    const declined = claimed();
    declined.act((file, around) => declineRecovery(file, around, by(declined, 'office-1')));
    const story = agreedTo();
    record(story, 'finance-1');
    const repaymentId = `${overpaid(story)}.1`;
    story.act((file, around) => confirmRepayment(file, around, { ...by(story, 'finance-2'), repaymentId }));
    expect([awaitsSecond(recoveryOf(declined)), awaitsSecond(recoveryOf(story))]).toEqual([[], []]);
    story.act((file, around) => proposeWaiver(file, around, { ...by(story, 'finance-1'), reason: '困难' }));
    const before = asked(story).length;
    story.act((file, around) => waiveRecovery(file, around, by(story, 'finance-2')));
    expect([recoveryOf(story).status, awaitsSecond(recoveryOf(story))]).toEqual(['waived', []]);
    expect([asked(story).length, asked(declined)]).toEqual([before, ['finance-2', 'office-1', 'office-2']]);
  });
});

describe('a void repayment', () => {
  const reject = (story: Story, who: string) =>
    story.act((file, around) =>
      rejectRepayment(file, around, { ...by(story, who), repaymentId: `${overpaid(story)}.1` }),
    );

  test('is told to whoever recorded it, if another voids it', () => {
    const story = agreedTo();
    record(story, 'finance-1');
    expect(reject(story, 'finance-2')).toBe('done');
    expect(story.mailed('repayment-void')).toEqual(['finance-1']);
  });

  test('is told to nobody, if whoever recorded it takes it back', () => {
    const story = agreedTo();
    record(story, 'finance-1');
    expect(reject(story, 'finance-1')).toBe('done');
    expect(story.mailed('repayment-void')).toEqual([]);
  });

  test('is told to all of finance but who voids it, once whoever recorded it has left', () => {
    const story = agreedTo();
    record(story, 'finance-1');
    const around = story.around();
    const staff = around.staff.map((member) =>
      member.personId === 'finance-1' ? { ...member, appointments: [] } : member,
    );
    const told = (who: string) => {
      const repaymentId = `${overpaid(story)}.1`;
      const decided = rejectRepayment(story.file(), { ...around, staff }, { ...by(story, who), repaymentId });
      if (decided.kind !== 'changed') throw new Error(decided.code);
      return decided.changes.outbox?.map((item) => 'to' in item && item.to);
    };
    expect(told('finance-2')).toEqual([]);
    expect(told('finance-3')).toEqual([{ person: 'finance-2' }]);
  });

  test('is told to whoever recorded it, if its claim ends while it waits', () => {
    const story = advanced(emptyWorld());
    for (const index of [0, 1, 2]) {
      story.release('finance-1', index);
      story.confirm('finance-2', index);
    }
    story.vote('member-1', 'decline', { note: '不属实' });
    expect(record(story, 'finance-1', recoveryIdSchema.parse(`${story.caseId}.advance`))).toBe('done');
    for (const index of [0, 1, 2]) expect(story.return('finance-2', index)).toBe('done');
    expect(recoveryOf(story)).toMatchObject({ status: 'dropped', owedFen: 0, repayments: [{ status: 'rejected' }] });
    expect(story.mailed('repayment-void')).toEqual(['finance-1']);
  });
});
