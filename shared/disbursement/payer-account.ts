/** The union's own account that a fund pays from. `clearingCode`: the twelve digits of its branch in CNAPS 行号. */
export type PayerAccount = {
  readonly holderName: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly clearingCode: string;
};

/** Where a fund names none: the account of the union's relief money. An invented number, as all of the seed's are. */
const reliefAccount: PayerAccount = {
  holderName: '公司工会委员会',
  bankName: '工商银行盐场支行',
  accountNumber: '1107010000000000018',
  clearingCode: '102307000018',
};

/** The account that a fund's payments leave from; the one place that knows. */
export const payerAccountOf = (
  funds: readonly { readonly fundId: string; readonly payerAccount?: PayerAccount }[],
  fundId: string,
): PayerAccount => funds.find((fund) => fund.fundId === fundId)?.payerAccount ?? reliefAccount;
