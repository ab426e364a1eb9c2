/** Every mail that the reference application causes, by how its subject begins: who needs it, and for what. */
const needs: readonly { readonly subject: string; readonly who: string; readonly why: string }[] = [
  { subject: '申请已提交', who: 'the applicant', why: 'the receipt, with number and tracking code' },
  { subject: '请您办理', who: 'who is asked to decide, or to pay', why: 'the link: there is no other way to it' },
  { subject: '提醒，仍待您办理', who: 'who has not answered', why: 'the reminder before it is handed on' },
  { subject: '申请已获同意', who: 'the applicant', why: 'what was decided' },
  { subject: '开始公示', who: 'the applicant', why: 'what was decided, and until when anybody may object' },
  { subject: '已发放', who: 'the applicant', why: 'the money is on its way to the account' },
  { subject: '登录', who: 'finance', why: 'the door to the payouts, once a session and not once an application' },
];

/** What an applicant must hear, whatever it costs: received, decided, paid. */
export const applicantsMails: readonly RegExp[] = [/^申请已提交/, /^(申请已获同意|开始公示)/, /^已发放/];

/** Who needs a mail with this subject, or undefined where nobody can say. */
export const neededBy = (subject: string) => needs.find((need) => subject.startsWith(need.subject));
