import { type Fen, fen } from '../kernel/money.ts';
import type { DecisionRequest, Verdict, Vote } from './decision-request.ts';
import { votesOn } from './seats.ts';

/** How a request came out: the verdict, and for a positive one the amount that a quorum stands behind. */
export type VoteOutcome = { readonly verdict: Exclude<Verdict, 'recuse'>; readonly amountFen?: Fen };

/**
 * A quorum of equal answers settles a request. A return needs one voice only: it asks the applicant for something and decides
 * nothing. Where those who agree name different amounts, the largest that a quorum of them covers counts.
 */
export function tallyVotes(
  request: Pick<DecisionRequest, 'requestId' | 'quorum'>,
  votes: readonly Pick<Vote, 'requestId' | 'verdict' | 'amountFen'>[],
): VoteOutcome | undefined {
  const counted = votesOn(request, votes);
  if (counted.some(({ verdict }) => verdict === 'return')) return { verdict: 'return' };
  for (const { verdict } of counted) {
    if (verdict === 'recuse') continue;
    const equal = counted.filter((vote) => vote.verdict === verdict);
    if (equal.length < request.quorum) continue;
    const amounts = equal.flatMap(({ amountFen }) => amountFen ?? []).sort((a, b) => b - a);
    const supported = amounts[request.quorum - 1];
    return supported === undefined ? { verdict } : { verdict, amountFen: fen(supported) };
  }
  return undefined;
}
