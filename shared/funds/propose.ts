import type { FundId, ProposalId } from '../kernel/ids.ts';
import { canonicalJson, noAudit } from '../kernel/audit.ts';
import { type LocalDate, localDateOf } from '../kernel/time.ts';
import type { Fund } from './fund.ts';
import { isExpired } from './fund-purpose.ts';
import { faultsOfTerms } from './fund-terms.ts';
import type { Proposal, Wanted } from './proposal.ts';
import { faultOfMovement } from './receipt.ts';
import {
  type ByTreasurer,
  faultOfCarryOver,
  isVoucherUsed,
  refusedTreasury,
  type Treasury,
  type TreasuryDecided,
  type TreasuryRefusal,
} from './treasury.ts';
import { treasurerRole } from './treasurer.ts';

/**
 * Proposes something about a fund: a receipt with its voucher, its undoing, a fund to be opened, other terms, what is left to go back or
 * over. Moves nothing. Money enters by a voucher that whoever confirms can see: a receipt without its scan is refused (`scan-missing`), but
 * that of a seed, whose money is invented, has no paper and is confirmed by the seed itself, so that nobody is asked. The form brings the proposal's id, so that a second press proposes nothing new (`unchanged`);
 * a form that is sent again with something else in it is refused (`form-used`).
 * Refused: see `treasuryRefusals`.
 */
export function propose(
  treasury: Treasury,
  asked: {
    readonly proposalId: ProposalId;
    readonly fundId: FundId;
    readonly wanted: Wanted;
    readonly isSeed?: boolean;
  },
  { member, now }: ByTreasurer,
): TreasuryDecided {
  const { proposalId, fundId, wanted } = asked;
  const today = localDateOf(now);
  const proposedAs = treasurerRole(member, today);
  if (proposedAs === undefined) return refusedTreasury('not-allowed');
  const before = treasury.proposals.find((each) => each.proposalId === proposalId);
  if (before !== undefined) {
    const isOwn = before.proposedBy === member.personId && before.fundId === fundId;
    if (!isOwn) return refusedTreasury('proposed-before');
    return isSameWish(before.wanted, wanted) ? { kind: 'unchanged', proposal: before } : refusedTreasury('form-used');
  }
  const fault = faultOfWanted(treasury, fundId, wanted, today);
  if (fault !== undefined) return fault;
  const isUnproved = wanted.kind === 'receipt' && wanted.voucher.scan === undefined && asked.isSeed !== true;
  if (isUnproved) return refusedTreasury('scan-missing');
  const proposal: Proposal = {
    proposalId,
    fundId,
    wanted,
    status: 'proposed',
    proposedBy: member.personId,
    proposedAs,
    proposedAt: now,
    entryIds: [],
    version: 0,
    audit: noAudit,
  };
  const change = { proposals: [proposal], entries: [], by: member.personId, at: now };
  return { kind: 'changed', change: asked.isSeed === true ? change : { ...change, asks: proposal } };
}

/** The scan is left out: it is bound anew with every press. */
const isSameWish = (one: Wanted, other: Wanted): boolean =>
  canonicalJson(withoutScan(one)) === canonicalJson(withoutScan(other));

const withoutScan = (wanted: Wanted) =>
  'voucher' in wanted ? { ...wanted, voucher: { ...wanted.voucher, scan: undefined } } : wanted;

/** Why this cannot be wanted of this fund; asked when it is proposed, and again when it is confirmed. */
export function faultOfWanted(
  treasury: Treasury,
  fundId: FundId,
  wanted: Wanted,
  today: LocalDate,
  own?: ProposalId,
): TreasuryRefusal | undefined {
  const fund = treasury.funds.find((each) => each.fundId === fundId);
  const waits = (isSame: (other: Wanted) => boolean) =>
    treasury.proposals.some(
      (each) => each.status === 'proposed' && each.fundId === fundId && each.proposalId !== own && isSame(each.wanted),
    );
  if (wanted.kind === 'open') {
    if (fund !== undefined || waits(({ kind }) => kind === 'open')) return refusedTreasury('proposed-before');
    return faultInTerms(wanted);
  }
  if (fund === undefined) return refusedTreasury('unknown-fund');
  switch (wanted.kind) {
    case 'change':
      if (waits(({ kind }) => kind === 'change')) return refusedTreasury('proposed-before');
      return faultInTerms(wanted);
    case 'receipt':
      return faultOfMoney(treasury, wanted, today, own);
    case 'undo-receipt': {
      const receipt = treasury.proposals.find((each) => each.proposalId === wanted.receiptId);
      if (receipt?.status !== 'confirmed' || receipt.wanted.kind !== 'receipt' || receipt.fundId !== fundId)
        return refusedTreasury('not-a-live-receipt');
      if (receipt.wanted.amountFen !== wanted.amountFen) return refusedTreasury('not-a-live-receipt');
      if (waits((other) => other.kind === 'undo-receipt' && other.receiptId === wanted.receiptId))
        return refusedTreasury('proposed-before');
      return faultOfLeaving(fund, wanted);
    }
    case 'hand-back':
      return faultOfMoney(treasury, wanted, today, own) ?? faultOfLeaving(fund, wanted);
    case 'carry-over': {
      const into = treasury.funds.find((each) => each.fundId === wanted.into);
      if (into === undefined) return refusedTreasury('unknown-fund');
      if (wanted.amountFen === 0) return refusedTreasury('amount-zero');
      const fault = faultOfCarryOver(fund, into, isExpired(into, today));
      return fault === undefined ? faultOfLeaving(fund, wanted) : refusedTreasury(fault);
    }
    default:
      return wanted satisfies never;
  }
}

function faultInTerms({ terms }: Extract<Wanted, { kind: 'open' | 'change' }>): TreasuryRefusal | undefined {
  const [fault] = faultsOfTerms(terms);
  return fault && refusedTreasury(fault);
}

function faultOfMoney(
  treasury: Treasury,
  wanted: Extract<Wanted, { kind: 'receipt' | 'hand-back' }>,
  today: LocalDate,
  own: ProposalId | undefined,
): TreasuryRefusal | undefined {
  const fault = faultOfMovement(wanted, today);
  if (fault !== undefined) return refusedTreasury(fault);
  return isVoucherUsed(treasury, wanted.voucher, own) ? refusedTreasury('voucher-used') : undefined;
}

/** Only what is neither reserved nor paid can leave a fund. */
const faultOfLeaving = (
  { availableFen }: Fund,
  { amountFen }: { readonly amountFen: number },
): TreasuryRefusal | undefined => (amountFen > availableFen ? refusedTreasury('not-covered', availableFen) : undefined);
