import type { OutboxItem } from '../../../shared/cases/case-file.ts';
import type { Batch, BatchStatus } from '../../../shared/disbursement/batch.ts';
import type { PayeeHistory } from '../../../shared/disbursement/payee-warnings.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import type { AuditFact } from '../../../shared/kernel/audit.ts';
import type { BatchId, HouseholdId, PersonId } from '../../../shared/kernel/ids.ts';
import type { Listing, Page, StaffDeps } from '../staff/deps.ts';
import type { ResultsPort } from './results-port.ts';

/** What the pages of finance ask for besides what all pages of the staff do. */
export type FinanceDeps = StaffDeps & {
  readonly batches: {
    readonly get: (batchId: BatchId) => Promise<Batch | undefined>;
    readonly byStatus: (status: BatchStatus, options: Listing) => Promise<Page<Batch>>;
    readonly nextNumber: (year: number) => Promise<string>;
    /** With what is to be carried to its payments, in one write on the condition of its version. */
    readonly save: (
      batch: Batch,
      facts: readonly AuditFact[],
      outbox: readonly OutboxItem[],
    ) => Promise<'saved' | 'stale'>;
    /** Carries what was saved to the payments; what it could not carry stays for the sweeper. Never throws. */
    readonly carry: (items: readonly OutboxItem[]) => Promise<unknown>;
    readonly payeeDigest: (payee: Payout['payee']) => Promise<string>;
    readonly payeeHistory: (of: {
      readonly payout: Payout;
      readonly householdId: HouseholdId;
      readonly beneficiaryId: PersonId;
    }) => Promise<PayeeHistory>;
  };
  /** What banks' files said. */
  readonly results: ResultsPort;
  /** The files of batches and of banks, by their key. */
  readonly files: {
    /** `sha256` in hex, which the bucket holds the bytes against. */
    readonly put: (objectKey: string, bytes: Uint8Array, sha256: string) => Promise<void>;
    readonly get: (objectKey: string) => Promise<Uint8Array>;
  };
};
