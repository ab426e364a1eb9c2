import days from 'chinese-days';
import { addLocalDays, type Instant, type LocalDate, localDateOf, msIntoLocalDay, startOfLocalDate } from './time.ts';

/** Years whose public holidays and shifted working days have been announced and are known to `chinese-days`. */
export const knownHolidayYears = { first: 2004, last: 2026 } as const;

export const isKnownHolidayYear = (date: LocalDate): boolean => {
  const year = Number(date.slice(0, 4));
  return year >= knownHolidayYears.first && year <= knownHolidayYears.last;
};

/** A working day in China. In a year not announced yet, every Monday to Friday counts as one. */
export function isWorkingDay(date: LocalDate): boolean {
  if (isKnownHolidayYear(date)) return days.isWorkday(date);
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay();
  return weekday >= 1 && weekday <= 5;
}

/** A count of working days, and whether it ran over a year whose holidays are not announced yet. */
export type WorkingDayCount = { readonly date: LocalDate; readonly isEstimate: boolean };

/** The n-th working day after a date; the date itself does not count. */
export function addWorkingDays(from: LocalDate, count: number): WorkingDayCount {
  let date = from;
  let isEstimate = false;
  for (let left = count; left > 0; ) {
    date = addLocalDays(date, 1);
    isEstimate ||= !isKnownHolidayYear(date);
    if (isWorkingDay(date)) left -= 1;
  }
  return { date, isEstimate };
}

/** The same time of day, n working days later. A wait that begins on a holiday runs from that holiday. */
export function workingDaysAfter(instant: Instant, count: number): Instant {
  return startOfLocalDate(addWorkingDays(localDateOf(instant), count).date, msIntoLocalDay(instant));
}

/** Working days after `from` up to and including `to`; 0 if `to` is not later. */
export function workingDaysBetween(from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let date = addLocalDays(from, 1); date <= to; date = addLocalDays(date, 1)) if (isWorkingDay(date)) count += 1;
  return count;
}
