import { transition } from '../kernel/lifecycle.ts';
import { type Instant, addLocalDays, localDateOf } from '../kernel/time.ts';
import { addFen } from '../kernel/money.ts';
import { assertNever } from '../kernel/result.ts';
import { workingDaysAfter } from '../kernel/working-days.ts';
import { isSettled } from '../disbursement/payout.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import { putScheduled, record, type Work } from './case-work.ts';
import { advanceOf, advanceRungs, advanceStageOf, endOfDay, paperDueAt, rungsBefore } from './due-dates.ts';
import { hasVisited, homeVisitDueAt } from './home-visit.ts';
import { laterPapersMissing } from './later-papers.ts';
import { recoveryOf } from './recovery.ts';
import { endOfWorkingDays } from './rungs.ts';
import {
  isWaiting,
  type ScheduledAction,
  type ScheduledItem,
  scheduledItemId,
  scheduledLifecycle,
} from './scheduled-item.ts';

/** Working days that a bank may be silent: then finance is reminded, then the payment is unknown. */
const bankAnswerDays = { remind: 2, unknown: 5 } as const;

/** Working days after a claim was opened. */
const clawBackDays = { first: 5, second: 10, overdue: 20 } as const;

/**
 * Makes what is scheduled on a case agree with where it stands: schedules what has come to be due, completes what has happened,
 * cancels what nobody waits for any more. Doing it twice changes nothing, so every command that could matter calls it.
 */
export function keepSchedule(work: Work, programme: ProgrammeVersion): void {
  const wanted = [
    ...papersWanted(work, programme),
    ...advanceWanted(work, programme),
    ...homeVisitWanted(work, programme),
    ...bankAnswersWanted(work),
    ...clawBacksWanted(work),
  ];
  for (const item of wanted) schedule(work, item);
  for (const item of work.scheduled.filter(isWaiting)) {
    const action = whatBecameOf(work, programme, item);
    if (action !== undefined) settle(work, item, action);
  }
}

/** The visits that a programme asks for after the last payment, counted from it. */
export function scheduleVisits(work: Work, { afterwards }: ProgrammeVersion): void {
  const { now } = work.around;
  afterwards.forEach(({ afterDays }, index) => {
    const dueAt = endOfDay(addLocalDays(localDateOf(now), afterDays));
    const visit = index + 1;
    schedule(work, { kind: 'visit', visit, ...itemBase(work, 'visit', visit, dueAt, rungsBefore(now, dueAt)) });
  });
}

/** One paid case in so many is asked whether its money arrived 到账抽查. */
const paymentCheckShare = { oneIn: 10, askAfterWorkingDays: 2, dueAfterWorkingDays: 15 } as const;

/** A case that is in the sample is asked once, also if it was in payment twice. */
export function schedulePaymentCheck(work: Work): void {
  const { now, checkDraw } = work.around;
  const { oneIn, askAfterWorkingDays, dueAfterWorkingDays } = paymentCheckShare;
  const there = work.scheduled.find(({ kind }) => kind === 'payment-check');
  if (checkDraw === undefined || checkDraw >= 1 / oneIn || (there !== undefined && there.status !== 'cancelled'))
    return;
  const paid = work.payouts.filter(({ status }) => status === 'paid').map(({ amountFen }) => amountFen);
  const expectedFen = addFen(...paid);
  if (expectedFen === 0) return;
  const dueAt = workingDaysAfter(now, dueAfterWorkingDays);
  const rungs: ScheduledItem['rungs'] = [
    { rung: 'remind', at: workingDaysAfter(now, askAfterWorkingDays) },
    { rung: 'overdue', at: dueAt },
  ];
  schedule(work, { kind: 'payment-check', expectedFen, ...itemBase(work, 'payment-check', 1, dueAt, rungs) });
}

function itemBase(
  { case: { caseId }, around }: Work,
  kind: ScheduledItem['kind'],
  subject: string | number,
  dueAt: Instant,
  rungs: ScheduledItem['rungs'],
) {
  const itemId = scheduledItemId(caseId, kind, subject);
  return { itemId, caseId, dueAt, rungs, climbed: 0, status: 'waiting', scheduledAt: around.now } as const;
}

