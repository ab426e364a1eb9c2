import * as z from 'zod';
import { fenSchema } from '../kernel/fen-schema.ts';
import { scanSchema } from '../kernel/scan.ts';
import { type LocalDate, localDateSchema } from '../kernel/time.ts';

/**
 * The paper behind a movement of money 凭证: a bank's credit advice, a receipt with its number. What was proposed before scans were kept
 * has none, nor has the invented union's money.
 */
export const voucherSchema = z.strictObject({
  number: z.string().min(1),
  date: localDateSchema,
  scan: scanSchema.exactOptional(),
});
export type Voucher = z.infer<typeof voucherSchema>;

/** Money that came into a fund. `payer`: the unit that paid, or the donation appeal; no donor by name. */
export const receiptSchema = z.strictObject({
  amountFen: fenSchema,
  payer: z.string().min(1),
  voucher: voucherSchema,
});

/** A voucher as it is compared, however its number was typed: one voucher stands for one movement of money. */
export const voucherKey = ({ number, date }: Pick<Voucher, 'number' | 'date'>): string =>
  `${date}/${number.normalize('NFKC').toUpperCase().replace(/\s/g, '')}`;

export type ReceiptFault = 'amount-zero' | 'voucher-to-come';

export function faultOfMovement(
  { amountFen, voucher }: { readonly amountFen: number; readonly voucher?: Voucher | undefined },
  today: LocalDate,
): ReceiptFault | undefined {
  if (amountFen <= 0) return 'amount-zero';
  return voucher !== undefined && voucher.date > today ? 'voucher-to-come' : undefined;
}
