import type { BankResult } from '../disbursement/bank-result/bank-result.ts';
import { plainBankReference } from '../disbursement/payout.ts';
import type { PayoutOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

/**
 * A bank's result 银行回盘: each row that it says to have settled is of a payment of that case and sum, which the bank had been told of;
 * and whoever is named stands there. What became of the payment later is its own affair.
 */
export function proveResult(result: BankResult, payouts: ReadonlyMap<string, PayoutOutline>): Fault[] {
  const { resultId, settled, settling, status, appliedBy } = result;
  const isOf = ({ payoutId, caseId, amountFen }: BankResult['settled'][number]): boolean => {
    const payout = payouts.get(payoutId);
    return payout?.caseId === caseId && payout.amountFen === amountFen && payout.sentAt !== undefined;
  };
  const references = settled.flatMap(({ action, bankReference }) =>
    action === 'confirm' ? [plainBankReference(bankReference ?? '')] : [],
  );
  const isRight =
    settled.every(isOf) &&
    !references.includes('') &&
    (settled.length === 0 || appliedBy !== undefined) &&
    (status === 'applying' || settling.length === 0);
  return isRight ? [] : [fault(`bank-result#${resultId}`, 'result-differs')];
}
