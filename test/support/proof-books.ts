import { expect } from 'vitest';
import { agreeRecovery } from '../../shared/cases/claim-overpayment.ts';
import { overpaymentId } from '../../shared/cases/recovery.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import { plainBankReference } from '../../shared/disbursement/payout.ts';
import type { CaseBook } from '../../shared/proof/case-book.ts';
import { advanced, illness } from './case-stages.ts';
import { begin, type Story } from './case-story.ts';
import { emptyWorld, fileIn, type World } from './case-world.ts';
import { person } from './small-union.ts';

/** A case of a world in memory as the proof of the books reads it. */
export function bookIn(world: World, caseId: string): CaseBook {
  const { case: theCase, scheduled: _due, ...parts } = fileIn(world, caseId);
  const { tallyKey } = theCase;
  const held = ({ payoutId, reference }: { payoutId: string; reference: string | undefined }) =>
    reference !== undefined && world.bankReferences.get(plainBankReference(reference)) === payoutId ? [payoutId] : [];
  const programme = world.programmes.get(caseId);
  if (programme === undefined) throw new Error(`no programme for ${caseId}`);
  return {
    ...parts,
    case: theCase,
    programme,
    entries: world.entries.filter((entry) => entry.caseId === caseId),
    batches: world.batches,
    referencesHeld: new Set([
      ...parts.payouts.flatMap(({ payoutId, bankReference }) => held({ payoutId, reference: bankReference })),
      ...parts.recoveries
        .flatMap(({ repayments }) => repayments)
        .flatMap(({ repaymentId, bankReference }) => held({ payoutId: repaymentId, reference: bankReference })),
    ]),
    talliedFen: (world.tallies.get(tallyKey ?? '') ?? []).find((part) => part.caseId === caseId)?.amountFen ?? 0,
  };
}

const bookOf = (world: World, story: Story): CaseBook => bookIn(world, story.caseId);
const all = (story: Story): number[] => story.file().payouts.map((_, index) => index);

function pay(story: Story, indexes: readonly number[]): void {
  for (const index of indexes) {
    expect(story.release('finance-1', index)).toBe('done');
    expect(story.confirm('finance-2', index)).toBe('done');
  }
}

/** A fire: an advance of 3,000 yuan from three funds, ratified by an award of two levels, all of it paid. */
export function paidFire(): CaseBook {
  const world = emptyWorld();
  const story = advanced(world);
  pay(story, all(story));
  story.bring('call-out-receipt', 'id-card', 'bank-card');
  expect(story.vote('member-1', 'recommend', { yuan: 6_000, visited: '2016-10-10' })).toBe('done');
  for (const who of ['officer-3', 'vice-1', 'chair-1']) {
    expect(story.vote(who, 'approve', { yuan: 6_000 })).toBe('done');
  }
  story.until(story.file().case.noticeUntil!);
  pay(story, [3, 4, 5]);
  expect(story.status()).toBe('paid');
  return bookOf(world, story);
}

/** A fire whose advance was paid and not ratified: 400 yuan have come back. */
export function owingFire(): CaseBook {
  const world = emptyWorld();
  const story = advanced(world);
  pay(story, all(story));
  expect(story.vote('member-1', 'decline')).toBe('done');
  expect([story.repay('finance-1', 400), story.confirmRepayment('finance-2', 1)]).toEqual(['done', 'done']);
  return bookOf(world, story);
}

/** An illness whose payment the bank sent back, and which was paid to another account; then 500 yuan of it were found to be too much. */
export function returnedIllness(): CaseBook {
  const world = emptyWorld();
  const story = begin(world, 'major-illness-relief');
  for (const who of ['member-1', 'leader-1']) expect(story.vote(who, 'recommend', { yuan: 3_000 })).toBe('done');
  expect(story.vote('officer-1', 'approve', { yuan: 3_000 })).toBe('done');
  story.until(story.file().case.noticeUntil!);
  pay(story, [0]);
  expect(story.return('finance-2')).toBe('done');
  story.propose({ ...illness.payee, accountNumber: '6222000000000009' });
  expect(story.decideAccount('office-1', true)).toBe('done');
  pay(story, [1]);
  expect(story.claimOverpayment('office-1', 500)).toBe('done');
  const recoveryId = overpaymentId(story.caseId, 0);
  const agreed = story.act((file, around) =>
    agreeRecovery(file, around, { personId: person('finance-1'), recoveryId }),
  );
  expect([agreed, story.status()]).toEqual(['done', 'paid']);
  return bookOf(world, story);
}

/** An illness that was approved and taken back before anything was sent. */
export function withdrawnIllness(): CaseBook {
  const world = emptyWorld();
  const story = begin(world, 'major-illness-relief');
  for (const who of ['member-1', 'leader-1']) story.vote(who, 'recommend', { yuan: 3_000 });
  story.vote('officer-1', 'approve', { yuan: 3_000 });
  story.until(story.file().case.noticeUntil!);
  expect([story.batch('finance-1'), story.withdraw()]).toEqual(['done', 'done']);
  return bookOf(world, story);
}

type Parts = Pick<CaseBook, 'requests' | 'votes' | 'awards' | 'payouts' | 'recoveries' | 'entries'>;
type PartOf<Name extends keyof Parts> = Parts[Name][number];

/** The book with one of its parts as it should not be. */
export const altered = <Name extends keyof Parts>(
  book: CaseBook,
  name: Name,
  index: number,
  alter: (part: PartOf<Name>) => PartOf<Name>,
): CaseBook => {
  const parts: readonly PartOf<Name>[] = book[name];
  if (parts[index] === undefined) throw new Error(`no ${index} among the ${name}`);
  return { ...book, [name]: parts.map((part, at) => (at === index ? alter(part) : part)) };
};

/** The book without one of its parts. */
export const without = (book: CaseBook, name: keyof Parts, index: number): CaseBook => ({
  ...book,
  [name]: [...book[name]].filter((_, at) => at !== index),
});

/** The book in which the batch of a payout is as it should not be; without `alter` it is not there. */
export function withBatch(book: CaseBook, payout: number, alter?: (batch: Batch) => Batch): CaseBook {
  const batchId = book.payouts[payout]?.batchId ?? '';
  const batch = book.batches.get(batchId);
  if (batch === undefined) throw new Error(`no batch of payout ${payout}`);
  const batches = new Map(book.batches);
  if (alter === undefined) batches.delete(batchId);
  else batches.set(batchId, alter(batch));
  return { ...book, batches };
}
