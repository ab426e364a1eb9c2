import type { Proposal } from '../../../shared/funds/proposal.ts';
import type { Treasury, TreasuryDecided, TreasuryRefusal } from '../../../shared/funds/treasury.ts';
import type { FundId } from '../../../shared/kernel/ids.ts';
import type { RecoveryStatus } from '../../../shared/cases/recovery.ts';
import type { RecoveryOutline } from '../../../shared/proof/case-book.ts';
import type { Listing, Page, StaffDeps } from '../staff/deps.ts';
import type { ScanDeps } from './scan-upload.tsx';

/** What was proposed or settled for a fund, or why everything stays as it was. */
export type TreasuryChanged =
  | { readonly kind: 'saved'; readonly proposal: Proposal }
  | { readonly kind: 'unchanged'; readonly proposal: Proposal }
  | { readonly kind: 'stale' }
  | TreasuryRefusal;

export type RecoveryDeps = StaffDeps & {
  /** What households have to pay back, without the words that are sealed. */
  readonly recoveries: (status: RecoveryStatus, options: Listing) => Promise<Page<RecoveryOutline>>;
};

/** What the funds' pages ask of the store besides: no other app of the staff changes what a fund is, or what comes into it. */
export type FundDeps = ScanDeps &
  RecoveryDeps & {
    /** What was proposed for one fund, or for all. */
    readonly proposals: (fundId?: FundId) => Promise<readonly Proposal[]>;
    /** Load the funds and proposals, decide, save, mail whoever can confirm; again if somebody else was faster. */
    readonly changeTreasury: (decide: (read: Treasury) => TreasuryDecided) => Promise<TreasuryChanged>;
  };
