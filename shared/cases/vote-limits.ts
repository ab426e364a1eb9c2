import { type Fen, fen } from '../kernel/money.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import type { CaseFile } from './case-file.ts';
import type { DecisionRequest, VotedPurpose } from './decision-request.ts';
import { stageOf } from './rungs.ts';
import { votesOn } from './seats.ts';

/**
 * The most that one answer may name: the programme's most for a review; what was recommended (or the level below approved) for an
 * approval, so that nobody alone goes above what others agreed to; the advance's own limit for an advance.
 */
export function mostForVote({ case: reliefCase }: CaseFile, programme: ProgrammeVersion, purpose: VotedPurpose): Fen {
  switch (purpose) {
    case 'advance':
      return fen(Math.min(stageOf(programme, 'advance').maxFen, reliefCase.mostFen));
    case 'approval':
      return reliefCase.approvedFen ?? reliefCase.recommendedFen ?? reliefCase.mostFen;
    case 'review':
    case 'objection-admission':
    case 'objection-settlement':
      return reliefCase.mostFen;
    default:
      return purpose satisfies never;
  }
}

/** A recommendation above the programme's limit rests on a home visit: one of those who recommend has entered its date. */
export function needsVisit(
  file: CaseFile,
  programme: ProgrammeVersion,
  request: DecisionRequest,
  ballot: { readonly verdict: string; readonly amountFen?: Fen; readonly visitedOn?: string },
): boolean {
  if (ballot.verdict !== 'recommend' || ballot.visitedOn !== undefined) return false;
  if ((ballot.amountFen ?? 0) <= stageOf(programme, 'review').homeVisit.aboveFen) return false;
  const before = votesOn(request, file.votes).filter(({ verdict }) => verdict === 'recommend');
  const completes = before.length + 1 >= request.quorum;
  return completes && !before.some(({ visitedOn }) => visitedOn !== undefined);
}
