import type { Award, DecisionRequest } from '../cases/decision-request.ts';
import { levelsFor } from '../cases/levels.ts';
import { isClaim } from '../cases/recovery.ts';
import { stageOf } from '../cases/rungs.ts';
import type { LedgerEntry } from '../funds/fund.ts';
import type { CaseBook } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

const nameOf = ({ awardId }: Pick<Award, 'awardId'>): string => `award#${awardId}`;
const sum = (amounts: readonly number[]): number => amounts.reduce((total, each) => total + each, 0);

/** One award: reserved what it says, on the signatures that its amount asks for, and an advance that the chain has ratified. */
export function proveAward(book: CaseBook, award: Award): Fault[] {
  return [...proveReservation(book, award), ...proveSignatures(book, award), ...proveRatified(book, award)];
}

/** What the ledger holds for an award, fund by fund, is what the award says; one that was taken back holds nothing. */
function proveReservation({ entries }: CaseBook, award: Award): Fault[] {
  const own = entries.filter(({ awardId }) => awardId === award.awardId);
  const held = new Map<string, number>();
  const add = (fundId: string, amountFen: number) => held.set(fundId, (held.get(fundId) ?? 0) + amountFen);
  for (const { kind, fundId, amountFen } of own) {
    if (kind === 'reserve') add(fundId, amountFen);
    if (kind === 'release') add(fundId, -amountFen);
  }
  const shares = award.status === 'released' ? [] : award.shares;
  for (const { fundId, amountFen } of shares) add(fundId, -amountFen);
  const faults: Fault[] = [];
  if ([...held.values()].some((left) => left !== 0)) faults.push(fault(nameOf(award), 'not-reserved'));
  if (sum(award.shares.map(({ amountFen }) => amountFen)) !== award.amountFen && award.status !== 'released')
    faults.push(fault(nameOf(award), 'shares-differ'));
  return faults;
}

/** Every signer has said yes to a request of this award, once; every level has its quorum, none is left out. */
function proveSignatures({ case: theCase, requests, votes, programme }: CaseBook, award: Award): Fault[] {
  const purpose = award.kind === 'advance' ? 'advance' : 'approval';
  const asked = award.requestIds.flatMap((id) => requests.find(({ requestId }) => requestId === id) ?? []);
  const yes = votes.filter(
    (vote) => vote.purpose === purpose && vote.verdict === 'approve' && award.requestIds.includes(vote.requestId),
  );
  const faults: Fault[] = [];
  const signed = new Set<string>(award.signedBy);
  if (
    signed.size !== award.signedBy.length ||
    yes.length !== signed.size ||
    yes.some(({ personId }) => !signed.has(personId))
  )
    faults.push(fault(nameOf(award), 'signer-not-on-file'));
  if (asked.length !== award.requestIds.length || asked.some((request) => !hasPassed(request, purpose, yes)))
    faults.push(fault(nameOf(award), 'not-approved'));
  const wanted = purpose === 'advance' ? [stageOf(programme, 'advance').level] : levelsFor(theCase, programme);
  const levels = new Set(asked.map(({ levelIndex }) => levelIndex));
  if (wanted.some(({ quorum }, index) => !levels.has(index) || !hasQuorum(asked, index, quorum)))
    faults.push(fault(nameOf(award), 'level-missing', { levels: wanted.length }));
  const reviewed = votes.filter(({ purpose: at, verdict }) => at === 'review' && verdict !== 'recuse');
  if (purpose === 'approval' && reviewed.some(({ personId }) => signed.has(personId)))
    faults.push(fault(nameOf(award), 'not-four-eyes'));
  return faults;
}

const hasPassed = (
  { requestId, purpose, outcome, quorum }: DecisionRequest,
  expected: string,
  yes: readonly { readonly requestId: string }[],
): boolean =>
  purpose === expected && outcome === 'approve' && yes.filter((vote) => vote.requestId === requestId).length >= quorum;

const hasQuorum = (asked: readonly DecisionRequest[], index: number, quorum: number): boolean =>
  asked.some((request) => request.levelIndex === index && request.quorum >= quorum);

/** What was paid ahead is ratified by the whole award, still on its way to that, or owed back 追回. */
function proveRatified({ case: theCase, awards, recoveries }: CaseBook, award: Award): Fault[] {
  if (award.kind !== 'advance' || award.status === 'released' || theCase.closedAt === undefined) return [];
  const whole = awards.find(({ awardId }) => awardId === award.ratifiedByAward);
  const isRatified = whole?.kind === 'whole' && whole.status !== 'released';
  const isClaimed = recoveries.some(({ cause, status }) => cause !== 'overpayment' && isClaim(status));
  return isRatified || isClaimed ? [] : [fault(nameOf(award), 'not-ratified')];
}

/** Entries that name a case but no award of it, or a payout that it does not have. */
export function proveEntriesOfCase({ awards, payouts, entries }: CaseBook): Fault[] {
  const isKnown = ({ awardId, payoutId }: LedgerEntry): boolean =>
    (awardId === undefined || awards.some((award) => award.awardId === awardId)) &&
    (payoutId === undefined || payouts.some((payout) => payout.payoutId === payoutId)) &&
    (awardId !== undefined || payoutId !== undefined);
  return entries
    .filter((entry) => !isKnown(entry))
    .map(({ entryId }) => fault(`ledger-entry#${entryId}`, 'entry-of-nothing'));
}
