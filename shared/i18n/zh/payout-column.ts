/** What the columns of a list of payments say. */
export const column = {
  caseNumber: '受理编号',
  payee: '收款人',
  account: '账号',
  bank: '开户行',
  fund: '资金',
  amount: '金额',
  since: '日期',
  attempt: '第几次',
  choose: '选择',
  action: '办理',
  reference: '银行流水号',
  reason: '原因',
  batch: '批次',
  status: '状态',
};
