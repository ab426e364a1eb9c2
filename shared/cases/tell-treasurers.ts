import type { PersonId, RecoveryId } from '../kernel/ids.ts';
import { localDateOf } from '../kernel/time.ts';
import { holdsRole } from '../register/staff.ts';
import { mailPerson, type Work } from './case-work.ts';

/** Tells these people that something of a recovery waits for a second person like them. */
export function askSeconds(work: Work, recoveryId: RecoveryId, seconds: readonly PersonId[]): void {
  for (const personId of seconds) mailPerson(work, 'recovery-to-confirm', personId, { recoveryId });
}

/**
 * A repayment counts for nothing any more: either no money came, or there is some on the union's account that stands in no ledger. Told is
 * whoever recorded it, unless they take it back themselves; where they are not of finance any more, all who are.
 */
export function tellOfVoid(
  work: Work,
  recoveryId: RecoveryId,
  { recordedBy }: { readonly recordedBy: PersonId },
): void {
  if (work.by === recordedBy) return;
  const { staff = [], now } = work.around;
  const finance = staff.filter((member) => holdsRole(member, 'finance', localDateOf(now)));
  const recorder = finance.filter(({ personId }) => personId === recordedBy);
  const others = finance.filter(({ personId }) => personId !== work.by);
  for (const { personId } of recorder.length > 0 ? recorder : others) {
    mailPerson(work, 'repayment-void', personId, { recoveryId });
  }
}
