import { type Fen, fen } from '../kernel/money.ts';

/** One payment as the file says it. `amount` as it is written; `amountFen` only where that has two decimals and no separator. */
export type ReadPayment = {
  readonly line: number;
  readonly reference: string;
  readonly holderName: string;
  readonly bankName: string;
  readonly accountNumber: string;
  readonly amount: string;
  readonly amountFen?: Fen;
  readonly payerAccount?: string;
};

/** What a file says of itself, where it does. */
export type ReadControl = { readonly count: number; readonly totalFen: Fen | undefined };

export type ReadFile =
  | { readonly kind: 'read'; readonly payments: readonly ReadPayment[]; readonly control: readonly ReadControl[] }
  | { readonly kind: 'unreadable'; readonly why: 'encoding' | 'form' | 'header' };

/** `1234.50` and nothing else; a third decimal, a separator or a sign is no amount. */
export function readPlainAmount(text: string): Fen | undefined {
  const [, whole = '', cents = ''] = /^(0|[1-9]\d{0,11})\.(\d{2})$/.exec(text) ?? [];
  return whole === '' ? undefined : fen(Number(whole) * 100 + Number(cents));
}
