import type { Award, DecisionRequest } from '../cases/decision-request.ts';
import { levelsFor } from '../cases/levels.ts';
import { stageOf } from '../cases/rungs.ts';
import { tallyVotes } from '../cases/tally-votes.ts';
import { fen } from '../kernel/money.ts';
import type { Level } from '../programmes/stage.ts';
import type { CaseBook, VoteOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

/** What the award rests on: the requests that it names, those of them that are on file, and the votes for it. */
type Approval = {
  readonly purpose: 'advance' | 'approval';
  readonly asked: readonly DecisionRequest[];
  readonly yes: readonly VoteOutline[];
  /** What the last level has voted. */
  readonly votedFen: number | undefined;
};

/** Every signer has said yes to a request of this award, once, and to its sum; every level has its quorum, none is left out. */
export function proveApproval(book: CaseBook, award: Award): Fault[] {
  const name = `award#${award.awardId}`;
  const approval = approvalOf(book, award);
  const faults: Fault[] = [];
  if (!areSigners(award, approval)) faults.push(fault(name, 'signer-not-on-file'));
  if (!isApproved(award, approval)) faults.push(fault(name, 'not-approved'));
  const wanted = levelsWanted(book, approval);
  if (wanted.some(({ quorum }, index) => !hasQuorum(approval, index, quorum)))
    faults.push(fault(name, 'level-missing', { levels: wanted.length }));
  if (!isOfSum(book, award, approval)) faults.push(fault(name, 'amount-differs', { votedFen: approval.votedFen ?? 0 }));
  if (!isByOthers(book, award, approval)) faults.push(fault(name, 'not-four-eyes'));
  return faults;
}

function approvalOf({ requests, votes }: CaseBook, award: Award): Approval {
  const purpose = award.kind === 'advance' ? 'advance' : 'approval';
  const asked = award.requestIds.flatMap((id) => requests.find(({ requestId }) => requestId === id) ?? []);
  const yes = votes.filter(
    (vote) => vote.purpose === purpose && vote.verdict === 'approve' && award.requestIds.includes(vote.requestId),
  );
  const last = asked.toSorted((a, b) => a.levelIndex - b.levelIndex).at(-1);
  return { purpose, asked, yes, votedFen: last && tallyVotes(last, yes)?.amountFen };
}

function areSigners({ signedBy }: Award, { yes }: Approval): boolean {
  const signed = new Set<string>(signedBy);
  return (
    signed.size === signedBy.length && yes.length === signed.size && yes.every((vote) => signed.has(vote.personId))
  );
}

/** All was decided on one version of the application, and each request with a quorum of its own. */
function isApproved({ requestIds }: Award, { purpose, asked, yes }: Approval): boolean {
  const [first] = asked;
  return (
    asked.length === requestIds.length &&
    asked.every((request) => {
      const { requestId, contentVersion, quorum } = request;
      const own = yes.filter((vote) => vote.requestId === requestId && vote.contentVersion === contentVersion);
      const isOf = request.purpose === purpose && request.outcome === 'approve';
      return isOf && contentVersion === first?.contentVersion && own.length >= quorum;
    })
  );
}

/** By the sum that was voted, whatever the case itself says of it. */
function levelsWanted({ case: theCase, programme }: CaseBook, { purpose, votedFen }: Approval): readonly Level[] {
  if (purpose === 'advance') return [stageOf(programme, 'advance').level];
  if (votedFen === undefined) return levelsFor(theCase, programme);
  const isException = theCase.isException || votedFen > theCase.suggestedFen;
  return levelsFor({ ...theCase, isException, approvedFen: fen(votedFen) }, programme);
}

const hasQuorum = ({ asked }: Approval, index: number, quorum: number): boolean =>
  asked.some((request) => request.levelIndex === index && request.quorum >= quorum);

/**
 * With what was paid ahead it is what was voted. Where something was taken back, or paid back before it was made, it may be
 * less, or more by that.
 */
function isOfSum({ awards, payouts, recoveries }: CaseBook, award: Award, { votedFen }: Approval): boolean {
  if (award.status === 'released' || votedFen === undefined) return true;
  const before = awards.filter(
    (each) => each.kind === 'advance' && each.status !== 'released' && placeOf(each) < placeOf(award),
  );
  const aheadFen = before.reduce((total, { amountFen }) => total + amountFen, 0);
  const mostFen = Math.max(0, votedFen - aheadFen);
  const backFen = recoveries.reduce((total, { recoveredFen }) => total + recoveredFen, 0);
  const isWhole =
    recoveries.length === 0 &&
    awards.every(({ status }) => status !== 'released') &&
    payouts.every(({ status }) => status !== 'cancelled');
  return isWhole ? award.amountFen === mostFen : award.amountFen <= mostFen + backFen;
}

/** Awards are numbered as they are made. */
const placeOf = ({ awardId }: Pick<Award, 'awardId'>): number => Number(awardId.split('.').at(-1));

/** Whoever reviewed the case, or signed its advance, does not sign the whole award. */
function isByOthers({ votes }: CaseBook, { signedBy }: Award, { purpose }: Approval): boolean {
  const earlier = votes.filter(
    (vote) => (vote.purpose === 'review' || vote.purpose === 'advance') && vote.verdict !== 'recuse',
  );
  return purpose === 'advance' || earlier.every((vote) => !signedBy.includes(vote.personId));
}
