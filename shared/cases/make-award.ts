import { mayPay, payableFunds } from '../funds/fund-purpose.ts';
import { checkShares, type FundShare, fundsOf, shareOut } from '../funds/fund-rule.ts';
import { awardIdSchema, type FundId } from '../kernel/ids.ts';
import { addFen, type Fen, fen, zeroFen } from '../kernel/money.ts';
import { localDateOf } from '../kernel/time.ts';
import type { Around, Refusal } from './case-file.ts';
import { putAward, record, refused, type Work } from './case-work.ts';
import type { Award, DecisionRequest } from './decision-request.ts';
import { enter } from './order-payouts.ts';
import { claimBack, recoveredOf } from './recovery.ts';

/**
 * Makes the award 救助决定 and reserves its money: all of it or nothing. `totalFen` is the whole help of this award's kind; what an
 * advance has already reserved, and the household has not paid back, is taken off, fund by fund where the programme pays by shares. Refused: `cap-passed`, `funds-short`
 * (with what is missing, and where one fund of the approver's own choice is short with what is left in it), `fund-may-not-pay` (a
 * chosen fund that is not for this, not valid today or without a budget this year), `shares-do-not-add-up`.
 */
export function makeAward(
  work: Work,
  around: Around,
  request: DecisionRequest,
  kind: Award['kind'],
  totalFen: Fen,
): Refusal | undefined {
  const leftOfCapFen = around.programme.cap.maxFen - around.awardedFen;
  if (totalFen > leftOfCapFen) return refused('cap-passed', { leftFen: Math.max(0, leftOfCapFen) });
  const advances = work.awards.filter((award) => award.kind === 'advance' && award.status !== 'released');
  const advancedFen = addFen(...advances.map(({ amountFen }) => amountFen));
  const paidBackFen = recoveredOf(work.recoveries);
  const amountFen = fen(Math.max(0, totalFen - advancedFen + paidBackFen));
  claimBack(work, 'approved-below-advance', fen(Math.max(0, advancedFen - totalFen)));

  const shares = sharesFor(work, around, request, advances, amountFen);
  if ('kind' in shares) return shares;
  const awardId = awardIdSchema.parse(`${work.case.caseId}.${work.awards.length + 1}`);
  const signed = work.votes.filter(
    ({ purpose, verdict, contentVersion }) =>
      purpose === request.purpose && verdict === 'approve' && contentVersion === request.contentVersion,
  );
  const award: Award = {
    awardId,
    caseId: work.case.caseId,
    kind,
    amountFen,
    shares: [...shares],
    signedBy: signed.map(({ personId }) => personId),
    requestIds: [...new Set(signed.map(({ requestId }) => requestId))],
    status: amountFen === 0 ? 'paid' : 'reserved',
    at: around.now,
  };
  putAward(work, award);
  for (const share of shares) enter(work, 'reserve', { ...share, awardId });
  for (const each of advances) putAward(work, { ...each, ratifiedByAward: awardId });
  record(work, 'award-made', { awardId, kind, amountFen, totalFen });
  return undefined;
}

function sharesFor(
  work: Work,
  { programme, funds, now }: Around,
  request: DecisionRequest,
  advances: readonly Award[],
  amountFen: Fen,
): readonly FundShare[] | Refusal {
  if (amountFen === 0) return [];
  const need = { programmeId: programme.id, patchId: work.case.patchId };
  const today = localDateOf(now);
  const available = payableFunds(funds, need, today);
  const chosen = work.votes.findLast(
    (vote) => vote.requestId === request.requestId && vote.verdict === 'approve',
  )?.shares;
  if (chosen !== undefined && chosen.length > 0) {
    const [fault] = checkShares(chosen, amountFen, available);
    if (fault === undefined) return chosen;
    if (fault.kind === 'fund-short') {
      const { fundId, missingFen } = fault;
      return refused('funds-short', { missingFen, fundId, leftFen: available.get(fundId) ?? 0 });
    }
    if (fault.kind === 'not-for-this-programme') {
      const { fundId } = fault;
      const answer = funds.filter((fund) => fund.fundId === fundId).map((fund) => mayPay(fund, need, today))[0];
      const why = answer?.mayPay === false ? answer.why : 'not-for-this-programme';
      return refused('fund-may-not-pay', { fundId, why });
    }
    return refused('shares-do-not-add-up', { amountFen });
  }
  // What was paid back went to its funds again: then the rest is shared out as any award.
  const hasPaidBack = recoveredOf(work.recoveries) > 0;
  const rest = hasPaidBack ? undefined : restByShares(programme.funds, advances, amountFen, available);
  if (rest !== undefined) return rest;
  const shared = shareOut(programme.funds, amountFen, available);
  return shared.kind === 'shared' ? shared.shares : refused('funds-short', { missingFen: shared.missingFen });
}

/** By shares, the whole keeps its proportions: each fund pays its share of the whole less what it has advanced. */
function restByShares(
  rule: Around['programme']['funds'],
  advances: readonly Award[],
  amountFen: Fen,
  available: ReadonlyMap<FundId, Fen>,
): FundShare[] | undefined {
  if (rule.kind !== 'by-shares' || advances.length === 0) return undefined;
  const advanced = new Map<FundId, Fen>(fundsOf(rule).map((fundId) => [fundId, zeroFen]));
  for (const { fundId, amountFen: share } of advances.flatMap(({ shares }) => shares)) {
    advanced.set(fundId, addFen(advanced.get(fundId) ?? zeroFen, share));
  }
  const totalFen = addFen(amountFen, ...advanced.values());
  const withAdvances = new Map([...available].map(([id, left]) => [id, addFen(left, advanced.get(id) ?? zeroFen)]));
  const whole = shareOut(rule, totalFen, withAdvances);
  if (whole.kind !== 'shared') return undefined;
  const rest = whole.shares.map(({ fundId, amountFen: share }) => ({
    fundId,
    amountFen: fen(share - (advanced.get(fundId) ?? zeroFen)),
  }));
  const isPossible =
    rest.every((share) => share.amountFen >= 0) && addFen(...rest.map((each) => each.amountFen)) === amountFen;
  return isPossible ? rest.filter((share) => share.amountFen > 0) : undefined;
}
