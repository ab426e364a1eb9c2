import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { advanced, allFree, counted, inPayment, money } from '../../test/support/case-stages.ts';
import type { Story } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { person } from '../../test/support/small-union.ts';
import { agreeRecovery, declineRecovery, proposeRecovery, proposeWaiver, waiveRecovery } from './claim-overpayment.ts';
import { recoveryIdSchema } from '../kernel/ids.ts';
import { fen, yuan } from '../kernel/money.ts';
import { addLocalDays, localDateOf } from '../kernel/time.ts';
import { shareRepayment } from './recovery.ts';
import { confirmRepayment, recordRepayment, rejectRepayment } from './repay.ts';

const advanceId = (story: Story) => recoveryIdSchema.parse(`${story.caseId}.advance`);
const claim = (story: Story) => story.file().recoveries[0];

/** An advance of 3,000 yuan from three funds that was paid. */
function paidAhead() {
  const world = emptyWorld();
  const story = advanced(world);
  for (const index of [0, 1, 2]) {
    story.release('finance-1', index);
    story.confirm('finance-2', index);
  }
  return { world, story };
}
function declined() {
  const told = paidAhead();
  told.story.vote('member-1', 'decline', { note: '不属实' });
  return told;
}
const repay = (story: Story, who: string, amountFen: number, reference = 'in-1', recoveryId = advanceId(story)) =>
  story.act((file, around) =>
    recordRepayment(file, around, {
      ...{ personId: person(who), recoveryId, amountFen: fen(amountFen), bankReference: reference },
      on: localDateOf(around.now),
    }),
  );
const of = (story: Story, who: string, count = 1, recoveryId = advanceId(story)) => ({
  personId: person(who),
  recoveryId,
  repaymentId: `${recoveryId}.${count}`,
});
const confirm = (story: Story, who: string, count = 1, recoveryId = advanceId(story)) =>
  story.act((file, around) => confirmRepayment(file, around, of(story, who, count, recoveryId)));

describe('a claim for an advance', () => {
  test('is opened in the write that declines the case, for all that was paid', () => {
    const { story } = declined();
    expect(claim(story)).toMatchObject({ cause: 'advance-not-ratified', owedFen: yuan(3_000), status: 'open' });
    expect(story.item(`claw-back.${advanceId(story)}`).status).toBe('waiting');
  });

  test('is for the difference where less is approved in the end', () => {
    const { story } = paidAhead();
    story.vote('member-1', 'recommend', { yuan: 2_000, visited: '2016-10-10' });
    for (const signer of ['officer-3', 'vice-1']) story.vote(signer, 'approve', { yuan: 2_000 });
    expect(claim(story)).toMatchObject({ cause: 'approved-below-advance', owedFen: yuan(1_000), status: 'open' });
  });

  test('follows what the bank gives back, and ends with it', () => {
    const story = advanced(emptyWorld());
    story.release('finance-1', 0);
    story.vote('member-1', 'decline');
    expect(claim(story)).toMatchObject({ owedFen: yuan(1_500), status: 'open' });
    story.fail('finance-2', 0);
    expect(claim(story)).toMatchObject({ status: 'dropped' });
    expect(story.file().case).not.toHaveProperty('owedFen');
    expect(story.item(`claw-back.${advanceId(story)}`).status).toBe('cancelled');
  });
});

