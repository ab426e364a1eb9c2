import { describe, expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { yuan } from '../kernel/money.ts';

const payouts = (story: Story) =>
  story.file().payouts.map(({ fundId, amountFen, status }) => [String(fundId), amountFen / 100, status]);
const fund = (world: World, id: string) => {
  const { availableFen, reservedFen, paidFen } = world.funds.find(({ fundId }) => fundId === id)!;
  return { available: availableFen / 100, reserved: reservedFen / 100, paid: paidFen / 100 };
};

describe('major illness relief', () => {
  test('goes from the form to the account by two reviewers, one officer, a notice and two of finance', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    expect(story.status()).toBe('in-review');
    expect(story.file().case).toMatchObject({ suggestedFen: yuan(3_000), mostFen: yuan(6_000) });
    expect(story.asked()).toEqual(['member-1', 'leader-1']);

    expect(story.vote('member-1', 'recommend', { yuan: 3_000 })).toBe('done');
    expect(story.status()).toBe('in-review');
    expect(story.vote('leader-1', 'recommend', { yuan: 3_000 })).toBe('done');
    expect(story.status()).toBe('in-approval');
    expect(fund(world, 'municipal-federation').reserved).toBe(0);

    expect(story.vote('officer-2', 'approve', { yuan: 3_000 })).toBe('done');
    expect(story.status()).toBe('on-notice');
    expect(fund(world, 'municipal-federation')).toEqual({ available: 47_000, reserved: 3_000, paid: 0 });
    expect(story.file().case).toMatchObject({ noticeFrom: '2016-10-10', noticeUntil: '2016-10-17T16:00:00.000Z' });
    expect(payouts(story)).toEqual([]);

    story.until(story.file().case.noticeUntil!);
    expect(story.status()).toBe('in-payment');
    expect(payouts(story)).toEqual([['municipal-federation', 3_000, 'ordered']]);
    expect(story.release('finance-1')).toBe('done');
    expect(story.confirm('finance-2')).toBe('done');
    expect(story.status()).toBe('paid');
    expect(story.file().case.closedAt).toBe(world.now);
    expect(story.file().awards[0]!.status).toBe('paid');
    expect(fund(world, 'municipal-federation')).toEqual({ available: 47_000, reserved: 0, paid: 3_000 });
    expect(
      world.outbox
        .values()
        .toArray()
        .filter(({ kind }) => kind === 'wake'),
    ).toEqual([]);
  });

  test.each([
    [30_000, 'none', 3_000, ['officer-1']],
    [60_000, 'none', 4_500, ['officer-1', 'officer-2']],
    [120_000, 'none', 6_000, ['officer-1', 'officer-2']],
    [30_000, 'low-income', 3_600, ['officer-1', 'officer-2']],
  ] as const)(
    'with an own share of %d by a household on "%s" gives %d, signed by %s',
    (own, standing, sum, officers) => {
      const story = begin(emptyWorld(), 'major-illness-relief', {
        answers: { totalCostFen: yuan(own), paidByBasicFen: 0 },
        standing,
      });
      expect(story.file().case.suggestedFen).toBe(yuan(sum));
      reviewed(story, sum);
      for (const officer of officers) {
        expect(story.status()).toBe('in-approval');
        expect(story.vote(officer, 'approve', { yuan: sum })).toBe('done');
      }
      expect(story.status()).toBe('on-notice');
      expect(story.file().awards).toMatchObject([{ amountFen: yuan(sum), signedBy: officers, status: 'reserved' }]);
    },
  );

  test('above what the programme suggests is an exception and needs the chair, however small', () => {
    const story = begin(emptyWorld(), 'major-illness-relief', {
      answers: { totalCostFen: yuan(5_000), paidByBasicFen: 0 },
    });
    expect(story.file().case.suggestedFen).toBe(yuan(1_000));
    reviewed(story, 1_500);
    expect(story.file().case.isException).toBe(true);
    story.vote('officer-1', 'approve', { yuan: 1_500 });
    story.vote('officer-2', 'approve', { yuan: 1_500 });
    expect(story.status()).toBe('in-approval');
    expect(story.asked()).toEqual(['chair-1']);
    story.vote('chair-1', 'approve', { yuan: 1_500 });
    expect(story.file().awards[0]!.signedBy).toEqual(['officer-1', 'officer-2', 'chair-1']);
  });

  test('draws on the next fund when the first is empty, by a payout for each', () => {
    const world = emptyWorld({ 'municipal-federation': 1_000.01 });
    const story = begin(world, 'major-illness-relief');
    reviewed(story, 3_000);
    story.vote('officer-1', 'approve', { yuan: 3_000 });
    story.workingDays(7);
    expect(payouts(story)).toEqual([
      ['municipal-federation', 1_000.01, 'ordered'],
      ['group-union', 1_999.99, 'ordered'],
    ]);
    story.release('finance-1', 0);
    story.release('finance-1', 1);
    story.confirm('finance-2', 0);
    expect(story.status()).toBe('in-payment');
    story.confirm('finance-2', 1);
    expect(story.status()).toBe('paid');
  });

  test('cannot be approved beyond what the funds hold, and the vote is undone', () => {
    const world = emptyWorld({ 'municipal-federation': 1_000, 'group-union': 1_000 });
    const story = begin(world, 'major-illness-relief');
    reviewed(story, 3_000);
    expect(story.vote('officer-1', 'approve', { yuan: 3_000 })).toBe('funds-short');
    expect(story.file().votes).toHaveLength(2);
    expect(story.vote('officer-1', 'approve', { yuan: 2_000 })).toBe('done');
    expect(story.file().awards[0]!.amountFen).toBe(yuan(2_000));
  });

  test('gives a household no more than its cap in a year, whatever two cases were promised', () => {
    const world = emptyWorld();
    const stories = ['A-1', 'A-2'].map((invoiceNumber) =>
      begin(world, 'major-illness-relief', {
        answers: { totalCostFen: yuan(60_000), paidByBasicFen: 0, invoiceNumber },
      }),
    );
    for (const story of stories) reviewed(story, 4_500);
    for (const story of stories) story.vote('officer-1', 'approve', { yuan: 4_500 });
    expect(stories[0]!.vote('officer-2', 'approve', { yuan: 4_500 })).toBe('done');
    expect(stories[1]!.vote('officer-2', 'approve', { yuan: 4_500 })).toBe('cap-passed');
    expect(stories[1]!.vote('officer-2', 'approve', { yuan: 1_500.01 })).toBe('cap-passed');
    expect(stories[1]!.vote('officer-2', 'approve', { yuan: 1_500 })).toBe('done');
    expect(stories[1]!.file().awards[0]!.amountFen).toBe(yuan(1_500));
  });

  test('refuses a second case on the same bill as long as the first one lives', () => {
    const world = emptyWorld();
    const first = begin(world, 'major-illness-relief');
    const second = begin(world, 'major-illness-relief', { household: 'household-2' });
    expect(second.status()).toBe('refused');
    expect(second.file().case.reasons).toHaveLength(1);
    first.withdraw();
    expect(begin(world, 'major-illness-relief', { household: 'household-3' }).status()).toBe('in-review');
  });
});

