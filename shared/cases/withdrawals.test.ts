import { describe, expect, test } from 'vitest';
import {
  advanced,
  allFree,
  counted,
  dearer,
  inPayment,
  money,
  payoutStatuses,
} from '../../test/support/case-stages.ts';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, save, type World } from '../../test/support/case-world.ts';
import { financeDesk } from '../../test/support/finance-desk.ts';
import { contentFor, seedOf, staffWith } from '../../test/support/small-union.ts';
import type { CaseStatus } from './case-lifecycle.ts';
import { editApplication } from './change-application.ts';

/** From an ordered advance on, one step after the other. */
const afterAdvance: [CaseStatus, number, (story: Story) => void][] = [
  ['in-review', 3_000, () => undefined],
  ['in-approval', 3_000, (story) => story.vote('member-1', 'recommend', { yuan: 6_000, visited: '2016-10-10' })],
  [
    'on-notice',
    6_000,
    (story) => {
      for (const signer of ['officer-3', 'vice-1', 'chair-1']) story.vote(signer, 'approve', { yuan: 6_000 });
    },
  ],
  ['under-objection', 6_000, (story) => story.object()],
  [
    'in-payment',
    6_000,
    (story) => {
      story.vote('office-1', 'reject');
      story.until(story.file().case.noticeUntil!);
    },
  ],
];

const fireAt = (world: World, status: CaseStatus): Story => {
  const story = advanced(world);
  if (status === 'returned') story.vote('member-1', 'return');
  for (const [reached, , go] of afterAdvance) {
    if (story.status() === status) break;
    go(story);
    expect(story.status()).toBe(reached);
  }
  return story;
};

describe('promise 20: withdrawal', () => {
  const reserved: [CaseStatus, number][] = [
    ['returned', 3_000],
    ...afterAdvance.map(([status, sum]): [CaseStatus, number] => [status, sum]),
  ];

  test.each(reserved)('of a case %s releases its %d yuan, exactly once', (status, sum) => {
    const world = emptyWorld();
    const story = fireAt(world, status);
    expect(story.status()).toBe(status);
    expect(money(world).reserved).toBe(sum);
    expect(counted(world)).toEqual([sum]);
    expect(story.withdraw()).toBe('done');
    expect(story.status()).toBe('withdrawn');
    expect(money(world)).toEqual(allFree);
    expect(new Set(payoutStatuses(story))).toEqual(new Set(['cancelled']));
    expect(story.file().awards.every((award) => award.status === 'released')).toBe(true);
    expect(counted(world)).toEqual([]);
    expect(world.claims.size).toBe(0);
    expect(story.file().requests.filter(({ status: each }) => each !== 'consumed')).toEqual([]);

    expect(story.withdraw()).toBe('not-possible-now');
    expect(story.release('finance-1')).toBe('not-possible-now');
    expect(money(world)).toEqual(allFree);
    expect(story.mailed('withdrawn')).toEqual(['applicant']);
  });

  test.each(reserved)('of a case %s is refused once a bank has been told to pay', (status, sum) => {
    const world = emptyWorld();
    const story = fireAt(world, status);
    story.release('finance-1');
    expect(story.withdraw()).toBe('already-released');
    expect(story.status()).toBe(status);
    story.confirm('finance-2');
    expect(story.withdraw()).toBe('already-released');
    expect(money(world)).toEqual({ available: 200_000 - sum, reserved: sum - 1_500, paid: 1_500 });
  });

  test('before anything is reserved moves no money', () => {
    const world = emptyWorld();
    const story = begin(world, 'fire-damage');
    expect(story.status()).toBe('in-advance');
    const { requestId } = story.open();
    expect(story.withdraw()).toBe('done');
    expect(money(world)).toEqual(allFree);
    expect(world.claims.size).toBe(0);
    expect(story.vote('officer-1', 'approve', { yuan: 3_000, requestId })).toBe('request-superseded');
  });

  test('is possible before the intake has looked', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    const read = story.file();
    const decided = editApplication(read, story.around(), dearer);
    if (decided.kind !== 'changed') throw new Error(decided.code);
    save(world, read, decided.changes);
    expect(story.status()).toBe('submitted');
    expect(story.withdraw()).toBe('done');
    expect(story.status()).toBe('withdrawn');
    expect(world.claims.size).toBe(0);
  });

  test('is possible again when the bank could not pay', () => {
    const world = emptyWorld();
    const story = inPayment(world);
    story.release('finance-1');
    story.fail('finance-2');
    expect(money(world).reserved).toBe(3_000);
    expect(story.withdraw()).toBe('done');
    expect(money(world)).toEqual(allFree);
    expect(payoutStatuses(story)).toEqual(['cancelled']);
  });

  test('of what has ended is refused', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.vote('member-1', 'decline');
    story.vote('leader-1', 'decline');
    expect(story.status()).toBe('declined');
    expect(story.withdraw()).toBe('not-possible-now');
  });
});

