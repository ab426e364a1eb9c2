import { addFen } from '../kernel/money.ts';
import { localDateOf } from '../kernel/time.ts';
import { type BankOrder, type BankPayment, paymentPurpose, plainAccount, plainAmount } from './bank-order.ts';
import type { PayerAccount } from './payer-account.ts';

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

type Content = string | readonly string[];
const tag = (name: string, content: Content, attribute = ''): string =>
  `<${name}${attribute}>${typeof content === 'string' ? escaped(content) : content.join('')}</${name}>`;

const account = (number: string): string => tag('Id', [tag('Othr', [tag('Id', plainAccount(number))])]);
const sum = (payments: readonly BankPayment[]): string =>
  plainAmount(addFen(...payments.map((each) => each.amountFen)));

/** A customer credit transfer initiation: one `PmtInf` for each account of ours, each payment under its payout's id. */
export function renderPain001({ batchNumber, at, payments }: BankOrder): string {
  const payers = [...new Map(payments.map(({ payer }) => [payer.accountNumber, payer])).values()];
  const header = tag('GrpHdr', [
    tag('MsgId', batchNumber),
    tag('CreDtTm', at),
    tag('NbOfTxs', String(payments.length)),
    tag('CtrlSum', sum(payments)),
    tag('InitgPty', [tag('Nm', payers[0]?.holderName ?? '')]),
  ]);
  const groups = payers.map((payer, index) =>
    paymentGroup(
      payer,
      `${batchNumber}-${index + 1}`,
      localDateOf(at),
      payments.filter((each) => each.payer.accountNumber === payer.accountNumber),
    ),
  );
  const document = tag(
    'Document',
    [tag('CstmrCdtTrfInitn', [header, ...groups])],
    ' xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"',
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n${document}\n`;
}

const paymentGroup = (payer: PayerAccount, id: string, on: string, payments: readonly BankPayment[]): string =>
  tag('PmtInf', [
    tag('PmtInfId', id),
    tag('PmtMtd', 'TRF'),
    tag('NbOfTxs', String(payments.length)),
    tag('CtrlSum', sum(payments)),
    tag('ReqdExctnDt', [tag('Dt', on)]),
    tag('Dbtr', [tag('Nm', payer.holderName)]),
    tag('DbtrAcct', [account(payer.accountNumber), tag('Ccy', 'CNY')]),
    tag('DbtrAgt', [
      tag('FinInstnId', [
        tag('ClrSysMmbId', [tag('ClrSysId', [tag('Cd', 'CNAPS')]), tag('MmbId', payer.clearingCode)]),
        tag('Nm', payer.bankName),
      ]),
    ]),
    ...payments.map(transfer),
  ]);

/** The payee's bank by name: nobody asks a household for the code of its branch. */
const transfer = ({ payoutId, amountFen, holderName, bankName, accountNumber }: BankPayment): string =>
  tag('CdtTrfTxInf', [
    tag('PmtId', [tag('InstrId', payoutId), tag('EndToEndId', payoutId)]),
    tag('Amt', [tag('InstdAmt', plainAmount(amountFen), ' Ccy="CNY"')]),
    tag('CdtrAgt', [tag('FinInstnId', [tag('Nm', bankName)])]),
    tag('Cdtr', [tag('Nm', holderName)]),
    tag('CdtrAcct', [account(accountNumber)]),
    tag('RmtInf', [tag('Ustrd', paymentPurpose)]),
  ]);