describe('start-up funding', () => {
  test('is signed by one officer and then by the chair, and rests on a visit', () => {
    const world = emptyWorld();
    const story = begin(world, 'start-up-funding');
    expect(story.file().case).toMatchObject({ suggestedFen: yuan(3_000), mostFen: yuan(3_000) });
    story.vote('member-1', 'recommend', { yuan: 3_000 });
    expect(story.vote('leader-1', 'recommend', { yuan: 3_000 })).toBe('visit-missing');
    expect(story.vote('leader-1', 'recommend', { yuan: 3_000, visited: '2016-10-10' })).toBe('done');
    story.vote('officer-1', 'approve', { yuan: 3_000 });
    expect(story.file().awards).toEqual([]);
    expect(story.asked()).toEqual(['chair-1']);
    expect(story.vote('chair-1', 'approve', { yuan: 3_000 })).toBe('done');
    story.workingDays(7);
    story.release('finance-1');
    story.confirm('finance-2');
    expect(story.status()).toBe('paid');
    expect(fund(world, 'municipal-federation').paid).toBe(3_000);
  });

  test('is given once in three years', () => {
    const world = emptyWorld();
    const first = begin(world, 'start-up-funding');
    reviewed(first, 3_000);
    first.vote('officer-1', 'approve', { yuan: 3_000 });
    first.vote('chair-1', 'approve', { yuan: 3_000 });
    const second = begin(world, 'start-up-funding', { answers: { licenceNumber: 'L-2' } });
    expect(second.status()).toBe('refused');
  });
});

