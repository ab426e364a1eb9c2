import type { FaultCode } from '../../proof/fault.ts';

const fault: Record<FaultCode, string> = {
  'chain-broken': '审计记录链断开',
  'not-sealed': '审计记录中没有这一项：不是经系统办理写入的',
  altered: '内容与审计记录的摘要不符：被改动过',
  missing: '审计记录中有这一项，但已找不到',
  misplaced: '存放位置与内容不符',
  unreadable: '内容无法读取',
  'fund-unbalanced': '到位 ≠ 可用 + 预留 + 已支付',
  'balance-differs': '余额与分录合计不符',
  'entry-astray': '分录的科目、金额或冲销对象不对',
  'entry-of-nothing': '分录指向的救助决定或发放不存在',
  'not-reserved': '预留金额与救助决定不符',
  'shares-differ': '各项资金的份额与金额不符',
  'not-approved': '没有有效的审批',
  'signer-not-on-file': '签署人与审批记录不符',
  'level-missing': '缺少应有的审批层级',
  'not-ratified': '先行救助既未追认，也未列入追回',
  'no-award': '发放没有对应的救助决定',
  'paid-twice': '同一份额有两笔有效发放',
  'entry-differs': '发放与分录不符',
  'no-notice': '公示未满规定天数就安排发放',
  'no-reference': '已到账但没有银行流水号或到账日期',
  'reference-not-held': '银行流水号没有登记在这笔发放上',
  'not-four-eyes': '应由两人分办的事由同一人办理',
  'not-in-batch': '不在它所说的批次里',
  'batch-differs': '与批次不符',
  'tally-differs': '与家庭限额的累计不符',
  'not-agreed': '没有两人办理的到位、结转或交回凭据',
};

/** The report on the books 账目核对. */
export const proof = {
  title: '账目核对',
  checked: {
    funds: '资金',
    entries: '分录',
    cases: '申请',
    votes: '表决',
    awards: '救助决定',
    payouts: '发放',
    proposals: '资金事项',
    batches: '批次',
    results: '银行结果',
    events: '审计记录',
  },
  fundLine: (p: { name: string; funded: string; available: string; reserved: string; paid: string }) =>
    `${p.name}：到位 ${p.funded} = 可用 ${p.available} + 预留 ${p.reserved} + 已支付 ${p.paid}`,
  allGood: '账目相符，没有发现问题。',
  wrong: (p: { count: number }) => `发现 ${p.count} 处不符：`,
  fault,
};
