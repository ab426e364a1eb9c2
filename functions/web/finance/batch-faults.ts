import { bankPaymentOf } from '../../../shared/cases/check-release.ts';
import type { BankProfile } from '../../../shared/disbursement/bank-profiles/index.ts';
import { makeBankFile } from '../../../shared/disbursement/make-bank-file.ts';
import type { BatchId } from '../../../shared/kernel/ids.ts';
import type { FinanceDeps } from './deps.ts';
import type { ChosenPayment } from './open-chosen.ts';

/** The payments that were ticked, and the bank whose file is to hold them. */
export type Chosen = { readonly chosen: readonly ChosenPayment[]; readonly profile: BankProfile };

/** What keeps these payments from being written as the bank's file, found before anybody has signed anything. */
export function faultsOf(deps: FinanceDeps, profile: BankProfile, chosen: readonly ChosenPayment[], batchId: BatchId) {
  const payments = chosen.map(({ payout, around }) => bankPaymentOf(payout, around));
  const made = makeBankFile(profile, { batchId, batchNumber: 'PC-0000-0000', at: deps.now(), payments });
  return made.kind === 'faults' ? made.faults : [];
}
