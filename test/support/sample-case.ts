import type { CaseFile, Changes } from '../../shared/cases/case-file.ts';
import { type DecisionRequest, decisionRequestSchema } from '../../shared/cases/decision-request.ts';
import { caseSchema, type ReliefCase } from '../../shared/cases/relief-case.ts';
import { type ScheduledItem, scheduledItemSchema } from '../../shared/cases/scheduled-item.ts';
import { type Payout, payoutSchema } from '../../shared/disbursement/payout.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../../shared/funds/fund.ts';
import type { AuditEventName } from '../../shared/kernel/audit-event-names.ts';
import type { CaseId } from '../../shared/kernel/ids.ts';
import { asInstant } from '../../shared/kernel/time.ts';
import { majorIllnessRelief } from '../../shared/programmes/seeds/major-illness-relief.ts';

export const at = asInstant('2016-10-08T02:00:00.000Z');
/** A text that must never be found in a table. */
export const canary = '金丝雀canary';

/** An invented case on its first version. */
export const sampleCase = (caseId: string, over: Partial<Record<keyof ReliefCase, unknown>> = {}): ReliefCase =>
  caseSchema.parse({
    caseId,
    caseNumber: `DB-2016-${caseId}`,
    version: 0,
    contentVersion: 1,
    programmeId: 'major-illness-relief',
    programmeVersion: majorIllnessRelief.version,
    status: 'submitted',
    stageIndex: 0,
    levelIndex: 0,
    householdId: 'household-1',
    patchId: 'patch-1',
    beneficiaryId: 'person-1',
    applicant: {
      name: `${canary}名`,
      idNumber: `${canary}190000`,
      phone: `${canary}000`,
      address: `${canary}路`,
      unit: '一工区',
      householdSize: 3,
    },
    payee: { kind: 'self', holderName: canary, bankName: canary, accountNumber: canary },
    earlierHolders: [canary],
    answers: { diagnosis: canary, totalFen: 100 },
    papers: [],
    trackingCodeHash: 'hash',
    standing: 'none',
    isOnRegister: false,
    suggestedFen: 0,
    mostFen: 0,
    explanation: [],
    isException: false,
    submittedAt: at,
    stageEnteredAt: at,
    missing: [{ item: 'x', label: { zh: '发票', en: 'invoice' }, note: canary }],
    reasons: [{ zh: canary, en: canary }],
    claims: [canary],
    reopenedTimes: 0,
    noticeIsEstimate: false,
    audit: { sequence: 0, hash: '' },
    ...over,
  });

export const fact = (event: AuditEventName) => ({ event, by: 'applicant', at, details: {} });

export const changesTo = (theCase: ReliefCase, more: Partial<Changes> = {}): Changes => ({
  case: theCase,
  facts: [fact('application-changed')],
  ...more,
});

export const sampleRequest = (caseId: string, over: Record<string, unknown> = {}): DecisionRequest =>
  decisionRequestSchema.parse({
    requestId: `request-${caseId}`,
    caseId,
    purpose: 'review',
    stageIndex: 1,
    levelIndex: 0,
    contentVersion: 1,
    seats: [{ personId: 'member-1', role: 'patch-member', askedFrom: 'start', askedAt: at, generation: 1 }],
    quorum: 1,
    rungs: [],
    climbed: 0,
    status: 'open',
    openedAt: at,
    taskToken: 'token',
    ...over,
  });

export const reserveEntry = (caseId: CaseId, fundId: string, amountFen: number): LedgerEntry =>
  ledgerEntrySchema.parse({
    entryId: `reserve-${caseId}-${fundId}`,
    fundId,
    kind: 'reserve',
    from: 'available',
    to: 'reserved',
    amountFen,
    caseId,
    at,
    by: 'officer-1',
  });

/** A payment that the bank returned. */
export const failedPayout = (caseId: string): Payout =>
  payoutSchema.parse({
    payoutId: `${caseId}.1.1.1`,
    caseId,
    awardId: `${caseId}.1`,
    fundId: 'group-union',
    amountFen: 300_000,
    attempt: 1,
    payee: { holderName: '某人', bankName: '某银行', accountNumber: '6222000000000001' },
    status: 'failed',
    orderedAt: at,
    failureReason: '账号有误',
  });

/** The file of a save that must have gone through. */
export function savedFile(saved: { kind: string } | { kind: 'saved'; file: CaseFile }): CaseFile {
  if (!('file' in saved)) throw new Error(`not saved but ${saved.kind}`);
  return saved.file;
}

/** A visit that is due ten days after `at`, and reminded of three days before. */
export const scheduledVisit = (caseId: string, over: Record<string, unknown> = {}): ScheduledItem =>
  scheduledItemSchema.parse({
    kind: 'visit',
    itemId: `${caseId}.visit.1`,
    caseId,
    visit: 1,
    dueAt: '2016-10-18T16:00:00.000Z',
    rungs: [
      { rung: 'remind', at: '2016-10-15T01:00:00.000Z' },
      { rung: 'overdue', at: '2016-10-18T16:00:00.000Z' },
    ],
    climbed: 0,
    status: 'waiting',
    scheduledAt: at,
    ...over,
  });
