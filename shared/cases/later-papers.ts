import type { Payout } from '../disbursement/payout.ts';
import { papersAsked } from '../intake/judge-intake.ts';
import type { Instant } from '../kernel/time.ts';
import type { Paper, ProgrammeVersion } from '../programmes/programme-version.ts';
import type { CaseFile } from './case-file.ts';
import { factsOf, filesByPaper } from './facts-of-case.ts';
import type { ReliefCase } from './relief-case.ts';

export type LaterPaper = Paper & { readonly due: { readonly withinDays: number; readonly isExtendable: boolean } };
const isLater = (paper: Paper): paper is LaterPaper => paper.due !== 'with-the-application';

/** An open case, but for a returned one, which is corrected as a whole; and a paid one: a certificate may take longer than the money. */
export const takesLaterPapers = ({ case: { status, closedAt } }: { readonly case: ReliefCase }): boolean =>
  status === 'paid' || (closedAt === undefined && status !== 'returned');

/** Papers that may follow the application and have not come. */
export function laterPapersMissing(reliefCase: ReliefCase, programme: ProgrammeVersion, now: Instant): LaterPaper[] {
  const counts = filesByPaper(reliefCase);
  return papersAsked(programme, factsOf(reliefCase, now))
    .filter(isLater)
    .filter(({ id, atLeast }) => (counts[id] ?? 0) < atLeast);
}

/**
 * The papers without which this payment is not handed to the bank: those that may follow and cannot be put off. An advance is paid
 * at once, its papers follow; the whole award waits for them.
 */
export function papersHoldingBack(
  { case: reliefCase, awards }: Pick<CaseFile, 'case' | 'awards'>,
  { awardId }: Pick<Payout, 'awardId'>,
  programme: ProgrammeVersion,
  now: Instant,
): LaterPaper[] {
  const award = awards.find((each) => each.awardId === awardId);
  if (award?.kind !== 'whole') return [];
  return laterPapersMissing(reliefCase, programme, now).filter(({ due }) => !due.isExtendable);
}
