import type { Batch } from '../disbursement/batch.ts';
import type { Payout } from '../disbursement/payout.ts';
import type { LedgerEntry } from '../funds/fund.ts';
import type { AuditEventName } from '../kernel/audit-event-names.ts';
import {
  type BatchId,
  type ObjectionId,
  outboxIdSchema,
  type PersonId,
  type RecoveryId,
  type RequestId,
  type ScheduledItemId,
} from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import type { Objection } from '../notice/objection.ts';
import type {
  Around,
  CaseFile,
  Changes,
  LinkIssue,
  MailTemplate,
  OutboxItem,
  Refusal,
  RefusalCode,
} from './case-file.ts';
import { type CaseAction, caseLifecycle } from './case-lifecycle.ts';
import type { Award, DecisionRequest, Vote } from './decision-request.ts';
import type { Recovery } from './recovery.ts';
import type { ReliefCase } from './relief-case.ts';
import type { ScheduledItem } from './scheduled-item.ts';

/**
 * One command at work on a case file: the file as it is so far, and what has been touched. It lives and dies inside a command;
 * from outside a command is a pure function of file, surroundings and input.
 */
export type Work = {
  readonly around: Pick<Around, 'now' | 'newId' | 'checkDraw'> & Partial<Pick<Around, 'staff'>>;
  readonly by: string;
  case: ReliefCase;
  requests: readonly DecisionRequest[];
  votes: readonly Vote[];
  awards: readonly Award[];
  payouts: readonly Payout[];
  batches: readonly Batch[];
  entersBatch?: BatchId;
  objections: readonly Objection[];
  scheduled: readonly ScheduledItem[];
  recoveries: readonly Recovery[];
  readonly touched: Set<object>;
  readonly entries: LedgerEntry[];
  readonly outbox: OutboxItem[];
  readonly doneOutbox: Pick<OutboxItem, 'outboxId' | 'createdAt'>[];
  readonly links: LinkIssue[];
  readonly facts: { event: AuditEventName; details: Record<string, string | number | boolean | null> }[];
  readonly takesClaims: string[];
  readonly releasesClaims: string[];
  readonly takesBankReferences: NonNullable<Changes['takesBankReferences']>[number][];
  readonly releasesBankReferences: NonNullable<Changes['releasesBankReferences']>[number][];
  tally: Changes['tally'];
};

/** `by` names who acts, for the audit trail: a person's id, `applicant`, or `system:<what>`. */
export function workOn(
  file: CaseFile,
  around: Pick<Around, 'now' | 'newId' | 'batches' | 'checkDraw'> & Partial<Pick<Around, 'staff'>>,
  by: string,
): Work {
  return {
    around,
    by,
    case: file.case,
    requests: file.requests,
    votes: file.votes,
    awards: file.awards,
    payouts: file.payouts,
    batches: around.batches,
    objections: file.objections,
    scheduled: file.scheduled,
    recoveries: file.recoveries,
    touched: new Set(),
    entries: [],
    outbox: [],
    doneOutbox: [],
    links: [],
    facts: [],
    takesClaims: [],
    releasesClaims: [],
    takesBankReferences: [],
    releasesBankReferences: [],
    tally: undefined,
  };
}

/** What the work comes to: only what was touched is written. */
export function changesOf(work: Work): Changes {
  const touched = <T extends object>(items: readonly T[]) => items.filter((item) => work.touched.has(item));
  return {
    case: work.case,
    requests: touched(work.requests),
    votes: touched(work.votes),
    awards: touched(work.awards),
    payouts: touched(work.payouts),
    ...(work.entersBatch !== undefined && { entersBatch: work.entersBatch }),
    batches: touched(work.batches),
    objections: touched(work.objections),
    scheduled: touched(work.scheduled),
    recoveries: touched(work.recoveries),
    entries: work.entries,
    takesClaims: work.takesClaims,
    releasesClaims: work.releasesClaims,
    takesBankReferences: work.takesBankReferences,
    releasesBankReferences: work.releasesBankReferences,
    ...(work.tally === undefined ? {} : { tally: work.tally }),
    facts: work.facts.map(({ event, details }) => ({ event, details, by: work.by, at: work.around.now })),
    outbox: work.outbox,
    doneOutbox: work.doneOutbox,
    links: work.links,
  };
}

export const changed = (work: Work): { kind: 'changed'; changes: Changes } => ({
  kind: 'changed',
  changes: changesOf(work),
});

export const refused = (code: RefusalCode, params?: Refusal['params']): Refusal =>
  params === undefined ? { kind: 'refused', code } : { kind: 'refused', code, params };

function replaced<T extends object>(work: Work, items: readonly T[], isSame: (item: T) => boolean, item: T): T[] {
  work.touched.add(item);
  return items.some(isSame) ? items.map((each) => (isSame(each) ? item : each)) : [...items, item];
}

