/** The parts of the site, for the staff. */
export const nav = {
  mine: '等我办理',
  cases: '案件',
  due: '到期事项',
  staff: '工作人员',
  register: '困难职工台账',
  funds: '资金台账',
  payouts: '发放',
  recoveries: '追回',
  authenticator: '动态口令',
};
