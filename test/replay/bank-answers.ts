import type { PaymentOrder } from './bank-file.ts';
import type { UploadedFile } from './page.ts';
import type { BankAnswer } from './bank.ts';

export type Answered = { readonly order: PaymentOrder; readonly answer: BankAnswer; readonly on: string };

const forms = ['table', 'report', 'table', 'statement'] as const;

/**
 * The file in which a bank says what became of a batch. A payment that came back stands on a statement, which has it twice: paid, and
 * returned. Else the bank writes a table, a report or a statement in turn.
 */
export function answerFile(answers: readonly Answered[], turn: number): UploadedFile {
  const hasReturn = answers.some(({ answer }) => answer.kind === 'returned');
  const form = hasReturn ? 'statement' : (forms[turn % forms.length] ?? 'table');
  const written = { table, report, statement }[form](answers);
  const isTable = form === 'table';
  return {
    fileName: isTable ? 'result.csv' : 'result.xml',
    contentType: isTable ? 'text/csv' : 'application/xml',
    bytes: new TextEncoder().encode(written),
  };
}

const yuan = ({ amountFen }: PaymentOrder): string => (amountFen / 100).toFixed(2);
const referenceOf = (answer: BankAnswer): string => (answer.kind === 'paid' ? answer.reference : '');

const table = (answers: readonly Answered[]): string =>
  [
    '发放编号,收款账号,金额,结果,银行流水号,到账日期,原因',
    ...answers.map(({ order, answer, on }) =>
      [order.reference, order.account, yuan(order), '成功', referenceOf(answer), on, ''].join(','),
    ),
  ]
    .map((line) => `${line}\r\n`)
    .join('');

const report = (answers: readonly Answered[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><OrgnlPmtInfAndSts>${answers
    .map(
      ({ order, answer, on }) => `
<TxInfAndSts><OrgnlEndToEndId>${order.reference}</OrgnlEndToEndId><TxSts>ACSC</TxSts>
<AccptncDtTm>${on}T10:00:00+08:00</AccptncDtTm><AcctSvcrRef>${referenceOf(answer)}</AcctSvcrRef>
<OrgnlTxRef><Amt><InstdAmt Ccy="CNY">${yuan(order)}</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>`,
    )
    .join('')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;

const statement = (answers: readonly Answered[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt>${answers
    .flatMap(({ order, answer, on }) => {
      const paid = answer.kind === 'paid' ? answer.reference : `${answer.reference}-1`;
      if (answer.kind === 'paid') return [entry(order, on, 'DBIT', paid, '')];
      const why = `<RtrInf><AddtlInf>${answer.reason}</AddtlInf></RtrInf>`;
      return [entry(order, on, 'DBIT', paid, ''), entry(order, on, 'CRDT', answer.reference, why)];
    })
    .join('')}</Stmt></BkToCstmrStmt></Document>`;

const entry = (order: PaymentOrder, on: string, side: 'DBIT' | 'CRDT', reference: string, more: string): string => `
<Ntry><Amt Ccy="CNY">${yuan(order)}</Amt><CdtDbtInd>${side}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>${on}</Dt></ValDt>
<AcctSvcrRef>${reference}</AcctSvcrRef><NtryDtls><TxDtls><Refs><EndToEndId>${order.reference}</EndToEndId></Refs>${more}</TxDtls></NtryDtls>
</Ntry>`;
