import * as z from 'zod';
import { type Payout, plainBankReference } from '../disbursement/payout.ts';
import { fenSchema } from '../kernel/fen-schema.ts';
import {
  caseIdSchema,
  payoutIdSchema,
  type PersonId,
  personIdSchema,
  type RecoveryId,
  recoveryIdSchema,
} from '../kernel/ids.ts';
import type { LifecycleTable } from '../kernel/lifecycle.ts';
import { addFen, type Fen, fen, leastFen, mostFen, subtractFen, zeroFen } from '../kernel/money.ts';
import { type Instant, instantSchema, localDateSchema } from '../kernel/time.ts';
import { putRecovery, record, type Work } from './case-work.ts';
import { tellOfVoid } from './tell-treasurers.ts';

export const recoveryCauses = ['advance-not-ratified', 'approved-below-advance', 'overpayment'] as const;
export type RecoveryCause = (typeof recoveryCauses)[number];
export const recoveryStatuses = ['proposed', 'open', 'settled', 'waived', 'dropped'] as const;
export type RecoveryStatus = (typeof recoveryStatuses)[number];

/** `settle`, `drop` and `claim-anew` follow from a repayment and from what the chain decides; the rest are people's. */
export type RecoveryAction =
  | 'agree-recovery'
  | 'decline-recovery'
  | 'record-repayment'
  | 'confirm-repayment'
  | 'reject-repayment'
  | 'propose-waiver'
  | 'waive-recovery'
  | 'settle'
  | 'drop'
  | 'claim-anew';

export const recoveryLifecycle: LifecycleTable<RecoveryStatus, RecoveryAction> = {
  proposed: { 'agree-recovery': 'open', 'decline-recovery': 'dropped' },
  open: {
    'record-repayment': 'open',
    'confirm-repayment': 'open',
    'reject-repayment': 'open',
    'propose-waiver': 'open',
    'waive-recovery': 'waived',
    settle: 'settled',
    drop: 'dropped',
  },
  // What was recorded before its claim ended can still be answered.
  settled: { 'claim-anew': 'open', 'reject-repayment': 'settled' },
  waived: { 'claim-anew': 'open' },
  dropped: { 'claim-anew': 'open', 'reject-repayment': 'dropped' },
};

/** Money that came back 退款: it counts once a second person has confirmed it; `refunds` are its entries in the ledgers, one a payment. */
const repaymentSchema = z.strictObject({
  repaymentId: z.string(),
  status: z.enum(['recorded', 'confirmed', 'rejected']),
  amountFen: fenSchema,
  on: localDateSchema,
  bankReference: z.string(),
  recordedBy: personIdSchema,
  recordedAt: instantSchema,
  confirmedBy: personIdSchema.exactOptional(),
  /** Nobody, where its claim ended while it waited. */
  rejectedBy: personIdSchema.exactOptional(),
  refunds: z.array(z.strictObject({ entryId: z.string(), payoutId: payoutIdSchema, amountFen: fenSchema })),
});
export type Repayment = z.infer<typeof repaymentSchema>;

/** What a household has to pay back 追回. Still to come: `owedFen` less `recoveredFen`, while it is open. */
export const recoverySchema = z.strictObject({
  recoveryId: recoveryIdSchema,
  caseId: caseIdSchema,
  cause: z.enum(recoveryCauses),
  owedFen: fenSchema,
  recoveredFen: fenSchema,
  status: z.enum(recoveryStatuses),
  openedAt: instantSchema,
  repayments: z.array(repaymentSchema),
  /** An overpayment: who found it, who agreed (or did not), and why it is one. */
  proposedBy: personIdSchema.exactOptional(),
  agreedBy: personIdSchema.exactOptional(),
  reason: z.string().exactOptional(),
  /** Who wants to do without the rest, why, and who agreed. */
  waiverBy: personIdSchema.exactOptional(),
  waiverReason: z.string().exactOptional(),
  waivedBy: personIdSchema.exactOptional(),
});
export type Recovery = z.infer<typeof recoverySchema>;

type Money = { readonly payouts: readonly Payout[]; readonly recoveries: readonly Recovery[] };

/** A step that takes a second person, and who took the first. */
export type AwaitedStep = {
  readonly step: 'agree-recovery' | 'confirm-repayment' | 'waive-recovery';
  readonly firstBy: PersonId | undefined;
  /** When that was; of a waiver nothing says it. */
  readonly since: Instant | undefined;
  readonly repaymentId?: string;
};

