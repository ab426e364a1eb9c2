import { expect } from 'vitest';
import type { PaperFile, Payee } from '../../shared/cases/relief-case.ts';
import type { Content } from '../../shared/cases/submit-application.ts';
import { yuan } from '../../shared/kernel/money.ts';
import { begin, type Story } from './case-story.ts';
import type { World } from './case-world.ts';
import { contentFor, monday, seedOf } from './small-union.ts';

/** An application for major illness relief, and how it reads after a correction: more costs, another bill, another account. */
export const illness = contentFor(seedOf('major-illness-relief'));
export const otherAccount: Payee = { ...illness.payee, accountNumber: '6222000000000002' };
export const dearer: Content = {
  ...illness,
  payee: otherAccount,
  answers: { ...illness.answers, totalCostFen: yuan(70_000), invoiceNumber: 'A-2' },
};

/** A file that proves whose account it is. */
export const proof = (fileId = 'proof-1'): PaperFile => ({
  paperId: 'payee-proof',
  fileId,
  objectKey: `case/${fileId}`,
  contentType: 'image/jpeg',
  sizeBytes: 10,
  uploadedAt: monday,
});

/** What the funds hold together, in yuan. */
export const money = (world: World) => {
  const sum = (of: 'availableFen' | 'reservedFen' | 'paidFen') =>
    world.funds.reduce((total, fund) => total + fund[of], 0) / 100;
  return { available: sum('availableFen'), reserved: sum('reservedFen'), paid: sum('paidFen') };
};
export const allFree = { available: 200_000, reserved: 0, paid: 0 };
export const payoutStatuses = (story: Story) => story.file().payouts.map(({ status }) => status);
/** What the cases count for against their caps, in yuan. */
export const counted = (world: World) => [...world.tallies.values()].flat().map(({ amountFen }) => amountFen / 100);

export const onNotice = (world: World): Story => {
  const story = begin(world, 'major-illness-relief');
  story.vote('member-1', 'recommend', { yuan: 3_000 });
  story.vote('leader-1', 'recommend', { yuan: 3_000 });
  story.vote('officer-1', 'approve', { yuan: 3_000 });
  expect(story.status()).toBe('on-notice');
  return story;
};

export const inPayment = (world: World): Story => {
  const story = onNotice(world);
  story.until(story.file().case.noticeUntil!);
  expect(story.status()).toBe('in-payment');
  return story;
};

/** A fire whose advance two officers have ordered. */
export function advanced(world: World): Story {
  const story = begin(world, 'fire-damage');
  story.vote('officer-1', 'approve', { yuan: 3_000 });
  story.vote('officer-2', 'approve', { yuan: 3_000 });
  expect(payoutStatuses(story)).toEqual(['ordered', 'ordered', 'ordered']);
  return story;
}