describe('a repayment', () => {
  test('counts once another has confirmed it: back in the funds by their shares, off what is owed and off the cap', () => {
    const { story, world } = declined();
    expect(repay(story, 'finance-1', 100_001)).toBe('done');
    expect(money(world).paid).toBe(3_000);
    expect(confirm(story, 'finance-1')).toBe('same-person');
    expect(confirm(story, 'finance-2')).toBe('done');
    expect(story.file().case.owedFen).toBe(199_999);
    expect(counted(world)).toEqual([1_999.99]);
    const [repaid] = claim(story)?.repayments ?? [];
    expect(repaid?.refunds.map(({ amountFen }) => amountFen)).toEqual([50_001, 30_000, 20_000]);
    expect(confirm(story, 'finance-2')).toBe('not-possible-now');
  });

  test('of everything settles the claim, and nobody is told any more', () => {
    const { story, world } = declined();
    repay(story, 'finance-1', 100_001);
    confirm(story, 'finance-2');
    repay(story, 'finance-2', 199_999, 'in-2');
    expect(confirm(story, 'finance-1', 2)).toBe('done');
    expect(claim(story)).toMatchObject({ status: 'settled', recoveredFen: yuan(3_000) });
    expect(story.file().case).not.toHaveProperty('owedFen');
    expect(money(world)).toEqual(allFree);
    expect(counted(world)).toEqual([]);
    expect(story.item(`claw-back.${advanceId(story)}`).status).toBe('done');
  });

  test('is never more than what is left, what waits for its second person counted in', () => {
    const { story } = declined();
    expect(repay(story, 'finance-1', 300_001)).toBe('more-than-owed');
    repay(story, 'finance-1', 200_000);
    expect(repay(story, 'finance-1', 100_001, 'in-2')).toBe('more-than-owed');
    expect(repay(story, 'finance-1', 0, 'in-2')).toBe('amount-zero');
    expect(repay(story, 'finance-1', 100_000)).toBe('bank-reference-used');
    expect(repay(story, 'finance-1', 100_000, ' ')).toBe('bank-reference-missing');
  });

  test('that was entered wrongly is taken back, and its reference is free', () => {
    const { story } = declined();
    repay(story, 'finance-1', 200_000);
    expect(story.act((file, around) => rejectRepayment(file, around, of(story, 'finance-1')))).toBe('done');
    expect(repay(story, 'finance-1', 20_000)).toBe('done');
    expect(claim(story)?.repayments.map(({ status }) => status)).toEqual(['rejected', 'recorded']);
  });

  test('that waits while its claim ends is void, and its reference is free; nobody can confirm it any more', () => {
    const { story, world } = declined();
    expect(repay(story, 'finance-1', 200_000)).toBe('done');
    expect(world.bankReferences.has('IN-1')).toBe(true);
    for (const index of [0, 1, 2]) expect(story.return('finance-2', index)).toBe('done');
    expect(claim(story)).toMatchObject({ status: 'dropped', recoveredFen: 0 });
    expect(claim(story)?.repayments).toMatchObject([{ status: 'rejected' }]);
    expect(claim(story)?.repayments[0]).not.toHaveProperty('rejectedBy');
    expect(world.bankReferences.has('IN-1')).toBe(false);
    expect(confirm(story, 'finance-2')).toBe('not-possible-now');
  });

  test('that was left waiting by a claim that ended before can be taken back, and not confirmed', () => {
    const { story } = declined();
    repay(story, 'finance-1', 200_000);
    const file = story.file();
    const recoveries = file.recoveries.map((each) => ({ ...each, status: 'dropped' as const }));
    const left = { ...file, recoveries };
    const by = of(story, 'finance-2');
    expect(confirmRepayment(left, story.around(), by)).toMatchObject({ code: 'not-possible-now' });
    expect(rejectRepayment(left, story.around(), by)).toMatchObject({
      kind: 'changed',
      changes: { recoveries: [{ status: 'dropped', repayments: [{ status: 'rejected', rejectedBy: 'finance-2' }] }] },
    });
  });

  test('cannot be of tomorrow', () => {
    const { story } = declined();
    const told = story.act((file, around) =>
      recordRepayment(file, around, {
        ...{ personId: person('finance-1'), recoveryId: advanceId(story), amountFen: fen(1), bankReference: 'in' },
        on: addLocalDays(localDateOf(around.now), 1),
      }),
    );
    expect(told).toBe('paid-on-impossible');
  });

  test('is not entered by a relative, nor by whoever decided', () => {
    const { story, world } = declined();
    world.ties.set('finance-1', 'sibling');
    expect(repay(story, 'finance-1', 100)).toBe('barred-by-interest');
    expect(repay(story, 'member-1', 100)).toBe('same-person');
  });

  test('leaves the bank’s answers about its payments as they are', () => {
    const { story } = declined();
    repay(story, 'finance-1', 100);
    confirm(story, 'finance-2');
    expect(story.return('finance-2', 0)).toBe('not-possible-now');
    expect(story.undo('finance-1', 0)).toBe('not-possible-now');
  });
});

