import { expect, it } from 'vitest';
import { samplePayout } from '../../../test/support/bank-files.ts';
import type { BankRow } from './bank-row.ts';
import { readCsv } from './read-csv.ts';
import { renderProblems } from './render-problems.ts';

const { payoutId, caseId, amountFen } = samplePayout(1);
const row: BankRow = {
  ...{ line: 7, payoutId, caseId, amountFen, outcome: 'paid', accountNumber: '6200000000000001', holderName: '=1+1' },
  ...{ bankReference: '@x', reason: '说"不行",\n再来' },
};

it('writes each row with its problem, for a spreadsheet that neither calculates nor rounds anything', () => {
  const text = renderProblems([{ row, outcome: '成功', problem: '户名与发放不符' }], ['行', '发放编号']);
  expect(text.startsWith('\uFEFF行,发放编号\r\n')).toBe(true);
  const read = readCsv(text.slice(1));
  expect(read.kind === 'records' && read.records[1]?.cells).toEqual([
    ...['7', payoutId, "'6200000000000001", "'=1+1", '2000.01', '成功', "'@x", '', '说"不行",\n再来', '户名与发放不符'],
  ]);
});

it('leaves empty what a row does not say', () => {
  const bare: BankRow = { line: 1, outcome: 'failed' };
  expect(renderProblems([{ row: bare, outcome: '失败', problem: '找不到' }], [])).toContain('1,,,,,失败,,,,找不到\r\n');
});