export function putRequest(work: Work, item: DecisionRequest): void {
  work.requests = replaced(work, work.requests, (each) => each.requestId === item.requestId, item);
}
export function putVote(work: Work, item: Vote): void {
  const isSame = (each: Vote) => each.requestId === item.requestId && each.personId === item.personId;
  work.votes = replaced(work, work.votes, isSame, item);
}
export function putAward(work: Work, item: Award): void {
  work.awards = replaced(work, work.awards, (each) => each.awardId === item.awardId, item);
}
export function putPayout(work: Work, item: Payout): void {
  work.payouts = replaced(work, work.payouts, (each) => each.payoutId === item.payoutId, item);
}
export function putBatch(work: Work, item: Batch): void {
  work.batches = replaced(work, work.batches, (each) => each.batchId === item.batchId, item);
}
export function putObjection(work: Work, item: Objection): void {
  work.objections = replaced(work, work.objections, (each) => each.objectionId === item.objectionId, item);
}
export function putScheduled(work: Work, item: ScheduledItem): void {
  work.scheduled = replaced(work, work.scheduled, (each) => each.itemId === item.itemId, item);
}

export function putRecovery(work: Work, item: Recovery): void {
  work.recoveries = replaced(work, work.recoveries, (each) => each.recoveryId === item.recoveryId, item);
}

/** Records what happened. `details` hold ids, statuses and amounts, never a personal value. */
export function record(
  work: Work,
  event: AuditEventName,
  details: Record<string, string | number | boolean | null> = {},
): void {
  work.facts.push({ event, details });
}

/**
 * Moves the case along its lifecycle. The caller has asked whether it may; a move that the table does not know is a broken
 * promise of the program, so it throws.
 */
export function moveCase(work: Work, action: CaseAction): void {
  const moved = transition(caseLifecycle, work.case.status, action);
  if (!moved.ok) {
    throw new Error(`${action} is not possible from ${moved.error.from} (${moved.error.available.join(', ')})`);
  }
  record(work, `case-${action}`, { from: work.case.status, to: moved.value });
  work.case = { ...work.case, status: moved.value };
}

export const canMove = (file: { readonly case: ReliefCase }, action: CaseAction): boolean =>
  transition(caseLifecycle, file.case.status, action).ok;

export const wakeId = (requestId: RequestId): OutboxItem['outboxId'] => outboxIdSchema.parse(`wake-${requestId}`);

/** Ends a request and queues the wake-up of the workflow that waits on it: written when it was decided. */
export function closeRequest(work: Work, request: DecisionRequest, outcome: string): void {
  const { now } = work.around;
  putRequest(work, { ...request, status: 'decided', outcome, decidedAt: now });
  work.outbox.push({
    kind: 'wake',
    outboxId: wakeId(request.requestId),
    createdAt: now,
    caseId: work.case.caseId,
    requestId: request.requestId,
  });
  record(work, 'request-closed', { requestId: request.requestId, purpose: request.purpose, outcome });
}

/** Marks what the workflow has come past as consumed, which completes its wake-up. Whether there was anything. */
export function consumeDecidedIn(work: Work): boolean {
  const decided = work.requests.filter(({ status }) => status === 'decided');
  for (const request of decided) {
    const { taskToken: _spent, earlierTokens: _older, onward: _way, ...rest } = request;
    putRequest(work, { ...rest, status: 'consumed' });
    if (request.decidedAt === undefined) throw new Error(`${request.requestId} was decided at no time`);
    work.doneOutbox.push({ outboxId: wakeId(request.requestId), createdAt: request.decidedAt });
  }
  return decided.length > 0;
}

export const openRequestOf = (file: Pick<CaseFile, 'requests'>): DecisionRequest | undefined =>
  file.requests.find(({ status }) => status === 'open');

type MailAbout = { requestId?: RequestId; generation?: number; itemId?: ScheduledItemId; recoveryId?: RecoveryId };

type MailTo = Extract<OutboxItem, { kind: 'mail' }>['to'];

function mail(work: Work, template: MailTemplate, to: MailTo, about: MailAbout): void {
  work.outbox.push({
    kind: 'mail',
    outboxId: outboxIdSchema.parse(`mail-${work.around.newId()}`),
    createdAt: work.around.now,
    caseId: work.case.caseId,
    template,
    to,
    ...about,
  });
}

export const mailApplicant = (work: Work, template: MailTemplate, about: MailAbout = {}): void =>
  mail(work, template, 'applicant', about);
export const mailObjector = (work: Work, template: MailTemplate, objection: ObjectionId): void =>
  mail(work, template, { objection }, {});
export const mailPerson = (work: Work, template: MailTemplate, person: PersonId, about: MailAbout = {}): void =>
  mail(work, template, { person }, about);
