import type { Instant, LocalDate } from '../kernel/time.ts';
import { addLocalDays, localDateOf, startOfLocalDate } from '../kernel/time.ts';
import { holdsRole, type StaffMember } from '../register/staff.ts';
import type { Fund, FundTelling } from './fund.ts';
import { isExpired } from './fund-purpose.ts';

/** So long before a fund's last day finance and the office are told by mail: time to carry over what is left, or to hand it back. */
const toldDaysBefore = 30;

const wasTold = ({ told = [], validity: { until } }: Fund, what: FundTelling): boolean =>
  told.some((each) => each.what === what && each.until === until);

/**
 * What is to be told of a fund today, if it has not been: that its last day is near (`ending`), or that it has passed while something is
 * still reserved (`over`). Once for each last day: a fund whose end is put off is told of anew.
 */
export function tellingOf(fund: Fund, today: LocalDate): FundTelling | undefined {
  const { until } = fund.validity;
  if (until === undefined) return undefined;
  if (isExpired(fund, today)) return fund.reservedFen > 0 && !wasTold(fund, 'over') ? 'over' : undefined;
  return today >= addLocalDays(until, -toldDaysBefore) && !wasTold(fund, 'ending') ? 'ending' : undefined;
}

/** When something may have to be told of these funds next, later than now; null if never. */
export function nextTelling(funds: readonly Fund[], now: Instant): Instant | null {
  const days = funds.flatMap(({ validity: { until } }) =>
    until === undefined ? [] : [addLocalDays(until, -toldDaysBefore), addLocalDays(until, 1)],
  );
  const today = localDateOf(now);
  const [first] = days.filter((day) => day > today).toSorted();
  return first === undefined ? null : startOfLocalDate(first);
}

/** Who is told: everybody of finance and of the office. */
export const toldOfFunds = (staff: readonly StaffMember[], today: LocalDate): StaffMember[] =>
  staff.filter((member) => holdsRole(member, 'finance', today) || holdsRole(member, 'office', today));
