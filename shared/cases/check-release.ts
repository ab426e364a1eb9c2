import type { Batch } from '../disbursement/batch.ts';
import { payerAccountOf } from '../disbursement/payer-account.ts';
import type { BankPayment } from '../disbursement/bank-order.ts';
import type { Payout } from '../disbursement/payout.ts';
import type { PayoutId, PersonId } from '../kernel/ids.ts';
import type { Around, CaseFile, RefusalCode } from './case-file.ts';
import { barOfFinance } from './rights-on-payouts.ts';

/** One payment of a batch as its own case has it, read now. `payeeDigest` is worked out from the payee that stands there. */
export type FoundMember = {
  readonly file: CaseFile;
  readonly around: Around;
  readonly payout: Payout;
  readonly payeeDigest: string;
};

export type ReleaseProblem = {
  readonly payoutId: PayoutId;
  readonly code: RefusalCode | 'not-in-batch' | 'amount-differs' | 'payee-differs';
};

/**
 * Why this person may not release a batch: each payment of which the case says otherwise than the batch, or on which they have voted or
 * have an interest. Empty: they may, as far as the payments go.
 */
export function problemsOfRelease(
  { batchId, members }: Batch,
  personId: PersonId,
  found: ReadonlyMap<PayoutId, FoundMember>,
): ReleaseProblem[] {
  return members.flatMap((member): ReleaseProblem[] => {
    const { payoutId } = member;
    const own = found.get(payoutId);
    const isIn = own?.payout.batchId === batchId && own.payout.status === 'batched' && member.isIn;
    if (own === undefined || !isIn) return [{ payoutId, code: 'not-in-batch' }];
    const { payout } = own;
    if (payout.amountFen !== member.amountFen || payout.fundId !== member.fundId) {
      return [{ payoutId, code: 'amount-differs' }];
    }
    if (own.payeeDigest !== member.payeeDigest) return [{ payoutId, code: 'payee-differs' }];
    const bar = barOfFinance(personId, 'batch', own.file, own.around, payout);
    return bar === undefined ? [] : [{ payoutId, code: bar }];
  });
}

/** The payment as its bank is told of it. */
export const bankPaymentOf = (
  { payoutId, amountFen, payee, fundId }: Payout,
  { funds }: Pick<Around, 'funds'>,
): BankPayment => ({
  ...{ payoutId, amountFen },
  ...{ holderName: payee.holderName, bankName: payee.bankName, accountNumber: payee.accountNumber },
  payer: payerAccountOf(funds, fundId),
});
