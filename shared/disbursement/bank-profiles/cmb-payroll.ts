import type { TableProfile } from './bank-profile.ts';

/** 招商银行代发: accounts as text, two decimals, no separators, no total row, one account of ours a file. */
export const cmbPayroll: TableProfile = {
  id: 'cmb-payroll',
  names: { zh: '招商银行代发', en: 'CMB payroll' },
  layout: 'table',
  encoding: 'gbk',
  extension: 'csv',
  longestName: 60,
  payers: 'one',
  account: 'quoted',
  formulas: 'refused',
  columns: [
    { header: '账号', field: 'account' },
    { header: '户名', field: 'holder' },
    { header: '金额', field: 'amount' },
    { header: '开户行', field: 'bank' },
    { header: '注释', field: 'reference' },
  ],
};
