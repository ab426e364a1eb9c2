import { type Fen, fen } from '../kernel/money.ts';
import type { BankProfile, TableProfile } from './bank-profiles/bank-profile.ts';
import { parseCsv } from './csv.ts';
import { decodeText } from './encode-text.ts';
import { readBehindApostrophe } from './formula-text.ts';
import { readPain001 } from './read-pain001.ts';

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

/** Reads back what `renderBankFile` made and `encodeText` encoded, as the bank would. */
export function readBankFile(profile: BankProfile, bytes: Uint8Array): ReadFile {
  const text = decodeText(bytes, profile.encoding);
  if (text === undefined) return { kind: 'unreadable', why: 'encoding' };
  return profile.layout === 'table' ? readTable(profile, text) : readPain001(text);
}

function readTable(profile: TableProfile, text: string): ReadFile {
  const [header, ...rows] = parseCsv(text) ?? [];
  if (header === undefined) return { kind: 'unreadable', why: 'form' };
  const { columns } = profile;
  if (header.length !== columns.length || columns.some((column, index) => column.header !== header[index])) {
    return { kind: 'unreadable', why: 'header' };
  }
  return { kind: 'read', payments: rows.map((row, index) => readRow(profile, row, index + 2)), control: [] };
}

function readRow(profile: TableProfile, row: readonly string[], line: number): ReadPayment {
  const cell = (field: string): string => row[profile.columns.findIndex((column) => column.field === field)] ?? '';
  const text = (field: string) => (profile.formulas === 'apostrophe' ? readBehindApostrophe(cell(field)) : cell(field));
  const account = (field: string) => (profile.account === 'leading-tab' ? cell(field).replace(/^\t/, '') : cell(field));
  const amountFen = readPlainAmount(cell('amount'));
  return {
    line,
    reference: cell('reference'),
    holderName: text('holder'),
    bankName: text('bank'),
    accountNumber: account('account'),
    amount: cell('amount'),
    ...(amountFen !== undefined && { amountFen }),
    ...(profile.columns.some(({ field }) => field === 'payer-account') && { payerAccount: account('payer-account') }),
  };
}
