import type { mail as zh } from '../zh/mail.ts';

export const mail: typeof zh = {
  greeting: (p) => `Dear ${p.name},`,
  linkBelow: 'If the button does not open, copy this address into your browser:',
  personalLink: 'This link is for you alone; please do not pass it on. Opening it decides nothing.',
  trackingCode: (p) =>
    `Tracking code: ${p.code}. With the case number and this code you can see where your case stands; keep it safe.`,
  noReply: 'Workers’ relief sent this mail by itself; please do not reply to it.',
  open: {
    decide: 'See it and answer',
    track: 'See where it stands',
    objection: 'See the answer',
    finance: 'Open the list of payouts',
    fund: 'Open this fund',
    second: 'Sign in and see it',
    office: 'Open the office’s pages',
    'sign-in': 'Sign in',
  },
  templates: {
    decide: {
      subject: (p) => `Waiting for you: ${p.caseNumber}`,
      text: (p) => `Relief application ${p.caseNumber} is waiting for you.`,
    },
    reminder: {
      subject: (p) => `Reminder, still waiting for you: ${p.caseNumber}`,
      text: (p) => `Relief application ${p.caseNumber} is still waiting for you. Please see to it soon.`,
    },
    'stand-in': {
      subject: (p) => `Please stand in: ${p.caseNumber}`,
      text: (p) => `Relief application ${p.caseNumber} has not been dealt with yet. Please stand in.`,
    },
    'overdue-office': {
      subject: (p) => `Overdue, with the office: ${p.caseNumber}`,
      text: (p) => `Relief application ${p.caseNumber} is overdue. Please reassign it or urge those asked.`,
    },
    'overdue-applicant': {
      subject: (p) => `Your application is delayed: ${p.caseNumber}`,
      text: (p) =>
        `Application ${p.caseNumber} has taken longer than it may; the union’s office is seeing to it. We are sorry.`,
    },
    submitted: {
      subject: (p) => `Application received: ${p.caseNumber}`,
      text: (p) => `We have your application; its case number is ${p.caseNumber}.`,
    },
    returned: {
      subject: (p) => `Please correct: ${p.caseNumber}`,
      text: (p) => `Application ${p.caseNumber} needs a correction. The status page says what, and until when.`,
    },
    refused: {
      subject: (p) => `Not accepted: ${p.caseNumber}`,
      text: (p) => `Application ${p.caseNumber} could not be accepted; the status page says why.`,
    },
    declined: {
      subject: (p) => `Not approved: ${p.caseNumber}`,
      text: (p) => `Application ${p.caseNumber} was not approved; the status page says why.`,
    },
    approved: {
      subject: (p) => `Approved: ${p.caseNumber}`,
      text: (p) => `Application ${p.caseNumber} was approved; the status page says what comes next.`,
    },
    'on-notice': {
      subject: (p) => `On public notice: ${p.caseNumber}`,
      text: (p) => `The decision on ${p.caseNumber} is now on public notice, with the name masked.`,
    },
    'objection-stopped': {
      subject: (p) => `Notice paused: ${p.caseNumber}`,
      text: (p) => `There is an objection to ${p.caseNumber}. Notice and payment pause while it is looked into.`,
    },
    'objection-admitted': {
      subject: (p) => `Your objection was admitted: ${p.caseNumber}`,
      text: (p) =>
        `Your objection to ${p.caseNumber} was admitted and is being looked into. Notice and payment pause meanwhile.`,
    },
    'objection-rejected': {
      subject: (p) => `Your objection was not admitted: ${p.caseNumber}`,
      text: (p) => `Your objection to ${p.caseNumber} was not admitted; the link says why.`,
    },
    'objection-upheld': {
      subject: (p) => `Your objection was upheld: ${p.caseNumber}`,
      text: (p) => `Your objection to ${p.caseNumber} was found to be right; the decision is not carried out.`,
    },
    'objection-dismissed': {
      subject: (p) => `Your objection was dismissed: ${p.caseNumber}`,
      text: (p) => `Your objection to ${p.caseNumber} was looked into and dismissed; the notice goes on.`,
    },
    'objection-overtaken': {
      subject: (p) => `Your objection was overtaken: ${p.caseNumber}`,
      text: (p) =>
        `Before your objection to ${p.caseNumber} was settled, the notice or the application came to its end, so it is not pursued. Please ask the union’s office if you have questions.`,
    },
    'advance-ordered': {
      subject: (p) => `Advance ordered: ${p.caseNumber}`,
      text: (p) => `An advance on ${p.caseNumber} has been ordered.`,
    },
    'payment-failed': {
      subject: (p) => `Payment failed: ${p.caseNumber}`,
      text: (p) => `The bank returned a payment of ${p.caseNumber}. Open the link to see what to do.`,
    },
    'account-to-approve': {
      subject: (p) => `New account to approve: ${p.caseNumber}`,
      text: (p) => `The applicant of ${p.caseNumber} has given a new account. Please check it.`,
    },
    paid: {
      subject: (p) => `Paid: ${p.caseNumber}`,
      text: (p) => `The relief of ${p.caseNumber} has been paid in full; please look at your account.`,
    },
    withdrawn: {
      subject: (p) => `Withdrawn: ${p.caseNumber}`,
      text: (p) => `Application ${p.caseNumber} has been withdrawn.`,
    },
    lapsed: {
      subject: (p) => `Lapsed: ${p.caseNumber}`,
      text: (p) =>
        `Application ${p.caseNumber} was not corrected in time and has lapsed; the status page says whether it can be reopened.`,
    },
    'sign-in': {
      subject: () => 'Sign in to Workers’ relief',
      text: () =>
        'Somebody, we think you, asked to sign in. The link works once and for a short time; if it was not you, ignore this mail.',
    },
    'tracking-code': {
      subject: (p) => `A new tracking code: ${p.caseNumber}`,
      text: (p) =>
        `The union’s office has issued a new tracking code for ${p.caseNumber}; the old one no longer works. The office tells you the new one.`,
    },
    'paper-due': {
      subject: (p) => `Reminder, papers to send: ${p.caseNumber}`,
      text: (p) => `Papers are still to come for ${p.caseNumber}. Your status page says which, and by which day.`,
    },
    'paper-overdue': {
      subject: (p) => `Papers are overdue: ${p.caseNumber}`,
      text: (p) =>
        `The day for sending the papers for ${p.caseNumber} has passed. Please send them soon, or ask the union office. The remaining relief cannot be paid without the papers that it needs.`,
    },
    'paper-extended': {
      subject: (p) => `More time for your papers: ${p.caseNumber}`,
      text: (p) =>
        `The union office has given you more time for the papers for ${p.caseNumber}. Your status page says until when.`,
    },
    'advance-unpaid': {
      subject: (p) => `Reminder, an advance to pay: ${p.caseNumber}`,
      text: (p) => `The advance for ${p.caseNumber} has not wholly arrived. Please hand it to the bank and confirm it.`,
    },
    'chain-due': {
      subject: (p) => `Reminder, the rest is due soon: ${p.caseNumber}`,
      text: (p) =>
        `An advance was paid for ${p.caseNumber}; the rest of its way is due soon. Please see that it goes on.`,
    },
    'home-visit-due': {
      subject: (p) => `Reminder, please visit the household: ${p.caseNumber}`,
      text: (p) =>
        `Case ${p.caseNumber} is under review. Please visit the household in time, and enter the day with your answer.`,
    },
    'visit-due': {
      subject: (p) => `Please visit: ${p.caseNumber}`,
      text: (p) =>
        `The relief for ${p.caseNumber} has been paid. Please visit the household in time and record the visit.`,
    },
    'claw-back': {
      subject: (p) => `Money is to come back: ${p.caseNumber}`,
      text: (p) =>
        `Help under ${p.caseNumber} has to be paid back, and not all of it has come. Please speak to the applicant; a repayment is recorded by one person and confirmed by another.`,
    },
    'bank-silent': {
      subject: (p) => `The bank has not answered: ${p.caseNumber}`,
      text: (p) =>
        `A payment under ${p.caseNumber} was given to the bank and has no result yet. Please ask the bank; its statement settles it. Nothing is paid again by itself.`,
    },
    'payment-check': {
      subject: (p) => `Please tell us whether the money arrived: ${p.caseNumber}`,
      text: (p) =>
        `The help under ${p.caseNumber} has been paid. Please open the status page and tell us whether it arrived, and how much.`,
    },
    'payment-finding': {
      subject: (p) => `What arrived differs: ${p.caseNumber}`,
      text: (p) =>
        `What the applicant says about the payment under ${p.caseNumber} differs from the records. Please have it looked into by somebody who did not pay it.`,
    },
    'item-overdue': {
      subject: (p) => `Something due is overdue, for the office: ${p.caseNumber}`,
      text: (p) => `Something due on ${p.caseNumber} was not done in time. Please look at it and see to it.`,
    },
    'fund-ending': {
      subject: (p) => `A fund is about to end: ${p.fund?.name ?? ''}`,
      text: ({ fund }) =>
        `${fund?.name ?? ''} may be awarded from until ${fund?.until ?? ''}. It holds ${fund?.available ?? ''}, and ${fund?.reserved ?? ''} is reserved. After that day what is left pays no new relief: carry it over into the fund of the same source that follows, or hand it back. What is reserved is paid as before.`,
    },
    'fund-over': {
      subject: (p) => `A fund has ended with money reserved: ${p.fund?.name ?? ''}`,
      text: ({ fund }) =>
        `${fund?.name ?? ''} could be awarded from until ${fund?.until ?? ''}. ${fund?.reserved ?? ''} is reserved and not paid yet, ${fund?.available ?? ''} is left. What is reserved is paid as before; carry what is left, and what comes free, over into the fund of the same source that follows, or hand it back.`,
    },
    'fund-to-confirm': {
      subject: () => 'Something about a fund to confirm',
      text: () =>
        'Something proposed for a fund waits for a second person like you. Please sign in and check it. Until then it counts for nothing.',
    },
    'recovery-to-confirm': {
      subject: (p) => `Money to come back, to confirm: ${p.caseNumber}`,
      text: (p) =>
        `A claim, a repayment or a waiver in case ${p.caseNumber} waits for a second person like you. Please sign in and check it. Until then it counts for nothing.`,
    },
    'repayment-void': {
      subject: (p) => `A recorded repayment is void: ${p.caseNumber}`,
      text: (p) =>
        `A repayment recorded in case ${p.caseNumber} is void and in no ledger. Please sign in and see; if the money did come, record it again, or find out and give it back.`,
    },
    'address-change': {
      subject: () => 'A change of the staff directory to confirm',
      text: () =>
        'A change of an appointment or an address in the staff directory waits for a second person like you. Please check it.',
    },
  },
};
