import type { RecoveryStatus } from '../../../shared/cases/recovery.ts';
import type { Batch } from '../../../shared/disbursement/batch.ts';
import type { Proposal } from '../../../shared/funds/proposal.ts';
import type { RecoveryOutline } from '../../../shared/proof/case-book.ts';
import type { Listing, Page, StaffDeps } from '../staff/deps.ts';

/** What the list of what waits for somebody asks for besides: all that one person has begun and another completes. */
export type OfficeDeps = StaffDeps & {
  readonly proposals: () => Promise<readonly Proposal[]>;
  readonly recoveries: (status: RecoveryStatus, options: Listing) => Promise<Page<RecoveryOutline>>;
  /** Batches that are made and not released. */
  readonly madeBatches: (options: Listing) => Promise<Page<Batch>>;
};
