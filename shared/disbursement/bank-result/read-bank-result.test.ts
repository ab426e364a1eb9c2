import { describe, expect, it } from 'vitest';
import {
  camt053,
  cmbCsv,
  genericCsv,
  icbcCsv,
  inGbk,
  inUtf8,
  pain002,
  samplePayout,
} from '../../../test/support/bank-files.ts';
import { largestResultBytes } from './bank-row.ts';
import { readBankResult } from './read-bank-result.ts';

const one = samplePayout(1);
const two = samplePayout(2);
const answers = [{ payout: one }, { payout: two, result: '失败', reason: '账户已销户' }];
const read = (text: string) => readBankResult(inUtf8(text));

/** What every form says of the two payments, without its line. */
const paid = {
  ...{ payoutId: 'CASE0001.1.1.1', caseId: 'CASE0001', accountNumber: '6200000000000001', holderName: '林海1' },
  ...{ amountFen: 200_001, outcome: 'paid', bankReference: 'REF-CASE0001.1.1.1', paidOn: '2016-03-10' },
};

describe('a bank’s result', () => {
  it.each([
    ['generic-csv', genericCsv],
    ['icbc-csv', icbcCsv],
    ['cmb-csv', cmbCsv],
  ] as const)('is read from a table of %s, in UTF-8 with or without its mark and in GBK', (format, render) => {
    const text = render(answers);
    for (const bytes of [inUtf8(text), inUtf8(`\uFEFF${text}`), inGbk(text)]) {
      const result = readBankResult(bytes);
      expect(result).toMatchObject({ kind: 'read', format });
      expect(result.kind === 'read' && result.rows).toEqual([
        { line: 2, ...paid },
        expect.objectContaining({ line: 3, payoutId: two.payoutId, outcome: 'failed', reason: '账户已销户' }),
      ]);
    }
  });

  it('is read from a status report, which says nothing of payments that it does not name', () => {
    const result = read(
      pain002([
        { payout: one, status: 'ACSC' },
        { payout: two, status: 'RJCT', reason: '账户已销户' },
        { payout: samplePayout(3), status: 'ACSP' },
      ]),
    );
    expect(result).toMatchObject({ kind: 'read', format: 'pain.002' });
    expect(result.kind === 'read' && result.rows).toEqual([
      { line: 1, ...paid, reason: 'AC04' },
      expect.objectContaining({ line: 2, payoutId: two.payoutId, outcome: 'failed', reason: 'AC04 账户已销户' }),
      expect.objectContaining({ line: 3, outcome: 'pending' }),
    ]);
  });

  it('is read from a statement: debits are paid, credits that name a payment came back, other credits are passed over', () => {
    const result = read(camt053([{ payout: one }, { payout: two, isReturned: true, reason: '账户已销户' }]));
    expect(result).toMatchObject({ kind: 'read', format: 'camt.053' });
    expect(result.kind === 'read' && result.rows).toEqual([
      { line: 1, ...paid },
      expect.objectContaining({ line: 2, payoutId: two.payoutId, outcome: 'returned', reason: 'AC04 账户已销户' }),
    ]);
  });

  it('leaves out what a statement has not booked yet', () => {
    const text = camt053([{ payout: one }, { payout: two }]).replace(
      '<Cd>BOOK</Cd></Sts>\n<BookgDt>',
      '<Cd>PDNG</Cd></Sts>\n<BookgDt>',
    );
    const result = read(text);
    expect(result.kind === 'read' && result.rows.map(({ payoutId }) => payoutId)).toEqual([two.payoutId]);
  });

  it('tells payments apart to which a statement gives one reference together', () => {
    const detail = (id: string, amount: string) =>
      `<TxDtls><Refs><EndToEndId>${id}</EndToEndId></Refs><Amt Ccy="CNY">${amount}</Amt></TxDtls>`;
    const result = read(
      `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.08"><BkToCstmrStmt><Stmt><Ntry><Amt Ccy="CNY">30.00</Amt>
      <CdtDbtInd>DBIT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts><BookgDt><Dt>2016-03-10</Dt></BookgDt><AcctSvcrRef>E9</AcctSvcrRef>
      <NtryDtls>${detail('A.1.1.1', '10.00')}${detail('B.1.1.1', '20.00')}</NtryDtls></Ntry></Stmt></BkToCstmrStmt></Document>`,
    );
    expect(result.kind === 'read' && result.rows.map((row) => [row.bankReference, row.amountFen])).toEqual([
      ['E9-1', 1_000],
      ['E9-2', 2_000],
    ]);
  });

  it('is read with quotes, line breaks in a cell, thousands separators and what a spreadsheet puts around numbers', () => {
    const result = read(
      '发放编号,账号,户名,金额,结果,银行流水号,到账日期,原因\n\n"CASE0001.1.1.1","=""6200000000000001""",林海1,"2,000.01",成功,\'77,2016/3/10,"第一行\n第二行"\n',
    );
    expect(result.kind === 'read' && result.rows).toEqual([
      { line: 3, ...paid, bankReference: '77', reason: '第一行\n第二行' },
    ]);
  });
});

const line = (cells: string) => `发放编号,金额,结果,账号,到账日期\r\n${cells}\r\n`;
const xml = (inside: string) => `<?xml version="1.0"?>${inside}`;
const whole = genericCsv(answers);

