import type { XmlElement } from '@rgrove/parse-xml';
import type { Fen } from '../../kernel/money.ts';
import type { LocalDate } from '../../kernel/time.ts';
import { type BankRow, type FileFault, mostResultRows, type ReadResult, unreadable } from './bank-row.ts';
import { readAmount, readDay, readPayoutId } from './read-cells.ts';
import { at, textAt } from './read-xml.ts';

/**
 * A statement camt.053.001.08. What was booked as a debit is paid; a credit that refers to one of our payments, or that says that it
 * is a return, has come back 退票. Other credits are income and no concern of payments; what is not booked yet is left out.
 */
export function readCamt053(root: XmlElement): ReadResult {
  const entries = at(root, 'BkToCstmrStmt/Stmt/Ntry').filter((entry) => textAt(entry, 'Sts/Cd', 'Sts') === 'BOOK');
  if (entries.length > mostResultRows) return unreadable('too-many-rows');
  const rows: BankRow[] = [];
  for (const entry of entries) {
    const details = at(entry, 'NtryDtls/TxDtls');
    const payments = details.length === 0 ? [entry] : details;
    for (const [index, payment] of payments.entries()) {
      const line = rows.length + 1;
      const row = rowOf({ entry, payment, index, isAlone: payments.length === 1 }, line);
      if (typeof row === 'string') return unreadable(row, line);
      if (row !== undefined) rows.push(row);
      if (rows.length > mostResultRows) return unreadable('too-many-rows');
    }
  }
  return rows.length === 0 ? unreadable('no-rows') : { kind: 'read', format: 'camt.053', rows };
}

/** One payment of an entry; an entry without details is its own. */
type Payment = {
  readonly entry: XmlElement;
  readonly payment: XmlElement;
  readonly index: number;
  readonly isAlone: boolean;
};

function rowOf(booked: Payment, line: number): BankRow | FileFault | undefined {
  const { entry, payment } = booked;
  const isCredit = (textAt(payment, 'CdtDbtInd') ?? textAt(entry, 'CdtDbtInd')) === 'CRDT';
  const ours = readPayoutId(textAt(payment, 'Refs/EndToEndId') ?? '');
  const isReturn = at(payment, 'RtrInf').length > 0 || textAt(entry, 'RvslInd') === 'true';
  if (isCredit && ours === undefined && !isReturn) return undefined;
  const amountFen = amountOf(booked);
  if (typeof amountFen === 'string') return amountFen;
  const paidOn = dayOf(entry);
  if (paidOn === undefined) return 'date';
  // What comes back comes from the account to which it went.
  const party = isCredit ? 'Dbtr' : 'Cdtr';
  const accountNumber = textAt(payment, `RltdPties/${party}Acct/Id/Othr/Id`, `RltdPties/${party}Acct/Id/IBAN`);
  const holderName = textAt(payment, `RltdPties/${party}/Pty/Nm`, `RltdPties/${party}/Nm`);
  const bankReference = referenceOf(booked);
  const reason = [
    textAt(payment, 'RtrInf/Rsn/Cd', 'RtrInf/Rsn/Prtry'),
    ...at(payment, 'RtrInf/AddtlInf').map(({ text }) => text.trim()),
  ].join(' ');
  return {
    ...{ line, outcome: isCredit ? 'returned' : 'paid', amountFen, paidOn },
    ...ours,
    ...(accountNumber !== undefined && { accountNumber }),
    ...(holderName !== undefined && { holderName }),
    ...(bankReference !== undefined && { bankReference }),
    ...(reason.trim() !== '' && { reason: reason.trim() }),
  };
}

function amountOf({ entry, payment, isAlone }: Payment): Fen | FileFault {
  const [own] = [...at(payment, 'Amt'), ...at(payment, 'AmtDtls/TxAmt/Amt'), ...(isAlone ? at(entry, 'Amt') : [])];
  if (own === undefined) return 'amount';
  return own.attributes['Ccy'] === 'CNY' ? readAmount(own.text) : 'currency';
}

const dayOf = (entry: XmlElement): LocalDate | undefined =>
  readDay(textAt(entry, 'ValDt/Dt', 'ValDt/DtTm', 'BookgDt/Dt', 'BookgDt/DtTm') ?? '');

/** The bank's reference of the payment itself; where it gives one for a whole entry, the place in the entry tells them apart. */
function referenceOf({ entry, payment, index, isAlone }: Payment): string | undefined {
  const own = textAt(payment, 'Refs/AcctSvcrRef', 'Refs/TxId');
  if (own !== undefined) return own;
  const ofEntry = textAt(entry, 'AcctSvcrRef', 'NtryRef');
  return isAlone || ofEntry === undefined ? ofEntry : `${ofEntry}-${index + 1}`;
}
