/** The union's own account that a fund pays from. `clearingCode`: the twelve digits of its branch in CNAPS 行号. */
export type PayerAccount = {
  readonly holderName: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly clearingCode: string;
};

/** Where a fund names none: nothing can leave it, and the check of a bank's file says so (`payer-missing`). */
const noAccount: PayerAccount = { holderName: '', bankName: '', accountNumber: '', clearingCode: '' };

/** The account that a fund's payments leave from; the one place that knows. */
export const payerAccountOf = (
  funds: readonly { readonly fundId: string; readonly payerAccount?: PayerAccount }[],
  fundId: string,
): PayerAccount => funds.find((fund) => fund.fundId === fundId)?.payerAccount ?? noAccount;
