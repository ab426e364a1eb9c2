/** Where money stands that has to come back, as cases and lists tell it. */
export const recoveryState = {
  title: '追回',
  tab: { open: '待退回', proposed: '待第二人同意', settled: '已退清', waived: '免予追回', dropped: '不再追回' },
  cause: {
    'advance-not-ratified': '先行救助未获追认',
    'approved-below-advance': '批准少于先行救助',
    overpayment: '多付',
  },
  causeLabel: '事由',
  owed: '应退',
  recovered: '已退',
  status: '状态',
  claimTitle: '提出追回多付款',
};