describe('promise 20: money that waits in a batch', () => {
  /** A batch of the payments of two cases; nothing was released. */
  const together = async (world: World) => {
    const { answers } = contentFor(seedOf('major-illness-relief'));
    const mine = inPayment(world);
    const other = begin(world, 'major-illness-relief', {
      household: 'household-2',
      answers: { ...answers, invoiceNumber: 'B-1' },
    });
    for (const who of ['member-1', 'leader-1']) other.vote(who, 'recommend', { yuan: 2_000 });
    other.vote('officer-1', 'approve', { yuan: 2_000 });
    other.until(other.file().case.noticeUntil!);
    const finance = financeDesk(world, [mine, other]);
    const { batchId } = finance.begin('finance-1', [...mine.file().payouts, ...other.file().payouts])!;
    expect(await finance.carry(batchId)).toBe('done');
    expect([mine, other].map(payoutStatuses)).toEqual([['batched'], ['batched']]);
    return { mine, other, finance, batch: () => world.batches.get(batchId)! };
  };

  test('promise 20: is given back once by a withdrawal, and the batch goes on without it', async () => {
    const world = emptyWorld();
    const { mine, other, finance, batch } = await together(world);
    expect(money(world).reserved).toBe(5_000);
    expect(mine.withdraw()).toBe('done');
    expect(mine.withdraw()).toBe('not-possible-now');
    expect(money(world).reserved).toBe(2_000);
    expect(batch().members.map(({ caseId }) => caseId)).toEqual([other.caseId]);
    expect(finance.release(batch(), 'finance-2')).toBe('saved');
    await finance.carry(batch().batchId);
    expect([mine, other].map(payoutStatuses)).toEqual([['cancelled'], ['sent']]);
    expect(money(world)).toEqual({ available: 198_000, reserved: 2_000, paid: 0 });
    expect(world.entries.filter(({ kind }) => kind === 'release')).toHaveLength(1);
  });

  test('promise 20: is given back by nobody once the batch was released, told or not', async () => {
    const world = emptyWorld();
    const { mine, finance, batch } = await together(world);
    expect(finance.release(batch(), 'finance-2')).toBe('saved');
    expect(payoutStatuses(mine)).toEqual(['batched']);
    expect(mine.withdraw()).toBe('already-released');
    expect(money(world).reserved).toBe(5_000);
    expect(batch().members).toHaveLength(2);
    await finance.carry(batch().batchId);
    expect(mine.withdraw()).toBe('already-released');
  });

  test('promise 20: of a batch that was dissolved is given back once, before or after the payment hears of it', async () => {
    for (const isLate of [false, true]) {
      const world = emptyWorld();
      const { mine, finance, batch } = await together(world);
      expect(finance.dissolve(batch(), 'finance-2')).toBe('saved');
      if (!isLate) await finance.carry(batch().batchId);
      expect(mine.withdraw()).toBe('done');
      await finance.carry(batch().batchId);
      expect(money(world).reserved).toBe(2_000);
      expect(payoutStatuses(mine)).toEqual(['cancelled']);
    }
  });

  test('promise 20: of an advance goes out of the batch when an objection is upheld, and back to its funds once', async () => {
    const world = emptyWorld();
    const story = fireAt(world, 'under-objection');
    // All the others have decided on it.
    world.staff.push(staffWith('officer-4', 'officer'));
    const finance = financeDesk(world, [story]);
    const [first, ...rest] = story.file().payouts;
    const { batchId } = finance.begin('finance-1', [first!, ...rest])!;
    await finance.carry(batchId);
    expect(new Set(payoutStatuses(story))).toEqual(new Set(['batched']));
    expect(story.vote('office-1', 'admit')).toBe('done');
    expect(story.vote('officer-4', 'uphold')).toBe('done');
    expect(money(world)).toEqual(allFree);
    expect(new Set(payoutStatuses(story))).toEqual(new Set(['cancelled']));
    expect(world.batches.get(batchId)).toMatchObject({ members: [], totalFen: 0 });
    expect(finance.release(world.batches.get(batchId)!, 'finance-2')).toBe('batch-empty');
    expect(counted(world)).toEqual([]);
  });
});