/** Intake has let it in, and it has not come to an end, or to that of its payment. */
const isAccepted = ({ case: { status, stageIndex, closedAt } }: Work): boolean =>
  status === 'paid' || (closedAt === undefined && stageIndex > 0 && status !== 'returned');

function papersWanted(work: Work, programme: ProgrammeVersion): ScheduledItem[] {
  if (!isAccepted(work)) return [];
  const { now } = work.around;
  const advance = advanceOf(work);
  return laterPapersMissing(work.case, programme, now).map((paper): ScheduledItem => {
    const dueAt = paperDueAt(paper, work.case, programme, advance);
    const base = itemBase(work, 'paper', paper.id, dueAt, rungsBefore(now, dueAt));
    return { kind: 'paper', paperId: paper.id, extendedTimes: 0, ...base };
  });
}

function advanceWanted(work: Work, programme: ProgrammeVersion): ScheduledItem[] {
  const advance = advanceOf(work);
  if (advance === undefined || !isAccepted(work) || work.case.closedAt !== undefined) return [];
  const { awardId, at } = advance;
  const items: ScheduledItem[] = [];
  if (isUnpaid(work, awardId)) {
    const rungs = advanceRungs(programme, at);
    const dueAt = rungs.at(-1)?.at ?? at;
    items.push({ kind: 'advance-payment', awardId, ...itemBase(work, 'advance-payment', awardId, dueAt, rungs) });
  }
  const within = advanceStageOf(programme)?.wholeWithinWorkingDays;
  if (within !== undefined) {
    const { until } = endOfWorkingDays(at, within);
    items.push({ kind: 'chain', awardId, ...itemBase(work, 'chain', awardId, until, rungsBefore(at, until)) });
  }
  return items;
}

function homeVisitWanted(work: Work, programme: ProgrammeVersion): ScheduledItem[] {
  const dueAt = homeVisitDueAt(work.case, programme);
  if (dueAt === undefined || hasVisited(work)) return [];
  const { contentVersion, stageEnteredAt } = work.case;
  const rungs = rungsBefore(stageEnteredAt, dueAt);
  return [{ kind: 'home-visit', contentVersion, ...itemBase(work, 'home-visit', contentVersion, dueAt, rungs) }];
}

/** Counted from the release of its batch; where an answer was taken back, from then on. */
const bankAnswersWanted = (work: Work): ScheduledItem[] =>
  work.payouts
    .filter(({ status }) => status === 'sent')
    .map(({ payoutId, sentAt, orderedAt }) => {
      const { now } = work.around;
      const there = work.scheduled.find((each) => each.kind === 'bank-answer' && each.payoutId === payoutId);
      const since = there === undefined || isWaiting(there) ? (sentAt ?? orderedAt) : now;
      const dueAt = workingDaysAfter(since, bankAnswerDays.unknown);
      const rungs: ScheduledItem['rungs'] = [
        { rung: 'remind', at: workingDaysAfter(since, bankAnswerDays.remind) },
        { rung: 'overdue', at: dueAt },
      ];
      return { kind: 'bank-answer', payoutId, ...itemBase(work, 'bank-answer', payoutId, dueAt, rungs) };
    });

/** Office and finance are told of what is to come back, and again until it has: see `climb-scheduled`. */
const clawBacksWanted = (work: Work): ScheduledItem[] =>
  work.recoveries
    .filter(({ status }) => status === 'open')
    .map(({ recoveryId, openedAt }) => {
      const rungs: ScheduledItem['rungs'] = [
        { rung: 'remind', at: workingDaysAfter(openedAt, clawBackDays.first) },
        { rung: 'remind', at: workingDaysAfter(openedAt, clawBackDays.second) },
        { rung: 'overdue', at: workingDaysAfter(openedAt, clawBackDays.overdue) },
      ];
      const dueAt = rungs.at(-1)?.at ?? openedAt;
      return { kind: 'claw-back', recoveryId, ...itemBase(work, 'claw-back', recoveryId, dueAt, rungs) };
    });

const isUnpaid = ({ payouts }: Work, awardId: string): boolean =>
  payouts.some((payout) => payout.awardId === awardId && !isSettled(payout));

