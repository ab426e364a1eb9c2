import { describe, expect, test } from 'vitest';
import { inPayment } from '../../test/support/case-stages.ts';
import type { Story } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { person, staffWith } from '../../test/support/small-union.ts';
import { fen } from '../kernel/money.ts';
import { answerPaymentCheck, closeFinding } from './payment-check.ts';

const check = (story: Story) => story.file().scheduled.find(({ kind }) => kind === 'payment-check');
const paid = (checkDraw: number) => {
  const world = Object.assign(emptyWorld(), { checkDraw });
  const story = inPayment(world);
  story.release('finance-1');
  story.confirm('finance-2');
  expect(story.status()).toBe('paid');
  return { story, world, expectedFen: story.file().payouts.reduce((sum, { amountFen }) => sum + amountFen, 0) };
};
const answer = (story: Story, arrivedFen: number, by = 'applicant') =>
  story.act((file, around) =>
    answerPaymentCheck(file, around, { by: by === 'applicant' ? by : person(by), arrivedFen: fen(arrivedFen) }),
  );
const close = (story: Story, who: string, note = '账号少一位，已由银行退回重付') =>
  story.act((file, around) =>
    closeFinding(file, around, { personId: person(who), itemId: check(story)!.itemId, note }),
  );

describe('whether the money arrived', () => {
  test('is asked in one case of ten, when it closes', () => {
    expect(check(paid(0.0999).story)).toMatchObject({ status: 'waiting' });
    expect(check(paid(0.1).story)).toBeUndefined();
  });

  test('is asked of the applicant after two working days, and told to the office when nobody answers', () => {
    const { story } = paid(0);
    story.workingDays(2);
    story.sweep();
    expect(story.mailed('payment-check')).toEqual(['applicant']);
    const before = story.mailed('item-overdue').length;
    story.workingDays(13);
    story.sweep();
    expect(story.mailed('item-overdue').length).toBeGreaterThan(before);
  });

  test('and the answer is the sum that was paid: that is all', () => {
    const { story, expectedFen } = paid(0);
    expect(answer(story, expectedFen)).toBe('done');
    expect(check(story)).toMatchObject({ status: 'done', arrivedFen: expectedFen, answeredBy: 'applicant' });
    expect(story.mailed('payment-finding')).toEqual([]);
    expect(answer(story, 0)).toBe('not-possible-now');
  });

  test.each([0, 1])(
    'and the answer is another sum: a finding, told to the office, that waits to be closed',
    (arrived) => {
      const { story } = paid(0);
      expect(answer(story, arrived, 'member-1')).toBe('done');
      expect(check(story)).toMatchObject({ status: 'waiting', arrivedFen: arrived });
      expect(story.mailed('payment-finding')).toEqual(['office-1', 'office-2']);
      expect(answer(story, arrived)).toBe('not-possible-now');
    },
  );

  test('a finding is closed, with a note, by somebody who neither paid nor answered nor gains', () => {
    const { story, world } = paid(0);
    world.staff.push(staffWith('auditor-1', 'auditor'));
    answer(story, 0, 'office-1');
    for (const who of ['finance-1', 'finance-2', 'office-1']) expect(close(story, who)).toBe('same-person');
    world.ties.set('office-2', 'sibling');
    expect(close(story, 'office-2')).toBe('barred-by-interest');
    expect(close(story, 'auditor-1', ' ')).toBe('reason-missing');
    expect(close(story, 'auditor-1')).toBe('done');
    expect(check(story)).toMatchObject({ status: 'done', closedBy: 'auditor-1' });
    expect(close(story, 'auditor-1')).toBe('not-possible-now');
  });

  test('is asked anew once money that the bank sent back was paid again', () => {
    const { story } = paid(0);
    story.return('finance-2');
    expect(check(story)).toMatchObject({ status: 'cancelled' });
  });
});
