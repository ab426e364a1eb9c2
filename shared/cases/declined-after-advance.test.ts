import { describe, expect, test } from 'vitest';
import { advanced, allFree, counted, money, payoutStatuses } from '../../test/support/case-stages.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { yuan } from '../kernel/money.ts';

describe('a case declined after its advance', () => {
  test('owes what has been paid, and that goes on counting against the cap', () => {
    const world = emptyWorld();
    const story = advanced(world);
    for (const index of [0, 1, 2]) {
      story.release('finance-1', index);
      story.confirm('finance-2', index);
    }
    story.vote('member-1', 'decline', { note: '不属实' });
    expect(story.status()).toBe('declined');
    expect(story.file().case).toMatchObject({ owedFen: yuan(3_000), reasons: [{ zh: '不属实' }] });
    expect(counted(world)).toEqual([3_000]);
    expect(money(world)).toEqual({ available: 197_000, reserved: 0, paid: 3_000 });
  });

  test('counts against the cap as one that is approved for less than its advance', () => {
    const ends = (['decline', 'approve'] as const).map((end) => {
      const world = emptyWorld();
      const story = advanced(world);
      for (const index of [0, 1, 2]) {
        story.release('finance-1', index);
        story.confirm('finance-2', index);
      }
      story.vote('member-1', 'recommend', { yuan: 2_000, visited: '2016-10-10' });
      for (const signer of ['officer-3', 'vice-1']) story.vote(signer, end, { yuan: 2_000 });
      return { owed: story.file().case.owedFen, counted: counted(world) };
    });
    expect(ends).toEqual([
      { owed: yuan(3_000), counted: [3_000] },
      { owed: yuan(1_000), counted: [3_000] },
    ]);
  });

  test('takes back what was only ordered, and nothing is owed', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.vote('member-1', 'decline');
    expect(story.file().case).not.toHaveProperty('owedFen');
    expect(payoutStatuses(story)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    expect(money(world)).toEqual(allFree);
    expect(counted(world)).toEqual([]);
  });

  test('owes what is with the bank until the bank gives it back', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.release('finance-1', 0);
    story.release('finance-1', 1);
    story.vote('member-1', 'decline');
    expect(payoutStatuses(story)).toEqual(['sent', 'sent', 'cancelled']);
    expect(story.file().case.owedFen).toBe(yuan(2_400));
    expect(money(world)).toEqual({ available: 197_600, reserved: 2_400, paid: 0 });

    expect(story.fail('finance-2', 0)).toBe('done');
    expect(story.file().case.owedFen).toBe(yuan(900));
    expect(money(world).reserved).toBe(900);
    expect(story.confirm('finance-2', 1)).toBe('done');
    expect(money(world)).toEqual({ available: 199_100, reserved: 0, paid: 900 });
    expect(story.file().awards).toMatchObject([{ status: 'paid', amountFen: yuan(900) }]);
    expect(counted(world)).toEqual([900]);
    expect(story.status()).toBe('declined');
  });
});
