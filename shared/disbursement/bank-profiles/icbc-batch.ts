import type { TableProfile } from './bank-profile.ts';

/** 工商银行批量支付. Its program warns of a hidden third decimal, and wants no total row. */
export const icbcBatch: TableProfile = {
  id: 'icbc-batch',
  names: { zh: '工商银行批量支付', en: 'ICBC batch payment' },
  layout: 'table',
  encoding: 'gbk',
  extension: 'csv',
  longestName: 60,
  payers: 'several',
  account: 'quoted',
  formulas: 'refused',
  columns: [
    { header: '序号', field: 'line' },
    { header: '币种', field: 'currency' },
    { header: '付款账号', field: 'payer-account' },
    { header: '付款账号名称', field: 'payer-holder' },
    { header: '收款账号', field: 'account' },
    { header: '收款账号名称', field: 'holder' },
    { header: '收款账号开户行', field: 'bank' },
    { header: '金额', field: 'amount' },
    { header: '汇款用途', field: 'purpose' },
    { header: '备注信息', field: 'reference' },
  ],
};