describe('an overpayment', () => {
  const paid = () => {
    const story = inPayment(emptyWorld());
    story.release('finance-1');
    story.confirm('finance-2');
    return story;
  };
  const propose = (story: Story, who: string, amount: number, reason = '发票已由保险赔付') =>
    story.act((file, around) =>
      proposeRecovery(file, around, { personId: person(who), amountFen: yuan(amount), reason }),
    );
  const overpaid = (story: Story) => recoveryIdSchema.parse(`${story.caseId}.overpaid.1`);
  const by = (story: Story, who: string) => ({ personId: person(who), recoveryId: overpaid(story) });

  test('is claimed once a second person agrees, and paid back as an advance is', () => {
    const story = paid();
    expect(propose(story, 'finance-1', 500)).toBe('done');
    expect(story.file().case).not.toHaveProperty('owedFen');
    expect(repay(story, 'finance-1', 100, 'in', overpaid(story))).toBe('not-possible-now');
    expect(story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-1')))).toBe('same-person');
    expect(story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-2')))).toBe('done');
    expect(story.file().case.owedFen).toBe(yuan(500));
    repay(story, 'finance-1', 50_000, 'in', overpaid(story));
    expect(confirm(story, 'finance-2', 1, overpaid(story))).toBe('done');
    expect(claim(story)).toMatchObject({ status: 'settled' });
  });

  test('is at most what was paid and is not claimed yet', () => {
    const story = paid();
    const whole = story.file().payouts.reduce((sum, { amountFen }) => sum + amountFen, 0) / 100;
    expect(propose(story, 'finance-1', whole + 1)).toBe('more-than-owed');
    expect(propose(story, 'finance-1', whole)).toBe('done');
    expect(propose(story, 'finance-1', 1)).toBe('more-than-owed');
    expect(story.act((file, around) => declineRecovery(file, around, by(story, 'finance-2')))).toBe('done');
    expect(propose(story, 'finance-1', 1)).toBe('done');
    expect(propose(story, 'finance-1', 1, ' ')).toBe('reason-missing');
  });

  test('is done without once two persons say so, and not while a repayment waits', () => {
    const story = paid();
    propose(story, 'finance-1', 500);
    story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-2')));
    const waive = (who: string) => story.act((file, around) => waiveRecovery(file, around, by(story, who)));
    expect(waive('finance-2')).toBe('not-possible-now');
    story.act((file, around) => proposeWaiver(file, around, { ...by(story, 'finance-1'), reason: '家中再遭变故' }));
    expect(waive('finance-1')).toBe('same-person');
    repay(story, 'finance-1', 100, 'in', overpaid(story));
    expect(waive('finance-2')).toBe('not-possible-now');
    confirm(story, 'finance-2', 1, overpaid(story));
    expect(waive('finance-2')).toBe('done');
    expect(claim(story)).toMatchObject({ status: 'waived', recoveredFen: 100 });
    expect(story.file().case).not.toHaveProperty('owedFen');
    expect(story.item(`claw-back.${overpaid(story)}`).status).toBe('cancelled');
  });

  test('that was done without is not claimed a second time', () => {
    const story = paid();
    const whole = story.file().payouts.reduce((sum, { amountFen }) => sum + amountFen, 0) / 100;
    propose(story, 'finance-1', whole);
    story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-2')));
    story.act((file, around) => proposeWaiver(file, around, { ...by(story, 'finance-1'), reason: '家中再遭变故' }));
    expect(story.act((file, around) => waiveRecovery(file, around, by(story, 'finance-2')))).toBe('done');
    expect(propose(story, 'finance-1', 1)).toBe('more-than-owed');
  });
});

describe('an overpayment beside an advance', () => {
  const by = (story: Story, who: string) => ({
    personId: person(who),
    recoveryId: recoveryIdSchema.parse(`${story.caseId}.overpaid.1`),
  });
  const proposed = () => {
    const { story } = paidAhead();
    expect(story.claimOverpayment('finance-1', 3_000)).toBe('done');
    return story;
  };

  test('that nobody has agreed to leaves the claim for the advance whole', () => {
    const story = proposed();
    story.vote('member-1', 'decline');
    expect(story.file().case.owedFen).toBe(yuan(3_000));
    expect(story.act((file, around) => declineRecovery(file, around, by(story, 'finance-2')))).toBe('done');
    expect(story.file().case.owedFen).toBe(yuan(3_000));
  });

  test('is not agreed to once its money is claimed back otherwise', () => {
    const story = proposed();
    story.vote('member-1', 'decline');
    expect(story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-2')))).toBe('more-than-owed');
    expect(story.file().case.owedFen).toBe(yuan(3_000));
  });

  test('that two have agreed to is not claimed twice', () => {
    const story = proposed();
    expect(story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-2')))).toBe('done');
    story.vote('member-1', 'decline');
    expect(story.file().case.owedFen).toBe(yuan(3_000));
  });

  test('is owed no more once the money came back from the bank and the case has ended', () => {
    const story = inPayment(emptyWorld());
    story.release('finance-1');
    story.confirm('finance-2');
    story.claimOverpayment('finance-1', 500);
    expect(story.act((file, around) => agreeRecovery(file, around, by(story, 'finance-2')))).toBe('done');
    expect([story.return('finance-2'), story.file().case.owedFen]).toEqual(['done', yuan(500)]);
    expect([story.withdraw(), story.file().case.owedFen]).toEqual(['done', undefined]);
    expect(claim(story)).toMatchObject({ status: 'dropped' });
  });
});

test('office and finance are told of a claim until it is settled', () => {
  const { story } = declined();
  story.workingDays(6);
  story.sweep();
  expect(story.mailed('claw-back')).toEqual(['office-1', 'office-2', 'finance-1', 'finance-2']);
  for (const days of [20, 25, 25]) {
    const before = story.mailed('claw-back').length;
    story.workingDays(days);
    story.sweep();
    expect(story.mailed('claw-back')).toHaveLength(before + 4);
    expect(story.sweep()).toBe(false);
  }
  repay(story, 'finance-1', 300_000);
  confirm(story, 'finance-2');
  story.workingDays(60);
  expect(story.sweep()).toBe(false);
});

test('promise 2: however a sum comes back in parts, no payment gives back more than it was, and all of it comes home', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 400_000 }), { minLength: 1, maxLength: 8 }), (parts) => {
      const { story, world } = declined();
      let left = 300_000;
      let count = 0;
      for (const part of [...parts, 300_000]) {
        const amount = Math.min(part, left);
        if (amount === 0) continue;
        count += 1;
        expect(repay(story, 'finance-1', amount, `in-${count}`)).toBe('done');
        expect(confirm(story, 'finance-2', count)).toBe('done');
        left -= amount;
        expect(story.file().case.owedFen ?? 0).toBe(left);
      }
      expect(money(world)).toEqual(allFree);
    }),
    { numRuns: 15 },
  );
});

test('a repayment of more than the payments hold is shared out to none', () => {
  const { story } = declined();
  expect(shareRepayment(fen(300_001), story.file())).toBeUndefined();
  expect(shareRepayment(fen(300_000), story.file())).toHaveLength(3);
});
