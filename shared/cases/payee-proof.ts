import { papersForPayee } from '../intake/judge-intake.ts';
import { compact } from '../intake/typed-text.ts';
import type { Instant } from '../kernel/time.ts';
import type { Paper, ProgrammeVersion } from '../programmes/programme-version.ts';
import { factsOf } from './facts-of-case.ts';
import type { Payee, ReliefCase } from './relief-case.ts';

/** Whether both accounts are held by one person in one capacity: what proved it for the one proves it for the other. */
export const isSameHolder = (one: Payee, other: Payee): boolean =>
  one.kind === other.kind && compact(one.holderName) === compact(other.holderName);

/** The papers that must come with a proposed account: none for the applicant's own, nor for a holder who has been proved before. */
export function proofFor(reliefCase: ReliefCase, programme: ProgrammeVersion, payee: Payee, now: Instant): Paper[] {
  if (isSameHolder(reliefCase.payee, payee)) return [];
  return papersForPayee(programme, { ...factsOf(reliefCase, now), payee: payee.kind });
}