/** What of a recovery waits for a second person. */
export function awaitsSecond({
  status,
  openedAt,
  proposedBy,
  waiverBy,
  repayments,
}: Pick<Recovery, 'status' | 'openedAt' | 'proposedBy' | 'waiverBy' | 'repayments'>): AwaitedStep[] {
  if (status === 'proposed') return [{ step: 'agree-recovery', firstBy: proposedBy, since: openedAt }];
  if (status !== 'open') return [];
  const recorded = repayments.filter((each) => each.status === 'recorded');
  return [
    ...recorded.map(({ recordedBy, recordedAt, repaymentId }): AwaitedStep => {
      return { step: 'confirm-repayment', firstBy: recordedBy, since: recordedAt, repaymentId };
    }),
    ...(waiverBy === undefined ? [] : [{ step: 'waive-recovery', firstBy: waiverBy, since: undefined } as const]),
  ];
}

/** The claim has been made, whatever came of it. */
export const isClaim = (status: RecoveryStatus): boolean => status !== 'proposed' && status !== 'dropped';

export const leftToRecover = ({
  owedFen,
  recoveredFen,
  status,
}: Pick<Recovery, 'owedFen' | 'recoveredFen' | 'status'>) =>
  status === 'open' ? subtractFen(owedFen, recoveredFen) : zeroFen;

export const recoveredOf = (recoveries: readonly Pick<Recovery, 'recoveredFen'>[]): Fen =>
  addFen(...recoveries.map(({ recoveredFen }) => recoveredFen));

/** What was paid in this case, no bank has returned, and was never claimed, whatever came of the claim: the most an overpayment can be. */
export function claimableFen({ payouts, recoveries }: Money): Fen {
  const paid = payouts.filter(({ status }) => status === 'paid').map(({ amountFen }) => amountFen);
  const claimed = recoveries.filter(({ status }) => status !== 'dropped').map(({ owedFen }) => owedFen);
  return fen(Math.max(0, addFen(...paid) - addFen(...claimed)));
}

/**
 * Makes the claim for the advance agree with what the chain decided: `owedFen` is all that is to come back, repayments included; nothing
 * drops the claim. What other claims of the case ask for is not asked for twice; one to which nobody has agreed asks for nothing. What was waived stays so until another sum is owed.
 */
export function claimBack(work: Work, cause: Exclude<RecoveryCause, 'overpayment'>, wholeFen: Fen): void {
  const { caseId } = work.case;
  const recoveryId = recoveryIdSchema.parse(`${caseId}.advance`);
  const before = work.recoveries.find((each) => each.recoveryId === recoveryId);
  const others = work.recoveries.filter((each) => each.recoveryId !== recoveryId && isClaim(each.status));
  const recoveredFen = before?.recoveredFen ?? zeroFen;
  const elsewhere = addFen(...others.map((each) => each.owedFen));
  const owedFen = mostFen(fen(Math.max(0, wholeFen - elsewhere)), recoveredFen);
  const status = statusOf(owedFen, recoveredFen);
  const isKnown = before === undefined ? owedFen === 0 : before.owedFen === owedFen && before.status !== 'dropped';
  if (!isKnown && (before?.status !== 'dropped' || status !== 'dropped')) {
    const { now: openedAt } = work.around;
    const { waiverBy: _by, waiverReason: _why, waivedBy: _agreed, ...kept } = before ?? { repayments: [] };
    putClaim(work, { ...kept, recoveryId, caseId, cause, owedFen, recoveredFen, openedAt });
  }
  showOwed(work);
}

/**
 * A case has ended of which only this much is gone: an overpayment is claimed no further. The bank has given the money back, and
 * nothing will be paid again.
 */
export function claimNoMoreThan(work: Work, goneFen: Fen): void {
  const overpaid = work.recoveries.filter(({ cause, status }) => cause === 'overpayment' && isClaim(status));
  const closed = overpaid.filter(({ status }) => status !== 'open').map((each) => each.owedFen);
  let leftFen = Math.max(0, goneFen - addFen(...closed));
  for (const recovery of overpaid.filter(({ status }) => status === 'open')) {
    const owedFen = mostFen(leastFen(recovery.owedFen, fen(leftFen)), recovery.recoveredFen);
    leftFen = Math.max(0, leftFen - owedFen);
    if (owedFen !== recovery.owedFen) putClaim(work, { ...recovery, owedFen });
  }
}

