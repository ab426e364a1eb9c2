import { type Instant, localDateOf } from '../kernel/time.ts';
import { assertNever } from '../kernel/result.ts';
import { workingDaysAfter } from '../kernel/working-days.ts';
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
import { becomeUnknown } from './become-unknown.ts';
import { peopleWith } from './hand-to-office.ts';
import { keepSchedule } from './keep-schedule.ts';
import { remindAsked } from './remind-asked.ts';
import { isWaiting, type ScheduledItem } from './scheduled-item.ts';

/** How often office and finance are told of money that does not come back. */
const clawBackAgainDays = 20;

/**
 * Climbs what has come due of one scheduled item: reminds before its day, hands it over to the office on it, each once. Where both
 * have passed meanwhile only the later is told. Several papers of a case that are due at once are climbed together. Never decides
 * anything and never moves the case; a payment on which the bank stays silent is marked as unknown.
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
  const rung = rungNow(item, around.now);
  for (const each of work.scheduled.filter((other) => isToldWith(other, item, around.now))) {
    const climbed = rungsReached(each, around.now);
    putScheduled(work, { ...each, climbed });
    for (const { rung: passed } of each.rungs.slice(each.climbed, climbed)) {
      record(work, 'item-rung-climbed', { itemId: each.itemId, kind: each.kind, rung: passed });
    }
    if (rung === 'overdue') record(work, 'overdue', { itemId: each.itemId, kind: each.kind });
  }
  if (rung === 'overdue') handOver(work, around, item);
  else remind(work, around, item);
  return changed(work);
}

const rungNow = (item: ScheduledItem, now: Instant) => item.rungs[rungsReached(item, now) - 1]?.rung;

/** Papers of one case that have come to the same rung are told in one mail. */
const isToldWith = (other: ScheduledItem, item: ScheduledItem, now: Instant): boolean =>
  other.itemId === item.itemId ||
  (item.kind === 'paper' &&
    other.kind === 'paper' &&
    isToClimb(other, now) &&
    rungNow(other, now) === rungNow(item, now));

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
    case 'home-visit':
      for (const personId of visitorsOf(work, around)) mailPerson(work, 'home-visit-due', personId, { itemId });
      return;
    case 'payment-check':
      return mailApplicant(work, 'payment-check', { itemId });
    case 'bank-answer':
      return mailUnion(work, around, 'finance', 'bank-silent', item);
    case 'claw-back':
      for (const role of ['office', 'finance'] as const) mailUnion(work, around, role, 'claw-back', item);
      return;
    case 'visit':
      for (const personId of visitorsOf(work, around)) mailPerson(work, 'visit-due', personId, { itemId });
      return;
    default:
      return assertNever(item);
  }
}

/** The office is told; the applicant is told what becomes of a payment without its papers. */
function handOver(work: Work, around: Around, item: ScheduledItem): void {
  if (item.kind === 'claw-back') {
    remind(work, around, item);
    // Until it is settled, and never more than the next rung is kept.
    putScheduled(work, {
      ...item,
      climbed: 0,
      rungs: [{ rung: 'overdue', at: workingDaysAfter(around.now, clawBackAgainDays) }],
    });
    return;
  }
  if (item.kind === 'bank-answer') {
    const payout = work.payouts.find(({ payoutId, status }) => payoutId === item.payoutId && status === 'sent');
    if (payout !== undefined) becomeUnknown(work, payout);
    // Bound to no item: this one is done now, and a mail about one that is done is not sent.
    for (const role of ['finance', 'office'] as const) tellOfSilence(work, around, role);
    keepSchedule(work, around.programme);
    return;
  }
  mailUnion(work, around, 'office', 'item-overdue', item);
  if (item.kind === 'paper') mailApplicant(work, 'paper-overdue', { itemId: item.itemId });
}

function mailUnion(
  work: Work,
  { staff, now }: Around,
  role: 'finance' | 'office',
  template: 'advance-unpaid' | 'chain-due' | 'item-overdue' | 'claw-back' | 'bank-silent',
  { itemId }: ScheduledItem,
): void {
  for (const { personId } of peopleWith(role, staff, localDateOf(now)))
    mailPerson(work, template, personId, { itemId });
}

function tellOfSilence(work: Work, { staff, now }: Around, role: 'finance' | 'office'): void {
  for (const { personId } of peopleWith(role, staff, localDateOf(now))) mailPerson(work, 'bank-silent', personId);
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
