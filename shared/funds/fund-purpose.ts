import type { PatchId, ProgrammeId } from '../kernel/ids.ts';
import { type Fen, fen, leastFen } from '../kernel/money.ts';
import { addLocalDays, type LocalDate } from '../kernel/time.ts';
import { awardedIn, type Fund } from './fund.ts';
import type { AvailableFunds } from './fund-rule.ts';

/** What money is wanted for. */
export type Need = { readonly programmeId: ProgrammeId; readonly patchId: PatchId };

/** Why a fund may not be awarded from; the first that holds, in this order. */
export const fundBars = [
  'not-for-this-programme',
  'not-for-this-patch',
  'not-valid-yet',
  'expired',
  'no-budget-this-year',
] as const;
export type FundBar = (typeof fundBars)[number];

/** `leftFen`: what may still be awarded from it today, maybe nothing; `isByBudget` where the year's budget and not the money is the limit. */
export type MayPay =
  | { readonly mayPay: true; readonly leftFen: Fen; readonly isByBudget: boolean }
  | { readonly mayPay: false; readonly why: FundBar };

export const yearOf = (day: LocalDate): number => Number(day.slice(0, 4));

/**
 * The one rule of dedicated funds 专款专用: whether an award of today may draw on a fund, and on how much of it. What was reserved while
 * it was valid may still be paid later.
 */
export function mayPay(fund: Fund, { programmeId, patchId }: Need, today: LocalDate): MayPay {
  const { purpose, validity } = fund;
  const bar = (why: FundBar): MayPay => ({ mayPay: false, why });
  if (!purpose.programmes.includes(programmeId)) return bar('not-for-this-programme');
  if (purpose.patches !== undefined && !purpose.patches.includes(patchId)) return bar('not-for-this-patch');
  if (today < validity.from) return bar('not-valid-yet');
  if (isExpired(fund, today)) return bar('expired');
  const budgetFen = budgetLeft(fund, yearOf(today));
  if (budgetFen === 'none') return bar('no-budget-this-year');
  const isByBudget = budgetFen !== undefined && budgetFen < fund.availableFen;
  return { mayPay: true, leftFen: leastFen(fund.availableFen, budgetFen ?? fund.availableFen), isByBudget };
}

/** What may be awarded from it in a year: nothing set (`undefined`), no budget for that year (`none`), or what is left of it. */
export function budgetLeft(fund: Pick<Fund, 'budgets' | 'awarded'>, year: number): Fen | undefined | 'none' {
  if (fund.budgets.length === 0) return undefined;
  const budget = fund.budgets.find((each) => each.year === year);
  if (budget === undefined) return 'none';
  return fen(Math.max(0, budget.amountFen - awardedIn(fund, year)));
}

/** The funds that an award may draw on today, with what is left in each for it. */
export function payableFunds(funds: readonly Fund[], need: Need, today: LocalDate): AvailableFunds {
  return new Map(
    funds.flatMap((fund) => {
      const answer = mayPay(fund, need, today);
      return answer.mayPay ? [[fund.fundId, answer.leftFen] as const] : [];
    }),
  );
}

export const isExpired = ({ validity: { until } }: Pick<Fund, 'validity'>, today: LocalDate): boolean =>
  until !== undefined && until < today;

/** So long before a fund's last day the office and finance are shown what is left in it. */
const noticeDays = 60;

/**
 * Where a fund stands. `ending`: its last day is near. `over`: it has passed, and what is neither reserved nor paid waits to be carried
 * into the fund that follows, or to go back to its source; so does what is released from now on.
 */
export function stateOfFund(
  { validity }: Pick<Fund, 'validity'>,
  today: LocalDate,
): 'early' | 'open' | 'ending' | 'over' {
  if (today < validity.from) return 'early';
  if (isExpired({ validity }, today)) return 'over';
  return validity.until !== undefined && validity.until <= addLocalDays(today, noticeDays) ? 'ending' : 'open';
}
