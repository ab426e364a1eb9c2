/** What a bank answers to a payment order. */
export type BankAnswer =
  | { readonly kind: 'paid'; readonly reference: string }
  | { readonly kind: 'returned'; readonly reason: string };

export type Bank = {
  /** From now on nothing can be paid into this account. */
  readonly closeAccount: (account: string) => void;
  /** Carries one order out, or returns it 退票. Each payment has a reference of its own. */
  readonly pay: (order: { readonly account: string; readonly amountFen: number }) => BankAnswer;
  /** What was paid in all, by the bank's own books. */
  readonly paidFen: () => number;
};

/** A bank that does not exist; it knows nothing but accounts and sums. */
export function openBank(): Bank {
  const closed = new Set<string>();
  let payments = 0;
  let paidFen = 0;
  return {
    closeAccount: (account) => void closed.add(account),
    pay({ account, amountFen }) {
      if (closed.has(account)) return { kind: 'returned', reason: '账户已销户，退票' };
      payments += 1;
      paidFen += amountFen;
      return { kind: 'paid', reference: `YH2016${String(payments).padStart(6, '0')}` };
    },
    paidFen: () => paidFen,
  };
}
