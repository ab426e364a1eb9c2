import type { BankOutcome, ResultFormat } from './bank-row.ts';

/** What a column may tell; every name under which a bank writes it, compared without blanks and in lower case. */
export const resultColumns = [
  'payoutId',
  'accountNumber',
  'holderName',
  'amount',
  'outcome',
  'bankReference',
  'paidOn',
  'reason',
] as const;
export type ResultColumn = (typeof resultColumns)[number];

export type ResultProfile = {
  readonly id: Extract<ResultFormat, 'generic-csv' | 'icbc-csv' | 'cmb-csv'>;
  /** A table is of this profile if it has a column of each of these names, in any order, among others. */
  readonly marks: readonly ResultColumn[];
  readonly names: Readonly<Record<ResultColumn, readonly string[]>>;
};

/** Three layouts as data. A bank that writes others gets a profile of its own here. */
export const resultProfiles: readonly ResultProfile[] = [
  {
    id: 'icbc-csv',
    marks: ['accountNumber', 'holderName', 'amount', 'outcome', 'bankReference'],
    names: {
      payoutId: ['备注信息', '备注', '附言'],
      accountNumber: ['收款账号', '收款人账号'],
      holderName: ['收款账号名称', '收款户名', '收款人户名', '收款人名称'],
      amount: ['金额', '交易金额', '金额(元)'],
      outcome: ['处理结果', '指令状态'],
      bankReference: ['交易流水号', '指令流水号'],
      paidOn: ['交易日期', '处理日期'],
      reason: ['失败原因', '银行反馈信息'],
    },
  },
  {
    id: 'cmb-csv',
    marks: ['accountNumber', 'holderName', 'amount', 'outcome'],
    names: {
      payoutId: ['注释', '业务参考号', '摘要'],
      accountNumber: ['账号', '收方账号'],
      holderName: ['户名', '收方户名'],
      amount: ['金额', '交易金额'],
      outcome: ['业务状态', '处理状态', '代发结果'],
      bankReference: ['流程实例号', '银行流水号', '交易流水'],
      paidOn: ['交易日', '经办日', '入账日期'],
      reason: ['错误信息', '结果摘要', '退票原因'],
    },
  },
  {
    id: 'generic-csv',
    marks: ['payoutId', 'amount', 'outcome'],
    names: {
      payoutId: ['发放编号', 'payout', 'payoutid', 'endtoendid'],
      accountNumber: ['账号', '收款账号', 'account', 'accountnumber'],
      holderName: ['户名', '收款人', '收款户名', 'name', 'holder', 'holdername'],
      amount: ['金额', 'amount'],
      outcome: ['结果', 'result', 'status'],
      bankReference: ['银行流水号', 'reference', 'bankreference'],
      paidOn: ['到账日期', '日期', 'date', 'paidon'],
      reason: ['原因', 'reason'],
    },
  },
];

/** The words of banks for what became of a payment; one that stands here under nothing is a fault of the file. */
export const outcomeWords: Readonly<Record<BankOutcome, readonly string[]>> = {
  paid: ['成功', '交易成功', '处理成功', '已入账', '代发成功', '已到账', 'paid', 'success'],
  failed: ['失败', '交易失败', '处理失败', '代发失败', '拒绝', 'failed', 'rejected'],
  returned: ['退票', '已退票', '退汇', '已退汇', 'returned'],
  pending: ['处理中', '待处理', '银行处理中', '可疑', '待查证', 'pending'],
};
