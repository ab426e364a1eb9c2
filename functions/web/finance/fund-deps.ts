import type { Proposal } from '../../../shared/funds/proposal.ts';
import type { Treasury, TreasuryDecided, TreasuryRefusal } from '../../../shared/funds/treasury.ts';
import type { FundId } from '../../../shared/kernel/ids.ts';
import type { StaffDeps } from '../staff/deps.ts';

/** What was proposed or settled for a fund, or why everything stays as it was. */
export type TreasuryChanged =
  | { readonly kind: 'saved'; readonly proposal: Proposal }
  | { readonly kind: 'unchanged'; readonly proposal: Proposal }
  | { readonly kind: 'stale' }
  | TreasuryRefusal;

/** What the funds' pages ask of the store besides: no other app of the staff moves a fund's money. */
export type FundDeps = StaffDeps & {
  /** What was proposed for one fund, or for all. */
  readonly proposals: (fundId?: FundId) => Promise<readonly Proposal[]>;
  /** Load the funds and proposals, decide, save; again if somebody else was faster. */
  readonly changeTreasury: (decide: (read: Treasury) => TreasuryDecided) => Promise<TreasuryChanged>;
};