function schedule(work: Work, wanted: ScheduledItem): void {
  const { itemId, kind } = wanted;
  const there = work.scheduled.find((each) => each.itemId === itemId);
  if (there === undefined) {
    putScheduled(work, wanted);
    record(work, 'item-scheduled', { itemId, kind, dueAt: wanted.dueAt });
  } else if (!isWaiting(there)) {
    resume(work, there, wanted);
  } else if (isSooner(wanted, there)) {
    putScheduled(work, { ...there, dueAt: wanted.dueAt, rungs: wanted.rungs });
    record(work, 'item-scheduled', { itemId, kind, dueAt: wanted.dueAt });
  }
}

/** An advance makes papers due earlier; what was put off, or reminded of, keeps its day. */
const isSooner = (wanted: ScheduledItem, there: ScheduledItem): boolean =>
  there.kind === 'paper' && there.extendedTimes === 0 && there.climbed === 0 && wanted.dueAt < there.dueAt;

function resume(work: Work, item: ScheduledItem, wanted: ScheduledItem): void {
  const { doneAt: _over, ...rest } = item;
  // The money was sent again, and with it the question.
  if (wanted.kind === 'payment-check') {
    putScheduled(work, wanted);
    return record(work, 'item-resumed', { itemId: item.itemId, kind: item.kind });
  }
  // A claim that is made anew, or an answer that was taken back, is counted anew.
  const isCountedAnew = item.kind === 'claw-back' || item.kind === 'bank-answer';
  const { dueAt, rungs } = isCountedAnew ? wanted : item;
  putScheduled(work, { ...rest, dueAt, rungs, status: statusAfter(item, 'resume'), climbed: 0 });
  record(work, 'item-resumed', { itemId: item.itemId, kind: item.kind });
}

function whatBecameOf(work: Work, programme: ProgrammeVersion, item: ScheduledItem): ScheduledAction | undefined {
  const { status, closedAt } = work.case;
  const hasEndedUnpaid = closedAt !== undefined && status !== 'paid';
  switch (item.kind) {
    case 'paper':
      if (hasEndedUnpaid) return 'cancel';
      if (laterPapersMissing(work.case, programme, work.around.now).some(({ id }) => id === item.paperId))
        return undefined;
      return work.case.papers.some(({ paperId }) => paperId === item.paperId) ? 'complete' : 'cancel';
    case 'advance-payment': {
      // Also after the case has ended: what the bank was told to pay must still be confirmed.
      if (isUnpaid(work, item.awardId)) return undefined;
      const isPaid = work.payouts.some((payout) => payout.awardId === item.awardId && payout.status === 'paid');
      return isPaid ? 'complete' : 'cancel';
    }
    case 'chain':
      if (status === 'paid') return 'complete';
      return hasEndedUnpaid ? 'cancel' : undefined;
    case 'home-visit':
      if (hasVisited(work) && work.case.contentVersion === item.contentVersion) return 'complete';
      return status === 'in-review' && work.case.contentVersion === item.contentVersion ? undefined : 'cancel';
    case 'visit':
      return undefined;
    case 'payment-check':
      // A finding waits for whoever closes it, whatever becomes of the case.
      return status === 'paid' || item.findingAt !== undefined ? undefined : 'cancel';
    case 'bank-answer': {
      const payout = work.payouts.find(({ payoutId }) => payoutId === item.payoutId);
      return payout?.status === 'sent' ? undefined : 'complete';
    }
    case 'claw-back': {
      const claim = recoveryOf(work, item.recoveryId);
      if (claim?.status === 'open') return undefined;
      return claim?.status === 'settled' ? 'complete' : 'cancel';
    }
    default:
      return assertNever(item);
  }
}

function settle(work: Work, item: ScheduledItem, action: ScheduledAction): void {
  const status = statusAfter(item, action);
  putScheduled(work, { ...item, status, doneAt: work.around.now });
  record(work, `item-${status}`, { itemId: item.itemId, kind: item.kind });
}

function statusAfter({ status }: ScheduledItem, action: ScheduledAction): ScheduledItem['status'] {
  const moved = transition(scheduledLifecycle, status, action);
  if (!moved.ok) throw new Error(`${action} is not possible for something that is ${status}`);
  return moved.value;
}
