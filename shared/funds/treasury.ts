import type { FundId, ProposalId } from '../kernel/ids.ts';
import type { Instant } from '../kernel/time.ts';
import type { StaffMember } from '../register/staff.ts';
import type { Fund, LedgerEntry } from './fund.ts';
import type { FundTerms } from './fund-terms.ts';
import type { Proposal } from './proposal.ts';
import { type Voucher, voucherKey } from './receipt.ts';

/** The funds and all that was ever proposed for them, as read for one change. */
export type Treasury = { readonly funds: readonly Fund[]; readonly proposals: readonly Proposal[] };

/** Who acts on the funds, and when. */
export type ByTreasurer = { readonly member: StaffMember; readonly now: Instant };

export const treasuryRefusals = [
  'not-allowed',
  'same-person',
  'unknown-fund',
  'unknown-proposal',
  'proposed-before',
  'form-used',
  'settled-before',
  'amount-zero',
  'voucher-to-come',
  'voucher-used',
  'scan-missing',
  'not-covered',
  'not-a-live-receipt',
  'reason-missing',
  'until-before-from',
  'year-named-twice',
  'into-itself',
  'into-other-source',
  'into-wider-purpose',
  'into-over',
] as const;
export type TreasuryRefusalCode = (typeof treasuryRefusals)[number];

/** `leftFen`: with `not-covered`, what there is. */
export type TreasuryRefusal = {
  readonly kind: 'refused';
  readonly code: TreasuryRefusalCode;
  readonly leftFen?: number;
};

/** What one step of a proposal comes to, to be written in one transaction. */
export type TreasuryChange = {
  /** The proposals as they are to be: the one that was made or settled, and the receipt that it undoes. */
  readonly proposals: readonly Proposal[];
  /** What a second person is asked to settle from now on: those who may are told by mail. */
  readonly asks?: Proposal;
  /** Opens a fund, or gives one other terms. */
  readonly terms?: { readonly fundId: FundId; readonly terms: FundTerms; readonly proposalId: ProposalId };
  readonly entries: readonly LedgerEntry[];
  /** A voucher that stands for a proposal's money from now on, or no longer; in the form of `voucherKey`. */
  readonly takesVoucher?: string;
  readonly freesVoucher?: string;
  readonly by: string;
  readonly at: Instant;
};

export type TreasuryDecided =
  | { readonly kind: 'changed'; readonly change: TreasuryChange }
  /** Done already, by the same person: a second press of the button. */
  | { readonly kind: 'unchanged'; readonly proposal: Proposal }
  | TreasuryRefusal;

export const refusedTreasury = (code: TreasuryRefusalCode, leftFen?: number): TreasuryRefusal => ({
  kind: 'refused',
  code,
  ...(leftFen === undefined ? {} : { leftFen }),
});

/**
 * Whether a receipt or a hand-back that counts, or may yet, stands on this voucher already. Where `confirming` one of two that were
 * recorded at one moment, only what counts stands in its way.
 */
export function isVoucherUsed({ proposals }: Treasury, voucher: Voucher, confirming?: ProposalId): boolean {
  const key = voucherKey(voucher);
  return proposals.some(
    ({ proposalId, status, wanted }) =>
      proposalId !== confirming &&
      (status === 'confirmed' || (status === 'proposed' && confirming === undefined)) &&
      'voucher' in wanted &&
      voucherKey(wanted.voucher) === key,
  );
}

/** Why what is left of a fund may not go into another: dedicated money stays dedicated, and within its source. */
export function faultOfCarryOver(
  from: Fund,
  into: Fund,
  isOver: boolean,
): 'into-itself' | 'into-other-source' | 'into-wider-purpose' | 'into-over' | undefined {
  if (from.fundId === into.fundId) return 'into-itself';
  if (from.source !== into.source) return 'into-other-source';
  const holds = <T>(wide: readonly T[] | undefined, narrow: readonly T[] | undefined): boolean =>
    wide === undefined || (narrow !== undefined && narrow.every((each) => wide.includes(each)));
  const isNarrow =
    holds(from.purpose.programmes, into.purpose.programmes) && holds(from.purpose.patches, into.purpose.patches);
  if (!isNarrow) return 'into-wider-purpose';
  return isOver ? 'into-over' : undefined;
}
