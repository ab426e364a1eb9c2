import { type Instant, localDateOf } from '../kernel/time.ts';
import { assertNever } from '../kernel/result.ts';
import type { PersonId, ScheduledItemId } from '../kernel/ids.ts';
import { holdsRole } from '../register/staff.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import {
  changed,
  mailApplicant,
  mailPerson,
  openRequestOf,
  putScheduled,
  record,
  type Work,
  workOn,
} from './case-work.ts';
import { peopleWith } from './hand-to-office.ts';
import { keepSchedule } from './keep-schedule.ts';
import { remindAsked } from './remind-asked.ts';
import { isWaiting, type ScheduledItem } from './scheduled-item.ts';

/**
 * Climbs what has come due of one scheduled item: reminds before its day, hands it over to the office on it, each once. Where both
 * have passed meanwhile only the later is told. Never decides anything and never moves the case.
 */
export function climbScheduled(file: CaseFile, around: Around, itemId: ScheduledItemId): Decided | { kind: 'not-due' } {
  if (
    !isToClimb(
      file.scheduled.find((each) => each.itemId === itemId),
      around.now,
    )
  )
    return { kind: 'not-due' };
  const work = workOn(file, around, 'system:clock');
  keepSchedule(work, around.programme);
  const item = work.scheduled.find((each) => each.itemId === itemId);
  if (!isToClimb(item, around.now)) return changed(work);
  const climbed = rungsReached(item, around.now);
  putScheduled(work, { ...item, climbed });
  for (const { rung } of item.rungs.slice(item.climbed, climbed)) {
    record(work, 'item-rung-climbed', { itemId, kind: item.kind, rung });
  }
  if (item.rungs[climbed - 1]?.rung === 'overdue') handOver(work, around, item);
  else remind(work, around, item);
  return changed(work);
}

const rungsReached = ({ rungs }: ScheduledItem, now: Instant): number => rungs.filter(({ at }) => at <= now).length;

const isToClimb = (item: ScheduledItem | undefined, now: Instant): item is ScheduledItem =>
  item !== undefined && isWaiting(item) && rungsReached(item, now) > item.climbed;

function remind(work: Work, around: Around, item: ScheduledItem): void {
  const { itemId } = item;
  switch (item.kind) {
    case 'paper':
      return mailApplicant(work, 'paper-due', { itemId });
    case 'advance-payment':
      return mailUnion(work, around, 'finance', 'advance-unpaid', item);
    case 'chain': {
      const request = openRequestOf(work);
      if (request !== undefined) remindAsked(work, around, request);
      if (request?.purpose === 'correction') mailApplicant(work, 'returned');
      return mailUnion(work, around, 'office', 'chain-due', item);
    }
    case 'visit':
      for (const personId of visitorsOf(work, around)) mailPerson(work, 'visit-due', personId, { itemId });
      return;
    default:
      return assertNever(item);
  }
}

/** The office is told, the alarm rings; the applicant is told what becomes of a payment without its papers. */
function handOver(work: Work, around: Around, item: ScheduledItem): void {
  const { itemId, kind } = item;
  mailUnion(work, around, 'office', 'item-overdue', item);
  if (kind === 'paper') mailApplicant(work, 'paper-overdue', { itemId });
  record(work, 'overdue', { itemId, kind });
}

function mailUnion(
  work: Work,
  { staff, now }: Around,
  role: 'finance' | 'office',
  template: 'advance-unpaid' | 'chain-due' | 'item-overdue',
  { itemId }: ScheduledItem,
): void {
  for (const { personId } of peopleWith(role, staff, localDateOf(now)))
    mailPerson(work, template, personId, { itemId });
}

/** Who visits a household: the patch member; where there is none, or they are of the family, the deputy, then the head. */
function visitorsOf({ case: { patchId } }: Work, { staff, interests, now }: Around): PersonId[] {
  const today = localDateOf(now);
  for (const role of ['patch-member', 'deputy', 'head'] as const) {
    const holders = staff.filter(
      (member) => holdsRole(member, role, today, patchId) && !interests.has(member.personId),
    );
    if (holders.length > 0) return holders.map(({ personId }) => personId);
  }
  return [];
}
