import type { PersonId, RecoveryId } from '../kernel/ids.ts';
import { type Fen, zeroFen } from '../kernel/money.ts';
import type { Around, CaseFile, Decided } from './case-file.ts';
import { changed, putRecovery, record, refused, workOn } from './case-work.ts';
import { keepSchedule } from './keep-schedule.ts';
import { claimableFen, overpaymentId, type Recovery, recoveryOf, showOwed } from './recovery.ts';
import { barOfRecovery, isPossible, type RecoveryStep, secondsOn } from './rights-on-recoveries.ts';
import { askSeconds } from './tell-treasurers.ts';

type By = { readonly personId: PersonId; readonly recoveryId: RecoveryId };

type Claim = { readonly personId: PersonId; readonly amountFen: Fen; readonly reason: string };

/** The same claim by the same person that nobody has answered yet: whoever presses twice means one. */
export const claimThatWaits = (
  { recoveries }: CaseFile,
  { personId, amountFen, reason }: Claim,
): Recovery | undefined =>
  recoveries.find(
    (each) =>
      each.status === 'proposed' &&
      each.proposedBy === personId &&
      each.owedFen === amountFen &&
      each.reason === reason.trim(),
  );

/**
 * Somebody of finance or the office has found that too much was paid. It is claimed once another agrees. Refused `more-than-owed` above
 * what was paid in the case and is not claimed back already.
 */
export function proposeRecovery(file: CaseFile, around: Around, { personId, amountFen, reason }: Claim): Decided {
  const bar = barOfRecovery(personId, 'propose-recovery', file, around, {});
  if (bar !== undefined) return refused(bar);
  if (reason.trim() === '') return refused('reason-missing');
  if (amountFen <= 0) return refused('amount-zero');
  const mostFen = claimableFen(file);
  if (amountFen > mostFen) return refused('more-than-owed', { amountFen: mostFen });
  const work = workOn(file, around, personId);
  const { caseId } = file.case;
  const count = file.recoveries.filter(({ cause }) => cause === 'overpayment').length;
  const recoveryId = overpaymentId(caseId, count);
  const recovery: Recovery = {
    ...{ recoveryId, caseId, cause: 'overpayment', owedFen: amountFen, recoveredFen: zeroFen, status: 'proposed' },
    ...{ openedAt: around.now, repayments: [], proposedBy: personId, reason: reason.trim() },
  };
  putRecovery(work, recovery);
  record(work, 'recovery-proposed', { recoveryId, amountFen });
  askSeconds(work, recoveryId, secondsOn('agree-recovery', file, around, { recovery }));
  return changed(work);
}

/**
 * The second person: the household owes it from now on. Refused `more-than-owed` if its money was claimed back otherwise meanwhile, or
 * the bank has returned it.
 */
export function agreeRecovery(file: CaseFile, around: Around, by: By): Decided {
  const others = file.recoveries.filter(({ recoveryId }) => recoveryId !== by.recoveryId);
  const mostFen = claimableFen({ ...file, recoveries: others });
  const decided = step(file, around, 'agree-recovery', by, (recovery) => ({
    ...recovery,
    status: 'open',
    openedAt: around.now,
    agreedBy: by.personId,
  }));
  const owedFen = recoveryOf(file, by.recoveryId)?.owedFen ?? zeroFen;
  return decided.kind === 'changed' && owedFen > mostFen ? refused('more-than-owed', { amountFen: mostFen }) : decided;
}

/** Nothing was paid too much after all. */
export const declineRecovery = (file: CaseFile, around: Around, by: By): Decided =>
  step(file, around, 'decline-recovery', by, (recovery) => ({ ...recovery, status: 'dropped' }));

/** The union wants to do without what is left; another agrees to that. */
export function proposeWaiver(file: CaseFile, around: Around, by: By & { readonly reason: string }): Decided {
  const waiverReason = by.reason.trim();
  if (waiverReason === '') return refused('reason-missing');
  return step(file, around, 'propose-waiver', by, (recovery) => ({
    ...recovery,
    waiverBy: by.personId,
    waiverReason,
  }));
}

export const waiveRecovery = (file: CaseFile, around: Around, by: By): Decided =>
  step(file, around, 'waive-recovery', by, (recovery) => ({ ...recovery, status: 'waived', waivedBy: by.personId }));

const events = {
  'agree-recovery': 'recovery-opened',
  'decline-recovery': 'recovery-declined',
  'propose-waiver': 'recovery-waiver-proposed',
  'waive-recovery': 'recovery-waived',
} as const satisfies Partial<Record<RecoveryStep, string>>;

function step(
  file: CaseFile,
  around: Around,
  action: keyof typeof events,
  { personId, recoveryId }: By,
  after: (recovery: Recovery) => Recovery,
): Decided {
  const recovery = recoveryOf(file, recoveryId);
  if (recovery === undefined || !isPossible(action, file, { recovery })) return refused('not-possible-now');
  const bar = barOfRecovery(personId, action, file, around, { recovery });
  if (bar !== undefined) return refused(bar);
  const work = workOn(file, around, personId);
  const next = after(recovery);
  putRecovery(work, next);
  record(work, events[action], { recoveryId, amountFen: recovery.owedFen });
  if (action === 'propose-waiver')
    askSeconds(work, recoveryId, secondsOn('waive-recovery', file, around, { recovery: next }));
  showOwed(work);
  keepSchedule(work, around.programme);
  return changed(work);
}
