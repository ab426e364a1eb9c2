import { localDateOf, type Instant } from '../kernel/time.ts';
import type { Facts } from '../programmes/evaluate.ts';
import type { ReliefCase } from './relief-case.ts';

/** What the programme's conditions and amounts look at, taken from a case. */
export const factsOf = (reliefCase: ReliefCase, now: Instant): Facts => ({
  answers: reliefCase.answers,
  standing: reliefCase.standing,
  isOnRegister: reliefCase.isOnRegister,
  householdHeads: reliefCase.applicant.householdSize,
  payee: reliefCase.payee.kind,
  today: localDateOf(now),
});

/** How many files each paper has. */
export function filesByPaper(reliefCase: Pick<ReliefCase, 'papers'>): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { paperId } of reliefCase.papers) counts[paperId] = (counts[paperId] ?? 0) + 1;
  return counts;
}
