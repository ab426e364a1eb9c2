import type { PersonId, ScheduledItemId } from '../kernel/ids.ts';
import { addLocalDays, type Instant, lastDayBefore, type LocalDate, localDateOf } from '../kernel/time.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import { changed, mailApplicant, putScheduled, record, refused, workOn } from './case-work.ts';
import { endOfDay, rungsBefore } from './due-dates.ts';
import { isInterested } from './interest.ts';
import { isWaiting, type ScheduledItem, type ScheduledItemOf } from './scheduled-item.ts';

/** However long an authority takes: half a year at a time. */
const mostExtensionDays = 180;

type ByStaff = { readonly personId: PersonId; readonly itemId: ScheduledItemId };
type Days = { readonly first: LocalDate; readonly last: LocalDate };

/** To which days a paper can be put off: after today and after its present day, at most half a year from now. */
export function daysToExtendTo({ dueAt }: Pick<ScheduledItem, 'dueAt'>, now: Instant): Days {
  const today = localDateOf(now);
  const dueOn = lastDayBefore(dueAt);
  return { first: addLocalDays(dueOn > today ? dueOn : today, 1), last: addLocalDays(today, mostExtensionDays) };
}

/** On which days a visit after the payment can have been: since the case was paid, until today. */
export const daysToHaveVisited = ({ case: { closedAt } }: CaseFile, now: Instant): Days => ({
  first: localDateOf(closedAt ?? now),
  last: localDateOf(now),
});

const isWithin = (day: LocalDate, { first, last }: Days): boolean => first <= day && day <= last;

/** A paper that the programme lets be put off and that is still waited for. */
export function paperToExtend(
  { scheduled }: CaseFile,
  { programme }: Pick<Around, 'programme'>,
  itemId: string,
): ScheduledItemOf<'paper'> | undefined {
  const item = scheduled.find((each) => each.itemId === itemId);
  if (item?.kind !== 'paper' || !isWaiting(item)) return undefined;
  const due = programme.papers.find(({ id }) => id === item.paperId)?.due;
  return typeof due === 'object' && due.isExtendable ? item : undefined;
}

export function visitToRecord({ scheduled }: CaseFile, itemId: string): ScheduledItemOf<'visit'> | undefined {
  const item = scheduled.find((each) => each.itemId === itemId);
  return item?.kind === 'visit' && isWaiting(item) ? item : undefined;
}

/** The office puts the day of a paper off 延期, with its reason; the applicant is told, and reminded again before the new day. */
export function extendPaper(
  file: CaseFile,
  around: Around,
  { personId, itemId, until, reason }: ByStaff & { readonly until: LocalDate; readonly reason: string },
): Decided {
  const item = paperToExtend(file, around, itemId);
  if (item === undefined) return refused('not-possible-now');
  if (isInterested(personId, file, around)) return refused('barred-by-interest');
  if (reason.trim() === '') return refused('reason-missing');
  if (!isWithin(until, daysToExtendTo(item, around.now))) return refused('date-out-of-range');
  const work = workOn(file, around, personId);
  const dueAt = endOfDay(until);
  const extendedTimes = item.extendedTimes + 1;
  const rungs = rungsBefore(around.now, dueAt);
  putScheduled(work, { ...item, dueAt, rungs, climbed: 0, extendedTimes, reason: reason.trim() });
  record(work, 'paper-extended', { itemId, paperId: item.paperId, until, extendedTimes });
  mailApplicant(work, 'paper-extended');
  return changed(work);
}

/** The visit 回访 after the payment has been made: by the office, or whoever is responsible for the patch. */
export function recordVisit(
  file: CaseFile,
  around: Around,
  { personId, itemId, visitedOn, note }: ByStaff & { readonly visitedOn: LocalDate; readonly note: string },
): Decided {
  const item = visitToRecord(file, itemId);
  if (item === undefined) return refused('not-possible-now');
  if (isInterested(personId, file, around)) return refused('barred-by-interest');
  if (note.trim() === '') return refused('reason-missing');
  if (!isWithin(visitedOn, daysToHaveVisited(file, around.now))) return refused('date-out-of-range');
  const work = workOn(file, around, personId);
  putScheduled(work, { ...item, status: 'done', doneAt: around.now, visitedOn, note: note.trim(), by: personId });
  record(work, 'visit-recorded', { itemId, visit: item.visit, visitedOn });
  return changed(work);
}
