/** Where a payment stands. */
export const payout = {
  ordered: '已同意，等待打款，还没有付',
  batched: '已列入打款批次，还没有付',
  sent: '已交银行，等待到账',
  unknown: '已交银行，银行还没有答复',
  paid: '已到账',
  failed: '银行没有付成，需要换账户',
  returned: '银行退回，需要换账户',
  replaced: '已换账户重新打款',
  cancelled: '已取消',
};