describe('fire damage', () => {
  const advanced = (world: World, sum = 3_000): Story => {
    const story = begin(world, 'fire-damage');
    expect(story.file().case.suggestedFen).toBe(yuan(6_000));
    expect(story.status()).toBe('in-advance');
    story.vote('officer-1', 'approve', { yuan: sum });
    story.vote('officer-2', 'approve', { yuan: sum });
    expect(story.status()).toBe('in-review');
    return story;
  };
  const paidOut = (story: Story) => {
    story.file().payouts.forEach(({ status }, index) => {
      if (status === 'ordered') story.release('finance-1', index);
    });
    story.file().payouts.forEach(({ status }, index) => {
      if (status === 'sent') story.confirm('finance-2', index);
    });
  };

  test('pays an advance at once, and the whole chain by others ratifies it; the whole keeps its shares', () => {
    const world = emptyWorld();
    const story = advanced(world);
    expect(payouts(story)).toEqual([
      ['group-union', 1_500, 'ordered'],
      ['power-supply-company', 900, 'ordered'],
      ['company-administration', 600, 'ordered'],
    ]);
    expect(story.mailed('advance-ordered')).toEqual(['applicant', 'finance-1', 'finance-2']);
    paidOut(story);
    expect(story.status()).toBe('in-review');
    expect(fund(world, 'group-union')).toEqual({ available: 48_500, reserved: 0, paid: 1_500 });

    expect(story.vote('member-1', 'recommend', { yuan: 6_000, visited: '2016-10-10' })).toBe('done');
    expect(story.asked()).toEqual(['officer-3', 'vice-1']);
    story.vote('officer-3', 'approve', { yuan: 6_000 });
    story.vote('vice-1', 'approve', { yuan: 6_000 });
    expect(story.status()).toBe('in-approval');
    expect(story.asked()).toEqual(['chair-1']);
    story.vote('chair-1', 'approve', { yuan: 6_000 });
    expect(story.status()).toBe('on-notice');

    const [advance, whole] = story.file().awards;
    expect(advance).toMatchObject({ kind: 'advance', amountFen: yuan(3_000), ratifiedByAward: whole!.awardId });
    expect(whole).toMatchObject({ kind: 'whole', amountFen: yuan(3_000) });
    expect(whole!.signedBy).toEqual(['officer-3', 'vice-1', 'chair-1']);
    story.workingDays(7);
    expect(story.release('finance-1', 3)).toBe('papers-missing');
    expect(story.bring('call-out-receipt', 'id-card', 'bank-card')).toBe('done');
    paidOut(story);
    expect(story.status()).toBe('paid');
    expect(fund(world, 'group-union').paid).toBe(3_000);
    expect(fund(world, 'power-supply-company').paid).toBe(1_800);
    expect(fund(world, 'company-administration').paid).toBe(1_200);
  });

  test('an odd fen goes to the first fund, and the shares are those of the whole', () => {
    const story = advanced(emptyWorld(), 1_000.01);
    expect(payouts(story).map(([, sum]) => sum)).toEqual([500.01, 300, 200]);
    story.vote('member-1', 'recommend', { yuan: 4_000.03, visited: '2016-10-10' });
    story.vote('officer-3', 'approve', { yuan: 4_000.03 });
    story.vote('vice-1', 'approve', { yuan: 4_000.03 });
    expect(story.status()).toBe('on-notice');
    const rest = story.file().awards[1]!;
    expect(rest.amountFen).toBe(300_002);
    expect(rest.shares.map(({ amountFen }) => amountFen)).toEqual([
      200_003 - 50_001,
      120_000 - 30_000,
      80_000 - 20_000,
    ]);
  });

  test('a declined advance leaves the ordinary way open', () => {
    const story = begin(emptyWorld(), 'fire-damage');
    story.vote('officer-1', 'decline');
    story.vote('officer-2', 'decline');
    expect(story.status()).toBe('in-review');
    expect(story.file().awards).toEqual([]);
  });

  test('an approval below the advance says what is owed and pays no more', () => {
    const world = emptyWorld();
    const story = advanced(world);
    paidOut(story);
    story.vote('member-1', 'recommend', { yuan: 2_000, visited: '2016-10-10' });
    story.vote('officer-3', 'approve', { yuan: 2_000 });
    story.vote('vice-1', 'approve', { yuan: 2_000 });
    expect(story.file().case.owedFen).toBe(yuan(1_000));
    story.workingDays(7);
    expect(story.status()).toBe('paid');
    expect(fund(world, 'group-union')).toEqual({ available: 48_500, reserved: 0, paid: 1_500 });
  });

  test('a case whose advance is still on its way to the bank waits for it', () => {
    const story = advanced(emptyWorld());
    story.vote('member-1', 'recommend', { yuan: 3_000, visited: '2016-10-10' });
    story.vote('officer-3', 'approve', { yuan: 3_000 });
    story.vote('vice-1', 'approve', { yuan: 3_000 });
    story.workingDays(7);
    expect(story.status()).toBe('in-payment');
    paidOut(story);
    expect(story.status()).toBe('paid');
  });
});

function reviewed(story: Story, sum: number): void {
  story.vote('member-1', 'recommend', { yuan: sum, visited: '2016-10-10' });
  story.vote('leader-1', 'recommend', { yuan: sum, visited: '2016-10-10' });
}
