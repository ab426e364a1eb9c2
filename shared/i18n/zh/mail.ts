/** `fund` stands in mails about a fund alone, which are about no person. */
type Numbered = {
  caseNumber: string;
  fund?: { name: string; until: string; available: string; reserved: string } | undefined;
};

/** Subjects and texts of mails. A mail says the addressee's name, the case number and a link: nothing else about anybody. */
export const mail = {
  greeting: (p: { name: string }) => `${p.name}，您好：`,
  linkBelow: '如果按钮打不开，请把下面的网址复制到浏览器：',
  personalLink: '这个链接只供您本人使用，请勿转发。打开链接不会作出任何决定。',
  trackingCode: (p: { code: string }) => `查询码：${p.code}。凭受理编号和查询码可以随时查看进度，请妥善保管。`,
  noReply: '本邮件由职工救助系统自动发出，请勿直接回复。',
  open: {
    decide: '查看并办理',
    track: '查看进度',
    objection: '查看答复',
    finance: '打开发放清单',
    fund: '打开这项资金',
    second: '登录查看',
    office: '打开工会办公室页面',
    'sign-in': '登录',
  },
  templates: {
    decide: {
      subject: (p: Numbered) => `请您办理：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助申请正等待您办理。`,
    },
    reminder: {
      subject: (p: Numbered) => `提醒，仍待您办理：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助申请仍在等待您办理，请尽快处理。`,
    },
    'stand-in': {
      subject: (p: Numbered) => `请您代为办理：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助申请尚未有人办理完毕，现请您代为办理。`,
    },
    'overdue-office': {
      subject: (p: Numbered) => `已逾期，请办公室处理：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助申请已逾期未办，请转交他人或催办。`,
    },
    'overdue-applicant': {
      subject: (p: Numbered) => `您的申请办理延期：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的办理已超过规定时间，工会办公室正在督办。很抱歉让您久等。`,
    },
    submitted: {
      subject: (p: Numbered) => `申请已提交：${p.caseNumber}`,
      text: (p: Numbered) => `您的救助申请已提交，受理编号 ${p.caseNumber}。`,
    },
    returned: {
      subject: (p: Numbered) => `请补正：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请需要您补正，请打开进度页面查看要补什么、何时截止。`,
    },
    refused: {
      subject: (p: Numbered) => `不予受理：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请未能受理，原因请见进度页面。`,
    },
    declined: {
      subject: (p: Numbered) => `申请未获同意：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请未获同意，原因请见进度页面。`,
    },
    approved: {
      subject: (p: Numbered) => `申请已获同意：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请已获同意，下一步请见进度页面。`,
    },
    'on-notice': {
      subject: (p: Numbered) => `开始公示：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助决定已开始公示，姓名已作隐去处理。`,
    },
    'objection-stopped': {
      subject: (p: Numbered) => `公示暂停：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的公示收到异议，正在核实，核实期间暂停公示和发放。`,
    },
    'objection-admitted': {
      subject: (p: Numbered) => `您的异议已受理：${p.caseNumber}`,
      text: (p: Numbered) => `您对受理编号 ${p.caseNumber} 提出的异议已受理，正在核实。核实期间暂停公示和发放。`,
    },
    'objection-rejected': {
      subject: (p: Numbered) => `您的异议不予受理：${p.caseNumber}`,
      text: (p: Numbered) => `您对受理编号 ${p.caseNumber} 提出的异议不予受理，理由请打开链接查看。`,
    },
    'objection-upheld': {
      subject: (p: Numbered) => `您的异议成立：${p.caseNumber}`,
      text: (p: Numbered) => `您对受理编号 ${p.caseNumber} 提出的异议经核实成立，这项救助决定不再执行。`,
    },
    'objection-dismissed': {
      subject: (p: Numbered) => `您的异议不成立：${p.caseNumber}`,
      text: (p: Numbered) => `您对受理编号 ${p.caseNumber} 提出的异议经核实不成立，公示继续进行。`,
    },
    'objection-overtaken': {
      subject: (p: Numbered) => `您的异议终止办理：${p.caseNumber}`,
      text: (p: Numbered) =>
        `您对受理编号 ${p.caseNumber} 提出的异议还没有办完，公示已经期满或申请已经办结，异议终止办理。有疑问请联系工会办公室。`,
    },
    'advance-ordered': {
      subject: (p: Numbered) => `先行救助已安排：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的先行救助已安排发放。`,
    },
    'payment-failed': {
      subject: (p: Numbered) => `付款未成功：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的一笔付款被银行退回，请打开链接查看怎样处理。`,
    },
    'account-to-approve': {
      subject: (p: Numbered) => `请核准新账户：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请人提交了新的收款账户，请核准。`,
    },
    paid: {
      subject: (p: Numbered) => `已发放：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助款已发放完毕，请留意您的账户。`,
    },
    withdrawn: {
      subject: (p: Numbered) => `申请已撤回：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请已撤回。`,
    },
    lapsed: {
      subject: (p: Numbered) => `申请已失效：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请因逾期未补正已失效，能否恢复请见进度页面。`,
    },
    'sign-in': {
      subject: (_p: Numbered) => '登录职工救助',
      text: (_p: Numbered) => '有人（应是您本人）请求登录职工救助。链接短时有效，只能用一次；若不是您，请忽略本邮件。',
    },
    'tracking-code': {
      subject: (p: Numbered) => `新的查询码：${p.caseNumber}`,
      text: (p: Numbered) => `工会办公室已为受理编号 ${p.caseNumber} 换发查询码，旧码已失效。新码由办公室当面告知。`,
    },
    'paper-due': {
      subject: (p: Numbered) => `提醒，请补交材料：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 还有材料没有补交，请打开进度页面查看要补什么、哪一天截止。`,
    },
    'paper-overdue': {
      subject: (p: Numbered) => `补交材料已过期限：${p.caseNumber}`,
      text: (p: Numbered) =>
        `受理编号 ${p.caseNumber} 的材料已过补交期限，请尽快补交；有困难请联系工会办公室。应补的材料没有交齐，其余救助款不能发放。`,
    },
    'paper-extended': {
      subject: (p: Numbered) => `补交材料已延期：${p.caseNumber}`,
      text: (p: Numbered) => `工会办公室已为受理编号 ${p.caseNumber} 延长补交材料的期限，新的日期请见进度页面。`,
    },
    'advance-unpaid': {
      subject: (p: Numbered) => `提醒，先行救助待发放：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的先行救助还没有全部到账，请尽快交付银行、确认到账。`,
    },
    'chain-due': {
      subject: (p: Numbered) => `提醒，后续手续将到期：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 已先行救助，其余手续将到期，请督促办理。`,
    },
    'home-visit-due': {
      subject: (p: Numbered) => `提醒，请入户走访：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的申请在审核，请在期限前入户走访，并在答复时填写走访日期。`,
    },
    'visit-due': {
      subject: (p: Numbered) => `请回访：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助款已发放，请在期限前回访，并登记回访日期和情况。`,
    },
    'claw-back': {
      subject: (p: Numbered) => `有款项待追回：${p.caseNumber}`,
      text: (p: Numbered) =>
        `受理编号 ${p.caseNumber} 有救助款需要退回，还没有全部退到。请联系申请人，退款到账后登记并由另一人确认。`,
    },
    'bank-silent': {
      subject: (p: Numbered) => `银行还没有答复：${p.caseNumber}`,
      text: (p: Numbered) =>
        `受理编号 ${p.caseNumber} 的一笔付款已交银行，还没有结果。请向银行查询，以对账单为准；不会自动重付。`,
    },
    'payment-check': {
      subject: (p: Numbered) => `请告诉我们救助款是否到账：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 的救助款已发放。请打开进度页面，告诉我们是否到账、到账多少。`,
    },
    'payment-finding': {
      subject: (p: Numbered) => `到账核实有出入：${p.caseNumber}`,
      text: (p: Numbered) =>
        `受理编号 ${p.caseNumber} 的申请人所述到账情况与付款记录不符，请由没有经办付款的人查清并登记。`,
    },
    'item-overdue': {
      subject: (p: Numbered) => `到期事项已逾期，请办公室处理：${p.caseNumber}`,
      text: (p: Numbered) => `受理编号 ${p.caseNumber} 有一项到期事项没有按期办理，请查看并督办。`,
    },
    'fund-ending': {
      subject: (p: Numbered) => `资金即将到期：${p.fund?.name ?? ''}`,
      text: ({ fund }: Numbered) =>
        `${fund?.name ?? ''}的有效期到 ${fund?.until ?? ''} 为止，现有余额 ${fund?.available ?? ''}，已预留 ${fund?.reserved ?? ''}。到期后余额不能再用于新的救助：请结转到同一来源的后续资金，或交回来源。已预留的照常支付。`,
    },
    'fund-over': {
      subject: (p: Numbered) => `资金已到期，仍有预留：${p.fund?.name ?? ''}`,
      text: ({ fund }: Numbered) =>
        `${fund?.name ?? ''}的有效期已到 ${fund?.until ?? ''} 为止，还有 ${fund?.reserved ?? ''} 已预留未付，余额 ${fund?.available ?? ''}。已预留的照常支付；余额和以后释放的预留，请结转到同一来源的后续资金，或交回来源。`,
    },
    'fund-to-confirm': {
      subject: (_p: Numbered) => '资金办理待另一人确认',
      text: (_p: Numbered) => '有一项资金办理等另一人确认，您可以办，请登录核对。确认之前不生效。',
    },
    'recovery-to-confirm': {
      subject: (p: Numbered) => `追回待另一人确认：${p.caseNumber}`,
      text: (p: Numbered) =>
        `受理编号 ${p.caseNumber} 有一项追回、退款或免予追回等另一人确认，您可以办，请登录核对。确认之前不生效。`,
    },
    'repayment-void': {
      subject: (p: Numbered) => `退款登记已作废：${p.caseNumber}`,
      text: (p: Numbered) =>
        `受理编号 ${p.caseNumber} 的一笔退款登记已作废，没有入账。请登录查看；确已到账的，请重新登记或查清后退还。`,
    },
    'address-change': {
      subject: (_p: Numbered) => '人员名录更改待确认',
      text: (_p: Numbered) => '有一项工作人员任职或邮箱的更改需要您这样的另一人确认，请打开工作人员名录核对。',
    },
  },
};
