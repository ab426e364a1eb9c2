import type { OutboxItem } from '../../../shared/cases/case-file.ts';
import type { BankResult } from '../../../shared/disbursement/bank-result/bank-result.ts';
import type { AuditFact } from '../../../shared/kernel/audit.ts';
import type { BankResultId } from '../../../shared/kernel/ids.ts';
import {
  bankResultIdOf,
  getBankResult,
  listBankResults,
  saveBankResult,
  type SavedResult,
} from '../../../shared/store/bank-result-store.ts';
import type { Store } from '../../../shared/store/open-store.ts';
import type { KnownResult } from '../../middleware/carry-bank-result.ts';
import type { Listing, Page } from '../staff/deps.ts';

/** Banks' results, as finance's pages use them. */
export type ResultsPort = {
  /** The id that a file of these bytes has, whoever uploads it and whenever. */
  readonly idOf: (bytes: Uint8Array) => Promise<BankResultId>;
  readonly get: (resultId: BankResultId) => Promise<BankResult | undefined>;
  readonly list: (options: Listing) => Promise<Page<BankResult>>;
  /** With what is to be carried to its payments, in one write on the condition of the version that was read (0: new). */
  readonly save: (
    result: BankResult,
    facts: readonly AuditFact[],
    outbox: readonly OutboxItem[],
  ) => Promise<SavedResult>;
  /** Carries what was saved to the payments; what it could not carry stays for the sweeper. Never throws. */
  readonly carry: (items: readonly OutboxItem[], known?: KnownResult) => Promise<unknown>;
};

/** The port over the store. */
export const resultsOfStore = (store: Store, carry: ResultsPort['carry']): ResultsPort => ({
  idOf: (bytes) => bankResultIdOf(store, bytes),
  get: (resultId) => getBankResult(store, resultId),
  list: (options) => listBankResults(store, options),
  save: (result, facts, outbox) => saveBankResult(store, result, facts, outbox),
  carry,
});
