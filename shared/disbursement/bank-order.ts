import type { BatchId, PayoutId } from '../kernel/ids.ts';
import type { Fen } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import type { PayerAccount } from './payer-account.ts';

/** One payment as a bank is told of it. `payoutId` is its reference there, by which the bank's answer is matched. */
export type BankPayment = {
  readonly payoutId: PayoutId;
  readonly amountFen: Fen;
  readonly holderName: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly payer: PayerAccount;
};

/** A batch as a bank is told of it. */
export type BankOrder = {
  readonly batchId: BatchId;
  readonly batchNumber: string;
  readonly at: Instant;
  readonly payments: readonly BankPayment[];
};

/** What the payee's statement says of the money: nothing of the programme, which would tell of an illness. */
export const paymentPurpose = '工会帮扶救助';

/** `1234.50`: two decimals, no separator. The one form of an amount in every file. */
export const plainAmount = (amountFen: Fen): string =>
  `${Math.trunc(amountFen / 100)}.${String(amountFen % 100).padStart(2, '0')}`;

/** An account as it is compared and written: without the blanks that people type. */
export const plainAccount = (typed: string): string => typed.normalize('NFKC').replace(/\s/g, '');
