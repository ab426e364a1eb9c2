import * as z from 'zod';

/** The union's own account that a fund pays from. `clearingCode`: the twelve digits of its branch in CNAPS 行号. */
export const payerAccountSchema = z.strictObject({
  holderName: z.string().min(1),
  bankName: z.string().min(1),
  accountNumber: z.string().regex(/^\d{8,32}$/),
  clearingCode: z.string().regex(/^\d{12}$/),
});
export type PayerAccount = z.infer<typeof payerAccountSchema>;

/** Until funds name their own: the one account of the union's relief money. An invented number, as all of this stage's are. */
const reliefAccount: PayerAccount = {
  holderName: '公司工会委员会',
  bankName: '工商银行盐场支行',
  accountNumber: '1107010000000000018',
  clearingCode: '102307000018',
};

/** The account that a fund's payments leave from; the one place that knows. */
export const payerAccountOf = (_fundId: string): PayerAccount => reliefAccount;
