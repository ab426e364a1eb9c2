import { answerFile } from './bank-answers.ts';
import type { PaymentOrder } from './bank-file.ts';
import type { UploadedFile } from './page.ts';

/** What a bank answers to a payment order. */
export type BankAnswer =
  | { readonly kind: 'paid'; readonly reference: string }
  | { readonly kind: 'returned'; readonly reference: string; readonly reason: string };

export type Bank = {
  /** From now on nothing can be paid into this account. */
  readonly closeAccount: (account: string) => void;
  /** Carries orders out, or returns them 退票, and says so in a file. Each payment has a reference of its own. */
  readonly answer: (orders: readonly PaymentOrder[], on: string) => UploadedFile;
  /** What was paid in all, by the bank's own books. */
  readonly paidFen: () => number;
};

/** A bank that does not exist; it knows nothing but accounts and sums. */
export function openBank(): Bank {
  const closed = new Set<string>();
  let payments = 0;
  let paidFen = 0;
  let files = 0;
  const pay = ({ account, amountFen }: PaymentOrder): BankAnswer => {
    payments += 1;
    const reference = `YH2016${String(payments).padStart(6, '0')}`;
    if (closed.has(account)) return { kind: 'returned', reference, reason: '账户已销户，退票' };
    paidFen += amountFen;
    return { kind: 'paid', reference };
  };
  return {
    closeAccount: (account) => void closed.add(account),
    answer(orders, on) {
      files += 1;
      return answerFile(
        orders.map((order) => ({ order, answer: pay(order), on })),
        files,
      );
    },
    paidFen: () => paidFen,
  };
}
