type Amount = { amount: string };

/** Why the rules refused something, by its code. */
export const refusal = {
  'not-possible-now': '现在不能这样做，没有保存任何改动。',
  'not-your-turn': '现在不由您办理，没有记录任何决定。',
  'not-allowed': '您没有做这一步的职务，没有保存任何改动。',
  'barred-by-interest': '您与申请人有亲属、同户或代填关系，或已参与其他环节，须回避。没有保存任何改动。',
  'decided-before': '您已经作过决定。',
  'request-closed': '这一步已经办完，没有记录您的决定。',
  'request-superseded': '申请已修改或撤回，没有记录您的决定。',
  'content-changed': '申请内容已经变了，没有记录您的决定。',
  'answer-not-possible': '这一步不能这样答复。',
  'amount-missing': '请填写救助金额',
  'amount-over-most': (p: Amount) => `救助金额不能超过 ${p.amount}`,
  'amount-zero': '救助金额要大于零',
  'reason-missing': '请写明原因',
  'visit-missing': '金额超过规定，需要填写入户走访日期',
  'funds-short': (p: Amount) => `资金不足，差额或余额为 ${p.amount}。没有记录您的决定，请减少金额或改动资金分配。`,
  'shares-do-not-add-up': (p: Amount) => `各项资金合计要等于 ${p.amount}，并且只能用本项目的资金`,
  'cap-passed': (p: Amount) => `本户在限额期内最多还能获得 ${p.amount}。没有记录您的决定。`,
  'claim-taken': '同一事由已有另一份申请在办。',
  'already-released': '款项已交银行。',
  'edit-after-decision': '已经有人作出决定，不能修改。',
  'bank-reference-missing': '请填写银行流水号',
  'bank-reference-used':
    '这个银行流水号已经登记在另一笔发放上。请对照银行回单，填写这一笔自己的流水号。没有保存任何改动。',
  'paid-on-impossible': '到账日期不能晚于今天，也不能早于交付银行的日期。请按银行回单填写。没有保存任何改动。',
  'same-person':
    '须由另一人办理：参与审批的人不能办理付款，建批的人不能放行，也不能登记银行的答复；撤销登记须由登记人以外的人办理。没有保存任何改动。',
  'batch-changed': '批次有变动，没有保存任何改动。',
  'reopened-before': '这份申请已经恢复过。',
  'notice-over': '公示已经结束。',
  'objected-before': '这份异议已经收到。',
  'objections-many': '等待答复的异议已经很多，暂时不能再提。',
  'papers-missing': '材料还不齐。',
  'date-out-of-range': '日期不在可选的范围内。',
};
