import type { TableProfile } from './bank-profile.ts';

/** For a bank without a form of its own: a table that a clerk opens in a spreadsheet and pays by hand. */
export const genericCsv: TableProfile = {
  id: 'generic-csv',
  names: { zh: '通用表格（CSV）', en: 'Plain table (CSV)' },
  layout: 'table',
  encoding: 'utf-8-bom',
  extension: 'csv',
  longestName: 140,
  payers: 'several',
  account: 'leading-tab',
  formulas: 'apostrophe',
  columns: [
    { header: '序号', field: 'line' },
    { header: '收款人', field: 'holder' },
    { header: '收款账号', field: 'account' },
    { header: '开户行', field: 'bank' },
    { header: '金额', field: 'amount' },
    { header: '币种', field: 'currency' },
    { header: '用途', field: 'purpose' },
    { header: '付款账号', field: 'payer-account' },
    { header: '发放编号', field: 'reference' },
  ],
};
