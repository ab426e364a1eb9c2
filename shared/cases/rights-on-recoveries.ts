import { type LocalDate, localDateOf } from '../kernel/time.ts';
import { transition } from '../kernel/lifecycle.ts';
import type { PersonId } from '../kernel/ids.ts';
import { holdsRole, type StaffMember, type StaffRole } from '../register/staff.ts';
import type { Around, CaseFile, RefusalCode } from './case-file.ts';
import { hasDecided, isInterested } from './interest.ts';
import {
  type AwaitedStep,
  claimableFen,
  type Recovery,
  type RecoveryAction,
  recoveryLifecycle,
  type Repayment,
} from './recovery.ts';

/** What people do about a recovery; `propose-recovery` makes one. */
export type RecoveryStep = 'propose-recovery' | Exclude<RecoveryAction, 'settle' | 'drop' | 'claim-anew'>;

const rolesFor: Readonly<Record<RecoveryStep, readonly StaffRole[]>> = {
  'propose-recovery': ['finance', 'office'],
  'agree-recovery': ['finance', 'office'],
  'decline-recovery': ['finance', 'office'],
  'record-repayment': ['finance'],
  'confirm-repayment': ['finance'],
  'reject-repayment': ['finance'],
  'propose-waiver': ['finance', 'office'],
  'waive-recovery': ['finance', 'office'],
};

/** What the step is taken on: the repayment, where it is one of several. */
export type OnRecovery = { readonly recovery?: Recovery; readonly repayment?: Repayment };

const mayBeIn = (member: StaffMember, step: RecoveryStep, today: LocalDate): boolean =>
  rolesFor[step].some((role) => holdsRole(member, role, today));

/** Why a member of the staff may not take this step now; undefined if they may. */
export function barOnRecovery(
  member: StaffMember,
  step: RecoveryStep,
  file: CaseFile,
  around: Pick<Around, 'now' | 'staff' | 'interests'>,
  on: OnRecovery,
): RefusalCode | undefined {
  if (!mayBeIn(member, step, localDateOf(around.now))) return 'not-allowed';
  return isPossible(step, file, on) ? barOfRecovery(member.personId, step, file, around, on) : 'not-possible-now';
}

/**
 * Who could take the second step of what was just proposed or recorded. Whether it is possible yet is not asked: a waiver may wait for a
 * repayment to be counted first.
 */
export const secondsOn = (
  step: AwaitedStep['step'],
  file: CaseFile,
  around: Pick<Around, 'now' | 'staff' | 'interests'>,
  on: OnRecovery,
): PersonId[] =>
  around.staff
    .filter((member) => mayBeIn(member, step, localDateOf(around.now)))
    .filter((member) => barOfRecovery(member.personId, step, file, around, on) === undefined)
    .map(({ personId }) => personId);

export function isPossible(step: RecoveryStep, file: CaseFile, { recovery, repayment }: OnRecovery): boolean {
  if (step === 'propose-recovery') return claimableFen(file) > 0;
  if (recovery === undefined || !transition(recoveryLifecycle, recovery.status, step).ok) return false;
  if (step === 'propose-waiver') return recovery.waiverBy === undefined;
  // Money that has come and waits for its second person is counted first.
  const isWaitedFor = recovery.repayments.some(({ status }) => status === 'recorded');
  if (step === 'waive-recovery') return recovery.waiverBy !== undefined && !isWaitedFor;
  if (step === 'confirm-repayment' || step === 'reject-repayment') return repayment?.status === 'recorded';
  return true;
}

/**
 * Four eyes, as for payments: nobody enters what comes back from their own or a relative's household, nor in a case that they decided on;
 * what one has proposed or recorded another agrees to. Whoever recorded a repayment may take it back.
 */
export function barOfRecovery(
  personId: PersonId,
  step: RecoveryStep,
  file: CaseFile,
  around: Pick<Around, 'staff' | 'interests'>,
  { recovery, repayment }: OnRecovery,
): RefusalCode | undefined {
  if (isInterested(personId, file, around)) return 'barred-by-interest';
  const isSecond = step === 'agree-recovery' || step === 'confirm-repayment' || step === 'waive-recovery';
  if (step === 'record-repayment' || isSecond) {
    if (hasDecided(personId, file)) return 'same-person';
  }
  const first = {
    'agree-recovery': recovery?.proposedBy,
    'confirm-repayment': repayment?.recordedBy,
    'waive-recovery': recovery?.waiverBy,
  };
  return isSecond && first[step] === personId ? 'same-person' : undefined;
}
