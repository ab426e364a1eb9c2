/** Where finance is asked for a one-time code. */
export const oneTimeCode = {
  code: '动态口令',
  codeHint: '验证器应用现在显示的六位数字，每个只能用一次；也可以填一个备用码',
  needed: '办理这一步要用动态口令，您还没有启用。',
  neededLink: '看怎样启用',
  fault: {
    missing: '请填写动态口令',
    shape: '动态口令是六位数字，备用码是十位字母和数字',
    none: '办理这一步要用动态口令，您还没有启用。请当面找工会办公室领取启用码，然后在“动态口令”页启用。没有办理。',
    used: '这个动态口令已经用过。请等应用显示下一个再填。没有办理。',
    wrong: (p: { left: number }) => `动态口令不对，没有办理。还可以试 ${p.left} 次。`,
    locked: (p: { until: string }) => `连续填错 5 次，已暂停到 ${p.until}。没有办理。到时再试，或当面找工会办公室。`,
  },
};
