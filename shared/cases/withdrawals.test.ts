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
