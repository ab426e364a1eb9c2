import type { DecisionRequest } from '../cases/decision-request.ts';
import type { CaseBook, VoteOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

/**
 * Whoever answered had been asked: in the role, for the purpose and about the content that the request says, and did not step aside.
 * And a request is over exactly if something ended it: one that was opened again could be answered again.
 */
export function proveRequests({ case: theCase, requests, votes }: CaseBook): Fault[] {
  const byId = new Map(requests.map((request) => [String(request.requestId), request]));
  const unasked = votes.filter((vote) => !wasAsked(vote, byId.get(vote.requestId)));
  const open = requests.filter(({ status }) => status === 'open');
  const mostOpen = theCase.closedAt === undefined ? 1 : 0;
  const astray = requests.filter(({ status, outcome, decidedAt }) =>
    status === 'open'
      ? outcome !== undefined || open.length > mostOpen
      : outcome === undefined || decidedAt === undefined,
  );
  return [
    ...unasked.map(({ requestId, personId }) => fault(`vote#${requestId}/${personId}`, 'not-asked')),
    ...astray.map(({ requestId }) => fault(`request#${requestId}`, 'request-differs')),
  ];
}

function wasAsked(vote: VoteOutline, request: DecisionRequest | undefined): boolean {
  const seat = request?.seats.find(({ personId }) => personId === vote.personId);
  const isSeated = vote.verdict === 'recuse' || seat?.leftBecause === undefined;
  return (
    request?.purpose === vote.purpose &&
    request.contentVersion === vote.contentVersion &&
    seat?.role === vote.role &&
    seat.askedAt !== undefined &&
    isSeated
  );
}
