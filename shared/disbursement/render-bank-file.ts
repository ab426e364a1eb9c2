import { type BankField, type BankProfile, type TableProfile } from './bank-profiles/bank-profile.ts';
import { type BankOrder, type BankPayment, paymentPurpose, plainAccount, plainAmount } from './bank-order.ts';
import { quotedText } from './csv.ts';
import { behindApostrophe } from './formula-text.ts';
import { renderPain001 } from './render-pain001.ts';

/** A batch as the text of the file that its bank takes; the encoding comes after. Nothing is checked here: the lint reads it back. */
export const renderBankFile = (profile: BankProfile, order: BankOrder): string =>
  profile.layout === 'table' ? renderTable(profile, order) : renderPain001(order);

function renderTable(profile: TableProfile, { payments }: BankOrder): string {
  const rows = [
    profile.columns.map(({ header }) => quotedText(header)),
    ...payments.map((payment, index) => profile.columns.map(({ field }) => cellOf(profile, field, payment, index + 1))),
  ];
  return rows.map((cells) => `${cells.join(',')}\r\n`).join('');
}

function cellOf(profile: TableProfile, field: BankField, payment: BankPayment, line: number): string {
  const text = (value: string) => quotedText(profile.formulas === 'apostrophe' ? behindApostrophe(value) : value);
  const account = (value: string) =>
    quotedText(`${profile.account === 'leading-tab' ? '\t' : ''}${plainAccount(value)}`);
  switch (field) {
    case 'line':
      return String(line);
    case 'account':
      return account(payment.accountNumber);
    case 'holder':
      return text(payment.holderName);
    case 'bank':
      return text(payment.bankName);
    case 'amount':
      return plainAmount(payment.amountFen);
    case 'currency':
      return quotedText('CNY');
    case 'purpose':
      return quotedText(paymentPurpose);
    case 'reference':
      return quotedText(payment.payoutId);
    case 'payer-account':
      return account(payment.payer.accountNumber);
    case 'payer-holder':
      return text(payment.payer.holderName);
    default:
      return field satisfies never;
  }
}
