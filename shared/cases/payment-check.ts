import type { PersonId, ScheduledItemId } from '../kernel/ids.ts';
import type { Fen } from '../kernel/money.ts';
import { localDateOf } from '../kernel/time.ts';
import { workingDaysAfter } from '../kernel/working-days.ts';
import type { Around, CaseFile, Decided, RefusalCode } from './case-file.ts';
import { changed, mailPerson, putScheduled, record, refused, workOn } from './case-work.ts';
import { peopleWith } from './hand-to-office.ts';
import { isInterested } from './interest.ts';
import { isWaiting, type ScheduledItem, type ScheduledItemOf } from './scheduled-item.ts';

/** Working days in which a finding should be closed. */
const findingDays = 10;

type Check = ScheduledItemOf<'payment-check'>;
const waitingChecks = (items: readonly ScheduledItem[]): Check[] =>
  items.flatMap((item) => (item.kind === 'payment-check' && isWaiting(item) ? [item] : []));

/** The question that nobody has answered yet. */
export const checkToAnswer = (items: readonly ScheduledItem[]): Check | undefined =>
  waitingChecks(items).find(({ findingAt }) => findingAt === undefined);

/** What arrived differs from what was paid, and nobody has said why. */
export const findingToClose = (items: readonly ScheduledItem[]): Check | undefined =>
  waitingChecks(items).find(({ findingAt }) => findingAt !== undefined);

/** Whoever had a hand in the payment, or answered for the household, does not close a finding about it. */
export function barOfFinding(
  personId: PersonId,
  file: CaseFile,
  around: Pick<Around, 'staff' | 'interests'>,
  { answeredBy }: Pick<Check, 'answeredBy'>,
): RefusalCode | undefined {
  if (isInterested(personId, file, around)) return 'barred-by-interest';
  const hasPaid = file.payouts.some(({ batchedBy, sentBy, settledBy }) =>
    [batchedBy, sentBy, settledBy].includes(personId),
  );
  return hasPaid || answeredBy === personId ? 'same-person' : undefined;
}

/**
 * What arrived, as the household says: by itself, or to whoever visited it. The sum that was paid ends the question; nothing, or another
 * sum, is a finding, of which the office is told.
 */
export function answerPaymentCheck(
  file: CaseFile,
  around: Around,
  { by, arrivedFen }: { readonly by: PersonId | 'applicant'; readonly arrivedFen: Fen },
): Decided {
  const item = checkToAnswer(file.scheduled);
  if (item === undefined) return refused('not-possible-now');
  if (by !== 'applicant' && isInterested(by, file, around)) return refused('barred-by-interest');
  const { now, staff } = around;
  const { itemId, expectedFen } = item;
  const work = workOn(file, around, by);
  const answered = { ...item, arrivedFen, answeredAt: now, answeredBy: by };
  record(work, 'payment-checked', { itemId, arrivedFen, amountFen: expectedFen });
  if (arrivedFen === expectedFen) {
    putScheduled(work, { ...answered, status: 'done', doneAt: now });
    return changed(work);
  }
  const dueAt = workingDaysAfter(now, findingDays);
  putScheduled(work, { ...answered, findingAt: now, dueAt, rungs: [{ rung: 'overdue', at: dueAt }], climbed: 0 });
  record(work, 'payment-finding-opened', { itemId, arrivedFen, amountFen: expectedFen });
  for (const { personId } of peopleWith('office', staff, localDateOf(now))) {
    mailPerson(work, 'payment-finding', personId, { itemId });
  }
  return changed(work);
}

/** What became of a finding, in words, by somebody who did not pay it. */
export function closeFinding(
  file: CaseFile,
  around: Around,
  { personId, itemId, note }: { readonly personId: PersonId; readonly itemId: ScheduledItemId; readonly note: string },
): Decided {
  const item = findingToClose(file.scheduled);
  if (item?.itemId !== itemId) return refused('not-possible-now');
  const bar = barOfFinding(personId, file, around, item);
  if (bar !== undefined) return refused(bar);
  if (note.trim() === '') return refused('reason-missing');
  const work = workOn(file, around, personId);
  putScheduled(work, { ...item, status: 'done', doneAt: around.now, note: note.trim(), closedBy: personId });
  record(work, 'payment-finding-closed', { itemId });
  return changed(work);
}
