import type { FundId } from '../kernel/ids.ts';
import { addFen, type Fen, fen, leastFen, splitByPercent, zeroFen } from '../kernel/money.ts';
import type { FundRule } from '../programmes/programme-version.ts';

/** What one fund pays of an award. Never zero. */
export type FundShare = { readonly fundId: FundId; readonly amountFen: Fen };

/** What can be spent from each fund now: paid in, less reserved, less paid out. */
export type AvailableFunds = ReadonlyMap<FundId, Fen>;

/**
 * `short`: the rule cannot be kept. `missingFen` is what its funds lack by the rule; `proposed` fills that gap from the rule's
 * other funds, in order, as far as they go, for the approver to change or accept (`checkShares` says whether it is enough).
 */
export type SharedOut =
  | { readonly kind: 'shared'; readonly shares: readonly FundShare[] }
  | { readonly kind: 'short'; readonly missingFen: Fen; readonly proposed: readonly FundShare[] };

export const fundsOf = (rule: FundRule): FundId[] =>
  rule.kind === 'in-turn' ? [...rule.funds] : rule.shares.map(({ fund }) => fund);

/**
 * Divides an award among the programme's funds. In turn: the next fund pays only what the ones before it cannot. By shares:
 * percentages, the odd fen to the first. A fund that is missing from `available` counts as empty.
 */
export function shareOut(rule: FundRule, amountFen: Fen, available: AvailableFunds): SharedOut {
  const wanted = rule.kind === 'in-turn' ? fillInTurn(rule.funds, amountFen, available) : splitByRule(rule, amountFen);
  const held = wanted.map(({ fundId, amountFen: share }) => ({
    fundId,
    amountFen: leastFen(share, inFund(available, fundId)),
  }));
  const missingFen = fen(amountFen - sumOf(held));
  if (missingFen === 0) return { kind: 'shared', shares: held.filter(isSomething) };
  const left = new Map(held.map(({ fundId, amountFen: taken }) => [fundId, fen(inFund(available, fundId) - taken)]));
  const filled = new Map(fillInTurn(fundsOf(rule), missingFen, left).map((each) => [each.fundId, each.amountFen]));
  const proposed = held.map(({ fundId, amountFen: share }) => ({
    fundId,
    amountFen: addFen(share, filled.get(fundId) ?? zeroFen),
  }));
  return { kind: 'short', missingFen, proposed: proposed.filter(isSomething) };
}

const splitByRule = (rule: Extract<FundRule, { kind: 'by-shares' }>, amountFen: Fen): FundShare[] => {
  const parts = splitByPercent(
    amountFen,
    rule.shares.map(({ percent }) => percent),
  );
  return rule.shares.map(({ fund }, index) => ({ fundId: fund, amountFen: parts[index] ?? zeroFen }));
};

function fillInTurn(funds: readonly FundId[], amountFen: Fen, available: AvailableFunds): FundShare[] {
  let left = amountFen;
  return funds.map((fundId) => {
    const share = leastFen(left, inFund(available, fundId));
    left = fen(left - share);
    return { fundId, amountFen: share };
  });
}

const inFund = (available: AvailableFunds, fundId: FundId): Fen => fen(Math.max(0, available.get(fundId) ?? 0));
const isSomething = ({ amountFen }: FundShare): boolean => amountFen > 0;
const sumOf = (shares: readonly FundShare[]): Fen => addFen(...shares.map(({ amountFen }) => amountFen));

/** What is wrong with a division that an approver chose. */
export type ShareFault =
  | { readonly kind: 'not-positive'; readonly fundId: FundId }
  | { readonly kind: 'named-twice'; readonly fundId: FundId }
  | { readonly kind: 'not-for-this-programme'; readonly fundId: FundId }
  | { readonly kind: 'fund-short'; readonly fundId: FundId; readonly missingFen: Fen }
  /** Positive: the shares make that much too little; negative: too much. */
  | { readonly kind: 'does-not-add-up'; readonly missingFen: Fen };

/**
 * Everything that is wrong with the approver's own choice; empty if it may be reserved. `available` holds only the funds that
 * may pay for this programme: any other is refused (dedicated funds 专款专用).
 */
export function checkShares(chosen: readonly FundShare[], amountFen: Fen, available: AvailableFunds): ShareFault[] {
  const faults = chosen.flatMap(({ fundId, amountFen: share }, index): ShareFault[] => {
    const here = available.get(fundId);
    if (here === undefined) return [{ kind: 'not-for-this-programme', fundId }];
    if (chosen.findIndex((each) => each.fundId === fundId) < index) return [{ kind: 'named-twice', fundId }];
    if (share <= 0) return [{ kind: 'not-positive', fundId }];
    return share > here ? [{ kind: 'fund-short', fundId, missingFen: fen(share - here) }] : [];
  });
  const missingFen = fen(amountFen - sumOf(chosen));
  return missingFen === 0 ? faults : [...faults, { kind: 'does-not-add-up', missingFen }];
}
