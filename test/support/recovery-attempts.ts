import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import {
  agreeRecovery,
  declineRecovery,
  proposeRecovery,
  proposeWaiver,
  waiveRecovery,
} from '../../shared/cases/claim-overpayment.ts';
import { claimableFen, leftToRecover, type Recovery } from '../../shared/cases/recovery.ts';
import { confirmRepayment, recordRepayment, rejectRepayment } from '../../shared/cases/repay.ts';
import { fen } from '../../shared/kernel/money.ts';
import { localDateOf } from '../../shared/kernel/time.ts';
import { person } from './small-union.ts';

export const recoveryWhats = [
  'claim-overpayment',
  'agree-recovery',
  'decline-recovery',
  'repay',
  'repay',
  'confirm-repayment',
  'confirm-repayment',
  'reject-repayment',
  'propose-waiver',
  'waive',
] as const;
export type RecoveryWhat = (typeof recoveryWhats)[number];
const names: readonly string[] = recoveryWhats;
export const isOnRecovery = (what: string): what is RecoveryWhat => names.includes(what);

/** `pick` chooses who and what among those there are, `part` an amount, out of a thousand. */
export type RecoveryTry = {
  readonly what: RecoveryWhat;
  readonly who: string;
  readonly pick: number;
  readonly part: number;
  readonly reference: string;
};
type Decide = (file: CaseFile, around: Around) => Decided;

/** What somebody tries on what a household has to pay back, on the claim and the repayment that stand there; undefined if there are none. */
export function decideOnRecovery(
  file: CaseFile,
  { what, who, pick, part, reference }: RecoveryTry,
): Decide | undefined {
  const personId = person(who);
  if (what === 'claim-overpayment') {
    const amountFen = partOf(claimableFen(file), part);
    return (read, around) => proposeRecovery(read, around, { personId, amountFen, reason: '发票已由保险赔付' });
  }
  const recovery = recoveryFor(what, file, pick);
  if (recovery === undefined) return undefined;
  const by = { personId, recoveryId: recovery.recoveryId };
  switch (what) {
    case 'agree-recovery':
      return (read, around) => agreeRecovery(read, around, by);
    case 'decline-recovery':
      return (read, around) => declineRecovery(read, around, by);
    case 'propose-waiver':
      return (read, around) => proposeWaiver(read, around, { ...by, reason: '家中再遭变故' });
    case 'waive':
      return (read, around) => waiveRecovery(read, around, by);
    case 'repay': {
      const amountFen = partOf(leftToRecover(recovery), part);
      return (read, around) =>
        recordRepayment(read, around, { ...by, amountFen, on: localDateOf(around.now), bankReference: reference });
    }
    case 'confirm-repayment':
    case 'reject-repayment': {
      const repayment = recovery.repayments.findLast(({ status }) => status === 'recorded') ?? recovery.repayments[0];
      if (repayment === undefined) return undefined;
      const { repaymentId } = repayment;
      const decide = what === 'confirm-repayment' ? confirmRepayment : rejectRepayment;
      return (read, around) => decide(read, around, { ...by, repaymentId });
    }
    default:
      return what satisfies never;
  }
}

/** All of it as often as a part, now and then a fen too much. */
const partOf = (mostFen: number, part: number) =>
  fen(part > 980 ? mostFen + 1 : part > 500 ? mostFen : Math.floor((mostFen * part) / 1_000));

/** One that the step could be about, else any. */
function recoveryFor(what: RecoveryWhat, { recoveries }: CaseFile, pick: number): Recovery | undefined {
  const status = what === 'agree-recovery' || what === 'decline-recovery' ? 'proposed' : 'open';
  const likely = recoveries.filter((each) => each.status === status);
  const among = likely.length > 0 && pick % 10 > 0 ? likely : recoveries;
  return among[pick % Math.max(1, among.length)];
}

/** What is done next about what a household owes, by those who may; undefined where nothing is. */
export function nextOnRecovery(file: CaseFile, part: number): Pick<RecoveryTry, 'what' | 'who'> | undefined {
  const { recoveries, case: theCase } = file;
  const open = recoveries.find(({ status }) => status === 'open');
  const recorded = open?.repayments.find(({ status }) => status === 'recorded');
  const other = (who: string | undefined) => (who === 'finance-1' ? 'finance-2' : 'finance-1');
  if (recorded !== undefined) return { what: 'confirm-repayment', who: other(recorded.recordedBy) };
  const proposed = recoveries.find(({ status }) => status === 'proposed');
  if (proposed !== undefined) return { what: 'agree-recovery', who: other(proposed.proposedBy) };
  if (open !== undefined && part % 3 === 0) {
    return open.waiverBy === undefined
      ? { what: 'propose-waiver', who: 'finance-1' }
      : { what: 'waive', who: other(open.waiverBy) };
  }
  if (open !== undefined) return { what: 'repay', who: 'finance-1' };
  return theCase.status === 'paid' && part % 3 === 0 ? { what: 'claim-overpayment', who: 'finance-1' } : undefined;
}
