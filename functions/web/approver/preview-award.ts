import type { Around, CaseFile } from '../../../shared/cases/case-file.ts';
import { workOn } from '../../../shared/cases/case-work.ts';
import type { DecisionRequest, VotedPurpose } from '../../../shared/cases/decision-request.ts';
import type { FundShare } from '../../../shared/funds/fund-rule.ts';
import { makeAward } from '../../../shared/cases/make-award.ts';
import { mostForVote } from '../../../shared/cases/vote-limits.ts';
import { type MayPay, mayPay, type Need, payableFunds } from '../../../shared/funds/fund-purpose.ts';
import { fundsOf, shareOut } from '../../../shared/funds/fund-rule.ts';
import type { Fund } from '../../../shared/funds/fund.ts';
import { type Fen, fen } from '../../../shared/kernel/money.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';

/** The amount that the form begins with: what the rules suggest, or what those before have agreed to. */
export function firstAmount(file: CaseFile, around: Around, purpose: VotedPurpose): Fen {
  const most = mostForVote(file, around.programme, purpose);
  return purpose === 'review' ? fen(Math.min(file.case.suggestedFen, most)) : most;
}

export type FundPreview = { readonly fund: Fund; readonly answer: MayPay; readonly takesFen: Fen };

const needOf = (file: CaseFile, { programme }: Around): Need => ({
  programmeId: programme.id,
  patchId: file.case.patchId,
});

/** The funds that an approver is shown: those that the programme's rule names, and all others that are for it. */
const fundsConcerned = (file: CaseFile, around: Around): readonly Fund[] => {
  const named = fundsOf(around.programme.funds);
  const { patchId } = file.case;
  return around.funds.filter(
    ({ fundId, purpose }) =>
      named.includes(fundId) ||
      (purpose.programmes.includes(around.programme.id) && (purpose.patches?.includes(patchId) ?? true)),
  );
};

/** The funds that an approver may choose today. */
export const fundsToChoose = (file: CaseFile, around: Around): readonly Fund[] =>
  around.funds.filter((fund) => mayPay(fund, needOf(file, around), localDateOf(around.now)).mayPay);

/**
 * What an award of this amount would take from each fund, by the rule that will make it: the award is made on a copy and thrown
 * away. Where the funds are short, `missingFen` says by how much and the other funds fill the gap as far as they go.
 */
export function previewAward(
  file: CaseFile,
  around: Around,
  request: DecisionRequest,
  amountFen: Fen,
): { readonly funds: readonly FundPreview[]; readonly missingFen: Fen } {
  const need = needOf(file, around);
  const today = localDateOf(around.now);
  const shares = sharesOf(file, around, request, amountFen);
  const available = payableFunds(around.funds, need, today);
  const planned = shares ?? shareOut(around.programme.funds, amountFen, available);
  const taken: readonly FundShare[] =
    'kind' in planned ? (planned.kind === 'shared' ? planned.shares : planned.proposed) : planned;
  const isShort = 'kind' in planned && planned.kind === 'short';
  return {
    funds: fundsConcerned(file, around).map((fund) => ({
      fund,
      answer: mayPay(fund, need, today),
      takesFen: taken.find(({ fundId }) => fundId === fund.fundId)?.amountFen ?? fen(0),
    })),
    missingFen: isShort ? planned.missingFen : fen(0),
  };
}

function sharesOf(file: CaseFile, around: Around, request: DecisionRequest, amountFen: Fen) {
  if (amountFen === 0) return [];
  const work = workOn({ ...file, votes: [] }, around, 'system:preview');
  const kind = request.purpose === 'advance' ? 'advance' : 'whole';
  const refusal = makeAward(work, around, request, kind, amountFen);
  return refusal === undefined ? work.awards.at(-1)?.shares : undefined;
}
