import { describe, expect, test } from 'vitest';
import { illness, inPayment, money, otherAccount, payoutStatuses } from '../../test/support/case-stages.ts';
import type { Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';

describe('a payment that fails', () => {
  const failed = (world: World): Story => {
    const story = inPayment(world);
    expect(story.propose(otherAccount)).toBe('not-possible-now');
    story.release('finance-1');
    expect(story.confirm('finance-1')).toBe('same-person');
    expect(story.fail('finance-2')).toBe('done');
    expect(story.mailed('payment-failed')).toEqual(['applicant']);
    return story;
  };

  test('is tried again to an account that the office decides on, and nobody else', () => {
    const story = failed(emptyWorld());
    expect(story.propose(otherAccount)).toBe('done');
    for (const who of ['finance-1', 'officer-1', 'vice-1', 'member-1', 'nobody'])
      for (const approves of [true, false])
        expect([who, story.decideAccount(who, approves, '不同意')]).toEqual([who, 'not-allowed']);
    expect(story.file().case.proposedPayee).toBeDefined();
    expect(story.decideAccount('office-1', true)).toBe('done');
  });

  test('keeps its money reserved, and is tried again to an account that the office has approved', () => {
    const world = emptyWorld();
    const story = failed(world);
    expect(story.status()).toBe('in-payment');
    expect(money(world).reserved).toBe(3_000);
    expect(story.decideAccount('office-1', true)).toBe('not-possible-now');
    expect(story.propose(otherAccount)).toBe('done');
    expect(story.mailed('account-to-approve')).toEqual(['office-1', 'office-2']);
    expect(story.file().payouts).toHaveLength(1);
    expect(story.decideAccount('office-1', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['replaced', 'ordered']);
    expect(story.file().payouts.map(({ attempt, payee }) => [attempt, payee.accountNumber])).toEqual([
      [1, illness.payee.accountNumber],
      [2, otherAccount.accountNumber],
    ]);
    expect(story.decideAccount('office-1', true)).toBe('not-possible-now');
    expect(story.release('finance-1', 0)).toBe('not-possible-now');
    expect(story.release('finance-1', 1)).toBe('done');
    expect(story.confirm('finance-2', 1)).toBe('done');
    expect(story.status()).toBe('paid');
    expect(money(world)).toEqual({ available: 197_000, reserved: 0, paid: 3_000 });
    expect(story.confirm('finance-2', 1)).toBe('not-possible-now');
  });

  test('waits on when the office refuses the account, with a note', () => {
    const world = emptyWorld();
    const story = failed(world);
    story.propose(otherAccount);
    expect(story.decideAccount('office-1', false)).toBe('reason-missing');
    expect(story.decideAccount('office-1', false, '户名不符')).toBe('done');
    expect(story.file().case).not.toHaveProperty('proposedPayee');
    expect(story.file().case.payee).toEqual(illness.payee);
    expect(payoutStatuses(story)).toEqual(['failed']);
    expect(story.mailed('payment-failed')).toEqual(['applicant', 'applicant']);
    expect(story.propose(otherAccount)).toBe('done');
    expect(story.decideAccount('office-2', true)).toBe('done');
    expect(payoutStatuses(story)).toEqual(['replaced', 'ordered']);
  });

  test('can fail more than once, and only that fund is paid again', () => {
    const world = emptyWorld({ 'municipal-federation': 1_000 });
    const story = inPayment(world);
    story.release('finance-1', 0);
    story.confirm('finance-2', 0);
    for (const index of [1, 2]) {
      story.release('finance-1', index);
      story.fail('finance-2', index);
      story.propose(otherAccount);
      story.decideAccount('office-1', true);
    }
    expect(payoutStatuses(story)).toEqual(['paid', 'replaced', 'replaced', 'ordered']);
    expect(story.file().payouts.map(({ amountFen }) => amountFen / 100)).toEqual([1_000, 2_000, 2_000, 2_000]);
    story.release('finance-1', 3);
    story.confirm('finance-2', 3);
    expect(story.status()).toBe('paid');
    expect(money(world)).toMatchObject({ reserved: 0, paid: 3_000 });
  });
});
