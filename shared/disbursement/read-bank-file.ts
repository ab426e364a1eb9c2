import type { BankProfile, TableProfile } from './bank-profiles/bank-profile.ts';
import { parseCsv } from './csv.ts';
import { decodeText } from './encode-text.ts';
import { readBehindApostrophe } from './formula-text.ts';
import { readPain001 } from './read-pain001.ts';
import { type ReadFile, type ReadPayment, readPlainAmount } from './read-payment.ts';

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