const statusOf = (owedFen: Fen, recoveredFen: Fen): 'open' | 'settled' | 'dropped' =>
  owedFen > recoveredFen ? 'open' : owedFen > 0 ? 'settled' : 'dropped';

/** The claim with what is owed now, and so whether it is still one. */
function putClaim(work: Work, claim: Omit<Recovery, 'status'>): void {
  const { recoveryId, cause, owedFen: amountFen, recoveredFen } = claim;
  const status = statusOf(amountFen, recoveredFen);
  const repayments =
    status === 'open' ? claim.repayments : claim.repayments.map((each) => voided(work, recoveryId, each));
  putRecovery(work, { ...claim, repayments, status });
  record(work, status === 'open' ? 'recovery-opened' : `recovery-${status}`, { recoveryId, cause, amountFen });
}

/** Nobody can confirm what was recorded for a claim that has ended: it counts for nothing, and its reference is free. */
function voided(work: Work, recoveryId: RecoveryId, repayment: Repayment): Repayment {
  const { repaymentId, status, amountFen, bankReference } = repayment;
  if (status !== 'recorded') return repayment;
  work.releasesBankReferences.push({
    reference: plainBankReference(bankReference),
    payoutId: payoutIdSchema.parse(repaymentId),
  });
  record(work, 'repayment-rejected', { recoveryId, repaymentId, amountFen });
  tellOfVoid(work, recoveryId, repayment);
  return { ...repayment, status: 'rejected' };
}

/** What the case says is still owed: the rest of all its open claims. */
export function showOwed(work: Work): void {
  const owedFen = addFen(...work.recoveries.map(leftToRecover));
  const { owedFen: _before, ...rest } = work.case;
  work.case = owedFen > 0 ? { ...rest, owedFen } : rest;
}

/** What is left of each payment that was made, after what was paid back of it. */
const keptByPayout = ({ payouts, recoveries }: Money) => {
  const refunds = recoveries.flatMap(({ repayments }) => repayments.flatMap((each) => each.refunds));
  return payouts
    .filter(({ status }) => status === 'paid')
    .map((payout) => {
      const back = refunds.filter(({ payoutId }) => payoutId === payout.payoutId).map(({ amountFen }) => amountFen);
      return { payout, keptFen: subtractFen(payout.amountFen, ...back) };
    });
};

/**
 * Which payments a repayment takes back, to the fen: in proportion to what each has paid and not yet got back, the odd fen to the
 * first that can take them. Undefined if they hold less than that.
 */
export function shareRepayment(
  amountFen: Fen,
  money: Money,
): { readonly payout: Payout; readonly amountFen: Fen }[] | undefined {
  const held = keptByPayout(money);
  const wholeFen = addFen(...held.map(({ keptFen }) => keptFen));
  if (amountFen > wholeFen) return undefined;
  const shares = held.map(({ payout, keptFen }) => ({
    payout,
    keptFen,
    // BigInt: the product of two sums of money may be beyond what a number holds exactly.
    amountFen: fen(wholeFen === 0 ? 0 : Number((BigInt(amountFen) * BigInt(keptFen)) / BigInt(wholeFen))),
  }));
  let oddFen = subtractFen(amountFen, ...shares.map((each) => each.amountFen));
  return shares
    .map(({ payout, keptFen, amountFen: share }) => {
      const more = leastFen(oddFen, subtractFen(keptFen, share));
      oddFen = subtractFen(oddFen, more);
      return { payout, amountFen: addFen(share, more) };
    })
    .filter((each) => each.amountFen > 0);
}

/** Some of this payment was paid back by the household: no bank's answer about it may be taken back or turned round. */
export const isPaidBack = (
  { payoutId }: Pick<Payout, 'payoutId'>,
  { recoveries }: Pick<Money, 'recoveries'>,
): boolean =>
  recoveries.some(({ repayments }) =>
    repayments.some(({ refunds }) => refunds.some((each) => each.payoutId === payoutId)),
  );

export const recoveryOf = (
  { recoveries }: { readonly recoveries: readonly Recovery[] },
  recoveryId: string,
): Recovery | undefined => recoveries.find((each) => each.recoveryId === recoveryId);

export const overpaymentId = (caseId: string, count: number): RecoveryId =>
  recoveryIdSchema.parse(`${caseId}.overpaid.${count + 1}`);
