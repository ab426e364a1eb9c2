import type { Wish } from './can.ts';

/**
 * Which actions ask for a fresh one-time code from the person's authenticator, beside `can`: a session comes from a mailed link, and
 * a link alone never pays. A new action does not compile before it says here what it asks for.
 */
export const needsFreshCode: { readonly [Action in Wish['action']]: boolean } = {
  'release-batch': true,
  'confirm-payout': true,
  // A payment that was made and is entered as failed would be paid a second time.
  'fail-payout': true,
  'return-payout': true,
  // A confirmation taken back lets it be entered anew, and a failure taken back lets it be paid.
  'undo-payout': true,
  'settle-by-file': true,
  // A repayment that never came would end a debt.
  'confirm-repayment': true,
  'record-repayment': false,
  'reject-repayment': false,
  'propose-recovery': false,
  'agree-recovery': false,
  'decline-recovery': false,
  // A claim that is given up moves no money; it takes two persons all the same.
  'propose-waiver': false,
  'waive-recovery': false,
  'list-recoveries': false,
  // What goes into a batch goes nowhere before somebody else releases that.
  'make-batch': false,
  'dissolve-batch': false,
  'take-bank-file': false,
  'batch-payout': false,
  'silence-payout': false,

  'view-case': false,
  edit: false,
  correct: false,
  withdraw: false,
  reopen: false,
  'add-papers': false,
  'propose-account': false,
  object: false,
  vote: false,
  'decide-account': false,
  reassign: false,
  'reissue-link': false,
  'reissue-code': false,
  'see-objector': false,
  'see-due': false,
  'extend-paper': false,
  'record-visit': false,
  'answer-payment-check': false,
  'close-finding': false,
  'list-cases': false,
  'list-due': false,
  'list-payouts': false,
  'see-funds': false,
  'see-audit': false,
  'see-register': false,
  'see-staff': false,
  'manage-staff': false,
  'confirm-staff-change': false,
  'hand-over-authenticator': false,
  'propose-for-fund': false,
  // Money that never came could be awarded; what is handed back or carried over is gone; another payer's account is paid from.
  'confirm-proposal': true,
  'reject-proposal': false,
};

export type CodedAction = Wish['action'];
