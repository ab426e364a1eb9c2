import type { OutboxItem } from '../../../shared/cases/case-file.ts';
import type { Batch, BatchStatus } from '../../../shared/disbursement/batch.ts';
import type { PayeeHistory } from '../../../shared/disbursement/payee-warnings.ts';
import type { Payout } from '../../../shared/disbursement/payout.ts';
import type { AuditFact } from '../../../shared/kernel/audit.ts';
import type { BatchId, HouseholdId, PersonId } from '../../../shared/kernel/ids.ts';
import {
  batchesByStatus,
  getBatch,
  nextBatchNumber,
  saveBatch,
  type SavedBatch,
} from '../../../shared/store/batch-store.ts';
import type { Store } from '../../../shared/store/open-store.ts';
import { payeeDigest, payeeHistory } from '../../../shared/store/payee-account-store.ts';
import type { KnownBatch } from '../../middleware/carry-batch.ts';
import type { Listing, Page } from '../staff/deps.ts';

/** Batches, as finance's pages use them. */
export type BatchesPort = {
  readonly get: (batchId: BatchId) => Promise<Batch | undefined>;
  readonly byStatus: (status: BatchStatus, options: Listing) => Promise<Page<Batch>>;
  readonly nextNumber: (year: number) => Promise<string>;
  /** With what is to be carried to its payments, in one write on the condition of its version. */
  readonly save: (batch: Batch, facts: readonly AuditFact[], outbox: readonly OutboxItem[]) => Promise<SavedBatch>;
  /** Carries what was saved to the payments; what it could not carry stays for the sweeper. Never throws. */
  readonly carry: (items: readonly OutboxItem[], known?: KnownBatch) => Promise<unknown>;
  readonly payeeDigest: (payee: Payout['payee']) => Promise<string>;
  readonly payeeHistory: (of: {
    readonly payout: Payout;
    readonly householdId: HouseholdId;
    readonly beneficiaryId: PersonId;
  }) => Promise<PayeeHistory>;
};

/** The port over the store. */
export const batchesOfStore = (store: Store, carry: BatchesPort['carry']): BatchesPort => ({
  get: (batchId) => getBatch(store, batchId),
  byStatus: (status, options) => batchesByStatus(store, status, options),
  nextNumber: (year) => nextBatchNumber(store, year),
  save: (batch, facts, items) => saveBatch(store, batch, facts, items),
  carry,
  payeeDigest: (payee) => payeeDigest(store, payee),
  payeeHistory: (of) => payeeHistory(store, of),
});