describe('a bad bank file is refused with its reason', () => {
  it.each([
    ['nothing', '', 'empty', undefined],
    ['blank lines alone', '\r\n \r\n', 'empty', undefined],
    ['a heading alone', '发放编号,金额,结果\r\n', 'no-rows', undefined],
    ['columns that no bank writes', '姓名,电话\r\n林海生,138\r\n', 'columns', 1],
    ['a form’s page saved as csv', '<!DOCTYPE html><html><body>登录</body></html>', 'web-page', undefined],
    ['a row with a cell too many', line('A.1.1.1,1.00,成功,1,2016-03-10,x'), 'row-width', 2],
    ['a file cut in the middle of a row', whole.slice(0, -20), 'cut-off', 3],
    ['a file cut before its last line break', whole.slice(0, -2), 'cut-off', 3],
    ['a file cut inside quotes', '发放编号,金额,结果\r\n"A.1.1.1,1.00', 'cut-off', 2],
    ['a quote in the middle of a cell', line('A"x.1.1.1,1.00,成功,1,2016-03-10'), 'quotes', 2],
    ['a negative amount', line('A.1.1.1,-5.00,成功,1,2016-03-10'), 'amount-negative', 2],
    ['an amount in brackets', line('A.1.1.1,(5.00),成功,1,2016-03-10'), 'amount-negative', 2],
    ['a hidden third decimal', line('A.1.1.1,5.001,成功,1,2016-03-10'), 'amount-decimals', 2],
    ['a huge amount', line('A.1.1.1,99999999999999999999.00,成功,1,2016-03-10'), 'amount-huge', 2],
    ['no amount', line('A.1.1.1,,成功,1,2016-03-10'), 'amount', 2],
    ['an amount of nothing', line('A.1.1.1,0.00,成功,1,2016-03-10'), 'amount', 2],
    ['an account that a spreadsheet rounded', line('A.1.1.1,5.00,成功,6.22E+18,2016-03-10'), 'account-rounded', 2],
    ['a result in words that no bank uses', line('A.1.1.1,5.00,大概吧,1,2016-03-10'), 'outcome', 2],
    ['a day that does not exist', line('A.1.1.1,5.00,成功,1,2016-02-30'), 'date', 2],
    ['100,000 rows', `发放编号,金额,结果\r\n${'A.1.1.1,1.00,成功\r\n'.repeat(100_000)}`, 'too-many-rows', undefined],
    [
      'an XML bomb',
      xml('<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><Document>&b;&b;</Document>'),
      'xml-forbidden',
      undefined,
    ],
    [
      'an external entity',
      xml('<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><Document>&x;</Document>'),
      'xml-forbidden',
      undefined,
    ],
    ['an entity that nobody declared', xml('<Document>&x;</Document>'), 'xml-broken', undefined],
    ['XML cut in the middle', camt053([{ payout: one }]).slice(0, 700), 'xml-broken', undefined],
    ['XML that is nested too deep', '<a>'.repeat(100_000), 'xml-deep', undefined],
    ['XML of a million tags', `<Document>${'<a/>'.repeat(900_000)}</Document>`, 'too-many-rows', undefined],
    [
      'another message',
      xml('<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09"/>'),
      'xml-unknown',
      undefined,
    ],
    [
      'an older version',
      camt053([{ payout: one }]).replace('camt.053.001.08', 'camt.053.001.02'),
      'xml-unknown',
      undefined,
    ],
    ['a currency that is not ours', camt053([{ payout: one }]).replaceAll('"CNY"', '"USD"'), 'currency', 1],
    ['a statement without payments', camt053([]), 'no-rows', undefined],
    ['a report on the group alone', pain002([]), 'group-only', undefined],
    ['a negative amount in XML', camt053([{ payout: one }]).replace('>2000.01<', '>-2000.01<'), 'amount-negative', 1],
    ['a third decimal in XML', camt053([{ payout: one }]).replace('>2000.01<', '>2000.010<'), 'amount-decimals', 1],
    ['a booking without its day', camt053([{ payout: one }]).replaceAll(/<(ValDt|BookgDt)>.*?<\/\1>/g, ''), 'date', 1],
  ])('%s', (_what, text, fault, at) => {
    expect(read(text)).toEqual({ kind: 'unreadable', fault, ...(at !== undefined && { line: at }) });
  });

  it.each([
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0], 'not-text'],
    ['a workbook', [0x50, 0x4b, 0x03, 0x04, 0x14, 0], 'not-text'],
    ['text in UTF-16', [...Buffer.from('\uFEFF发放编号,金额\r\n', 'utf16le')], 'not-text'],
    ['bytes of no encoding', [0x61, 0x2c, 0xff, 0xff, 0x0a], 'encoding'],
  ])('%s', (_what, bytes, fault) => {
    expect(readBankResult(Uint8Array.from(bytes))).toEqual({ kind: 'unreadable', fault });
  });

  it('more bytes than a page takes', () => {
    expect(readBankResult(new Uint8Array(largestResultBytes + 1))).toEqual({ kind: 'unreadable', fault: 'too-large' });
  });

  it('four million bytes of quotes, without running out of anything', () => {
    const quotes = `"${'""'.repeat(1_900_000)}`;
    expect(readBankResult(inUtf8(quotes)).kind).toBe('unreadable');
    expect(readBankResult(inUtf8(`${quotes}"\n`)).kind).toBe('unreadable');
  });
});
