import type { CaseBook } from '../../shared/proof/case-book.ts';
import type { Fault } from '../../shared/proof/fault.ts';
import { proveAward } from '../../shared/proof/prove-award.ts';
import { provePayout } from '../../shared/proof/prove-payout.ts';

/** What the proof says of all awards of a book, and of all its payouts. */
export const faultsOfAwards = (book: CaseBook): Fault[] => book.awards.flatMap((award) => proveAward(book, award));
export const faultsOfPayouts = (book: CaseBook): Fault[] => book.payouts.flatMap((payout) => provePayout(book, payout));

/** The awards of a fire in the proof's words: what was paid ahead, and the whole. */
export const advance = 'award#case-1.1';
export const whole = 'award#case-1.2';
/** The payouts of the illness whose money came back: the first attempt, and the second. */
export const replaced = 'payout#case-1.1.1.1';
export const paid = 'payout#case-1.1.1.2';

/** Where the first such part of a book stands. @throws Error if there is none */
export function indexOf<T>(items: readonly T[], is: (item: T) => boolean): number {
  const index = items.findIndex(is);
  if (index < 0) throw new Error('nothing like this in the book');
  return index;
}
