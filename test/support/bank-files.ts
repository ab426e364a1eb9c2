import { encodeText } from '../../shared/disbursement/encode-text.ts';
import type { Payout } from '../../shared/disbursement/payout.ts';
import { payoutSchema } from '../../shared/disbursement/payout.ts';
import { formatYuan } from '../../shared/kernel/money.ts';

export function inGbk(text: string): Uint8Array {
  const encoded = encodeText(text, 'gbk');
  if (!encoded.ok) throw new Error(`not in GBK: ${encoded.lacking.join('')}`);
  return encoded.bytes;
}
export const inUtf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** An invented payment that the bank was told of. */
export const samplePayout = (number: number, over: Partial<Record<keyof Payout, unknown>> = {}): Payout =>
  payoutSchema.parse({
    payoutId: `CASE${String(number).padStart(4, '0')}.1.1.1`,
    caseId: `CASE${String(number).padStart(4, '0')}`,
    awardId: `CASE${String(number).padStart(4, '0')}.1`,
    fundId: 'municipal-federation',
    amountFen: 200_000 + number,
    attempt: 1,
    payee: {
      holderName: `林海${number}`,
      bankName: '农商银行',
      accountNumber: `62000000000${String(number).padStart(5, '0')}`,
    },
    status: 'sent',
    orderedAt: '2016-03-08T02:00:00.000Z',
    batchId: 'B1',
    batchedBy: 'ji-qiushi',
    sentAt: '2016-03-09T02:00:00.000Z',
    sentBy: 'bian-sujun',
    ...over,
  });

export type Answer = {
  readonly payout: Payout;
  readonly result?: string;
  readonly reference?: string;
  readonly paidOn?: string;
  readonly reason?: string;
};

const told = ({ payout, result = '成功', reference, paidOn = '2016-03-10', reason = '' }: Answer) => ({
  ...{ id: payout.payoutId, account: payout.payee.accountNumber, name: payout.payee.holderName },
  ...{ amount: formatYuan(payout.amountFen), result, paidOn, reason },
  reference: reference ?? `REF-${payout.payoutId}`,
});

const table = (heading: string, lines: readonly string[]) => [heading, ...lines].map((line) => `${line}\r\n`).join('');

export const genericCsv = (answers: readonly Answer[]): string =>
  table(
    '发放编号,账号,户名,金额,结果,银行流水号,到账日期,原因',
    answers.map(told).map((a) => [a.id, a.account, a.name, a.amount, a.result, a.reference, a.paidOn, a.reason].join()),
  );

export const icbcCsv = (answers: readonly Answer[]): string =>
  table(
    '序号,收款账号,收款户名,金额(元),备注,处理结果,失败原因,交易日期,交易流水号',
    answers
      .map(told)
      .map((a, index) =>
        [
          index + 1,
          a.account,
          a.name,
          a.amount,
          a.id,
          a.result,
          a.reason,
          a.paidOn.replaceAll('-', ''),
          a.reference,
        ].join(),
      ),
  );

export const cmbCsv = (answers: readonly Answer[]): string =>
  table(
    '账号,户名,金额,注释,业务状态,错误信息,经办日,流程实例号',
    answers
      .map(told)
      .map((a) =>
        [a.account, a.name, a.amount, a.id, a.result, a.reason, a.paidOn.replaceAll('-', '/'), a.reference].join(),
      ),
  );

/** A status report; `status` of each is ACSC, RJCT, … */
export const pain002 = (answers: readonly (Answer & { readonly status: string })[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><GrpHdr><MsgId>S1</MsgId></GrpHdr>
<OrgnlGrpInfAndSts><OrgnlMsgId>PC-2016-0001</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts><OrgnlPmtInfAndSts>${answers
    .map((answer) => ({ ...told(answer), status: answer.status }))
    .map(
      (a) => `<TxInfAndSts><OrgnlEndToEndId>${a.id}</OrgnlEndToEndId><TxSts>${a.status}</TxSts>
<StsRsnInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>${a.reason}</AddtlInf></StsRsnInf>
<AccptncDtTm>${a.paidOn}T10:00:00+08:00</AccptncDtTm><AcctSvcrRef>${a.reference}</AcctSvcrRef>
<OrgnlTxRef><Amt><InstdAmt Ccy="CNY">${a.amount}</InstdAmt></Amt><Cdtr><Pty><Nm>${a.name}</Nm></Pty></Cdtr>
<CdtrAcct><Id><Othr><Id>${a.account}</Id></Othr></Id></CdtrAcct></OrgnlTxRef></TxInfAndSts>`,
    )
    .join('\n')}</OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>`;

/** A statement; `returned` ones are credits that name the payment. */
export const camt053 = (answers: readonly (Answer & { readonly isReturned?: boolean })[]): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Id>1</Id>
<Ntry><Amt Ccy="CNY">9.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><ValDt><Dt>2016-03-10</Dt></ValDt></Ntry>
${answers
  .map((answer) => ({ ...told(answer), isReturned: answer.isReturned === true }))
  .map((a) => {
    const party = a.isReturned ? 'Dbtr' : 'Cdtr';
    return `<Ntry><Amt Ccy="CNY">${a.amount}</Amt><CdtDbtInd>${a.isReturned ? 'CRDT' : 'DBIT'}</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
<BookgDt><Dt>${a.paidOn}</Dt></BookgDt><ValDt><Dt>${a.paidOn}</Dt></ValDt><AcctSvcrRef>${a.reference}</AcctSvcrRef>
<NtryDtls><TxDtls><Refs><EndToEndId>${a.id}</EndToEndId></Refs><RltdPties><${party}><Pty><Nm>${a.name}</Nm></Pty></${party}>
<${party}Acct><Id><Othr><Id>${a.account}</Id></Othr></Id></${party}Acct></RltdPties>${
      a.isReturned ? `<RtrInf><Rsn><Cd>AC04</Cd></Rsn><AddtlInf>${a.reason}</AddtlInf></RtrInf>` : ''
    }</TxDtls></NtryDtls></Ntry>`;
  })
  .join('\n')}</Stmt></BkToCstmrStmt></Document>`;
