import type { XmlElement } from '@rgrove/parse-xml';
import type { Fen } from '../../kernel/money.ts';
import {
  type BankOutcome,
  type BankRow,
  type FileFault,
  mostResultRows,
  type ReadResult,
  unreadable,
} from './bank-row.ts';
import { readAmount, readDay, readPayoutId } from './read-cells.ts';
import { at, textAt } from './read-xml.ts';

/** ACSC, ACCC: settled on the payer's side, on the payee's. Whatever else is not RJCT or CANC says only that the bank is at it. */
const outcomes: Readonly<Record<string, BankOutcome>> = { ACSC: 'paid', ACCC: 'paid', RJCT: 'failed', CANC: 'failed' };

/**
 * A status report pain.002.001.10. It may list failures alone, and then says nothing of the others: only a payment that it names is a
 * row, whatever the state of its group.
 */
export function readPain002(root: XmlElement): ReadResult {
  const report = at(root, 'CstmrPmtStsRpt');
  const payments = at(report, 'OrgnlPmtInfAndSts/TxInfAndSts');
  if (payments.length === 0) {
    const tellsOfGroup =
      at(report, 'OrgnlGrpInfAndSts/GrpSts').length > 0 || at(report, 'OrgnlPmtInfAndSts').length > 0;
    return unreadable(tellsOfGroup ? 'group-only' : 'no-rows');
  }
  if (payments.length > mostResultRows) return unreadable('too-many-rows');
  const rows: BankRow[] = [];
  for (const [index, payment] of payments.entries()) {
    const line = index + 1;
    const row = rowOf(payment, line);
    if (typeof row === 'string') return unreadable(row, line);
    rows.push(row);
  }
  return { kind: 'read', format: 'pain.002', rows };
}

function rowOf(payment: XmlElement, line: number): BankRow | FileFault {
  const status = textAt(payment, 'TxSts');
  if (status === undefined) return 'outcome';
  const amount = amountOf(payment);
  if (typeof amount === 'string') return amount;
  const on = textAt(payment, 'FctvIntrBkSttlmDt/Dt', 'FctvIntrBkSttlmDt/DtTm', 'AccptncDtTm');
  const paidOn = on === undefined ? undefined : readDay(on);
  if (on !== undefined && paidOn === undefined) return 'date';
  const accountNumber = textAt(payment, 'OrgnlTxRef/CdtrAcct/Id/Othr/Id', 'OrgnlTxRef/CdtrAcct/Id/IBAN');
  const holderName = textAt(payment, 'OrgnlTxRef/Cdtr/Pty/Nm', 'OrgnlTxRef/Cdtr/Nm');
  const bankReference = textAt(payment, 'AcctSvcrRef');
  const reason = [
    textAt(payment, 'StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry'),
    ...at(payment, 'StsRsnInf/AddtlInf').map(({ text }) => text.trim()),
  ].join(' ');
  return {
    ...{ line, outcome: outcomes[status] ?? 'pending' },
    ...readPayoutId(textAt(payment, 'OrgnlEndToEndId') ?? ''),
    ...(amount.amountFen !== undefined && { amountFen: amount.amountFen }),
    ...(accountNumber !== undefined && { accountNumber }),
    ...(holderName !== undefined && { holderName }),
    ...(bankReference !== undefined && { bankReference }),
    ...(paidOn !== undefined && { paidOn }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}

function amountOf(payment: XmlElement): { readonly amountFen?: Fen } | FileFault {
  const [amount] = at(payment, 'OrgnlTxRef/Amt/InstdAmt');
  if (amount === undefined) return {};
  if (amount.attributes['Ccy'] !== 'CNY') return 'currency';
  const amountFen = readAmount(amount.text);
  return typeof amountFen === 'string' ? amountFen : { amountFen };
}
