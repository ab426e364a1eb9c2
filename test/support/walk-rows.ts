import type { Wish } from '../../shared/cases/can.ts';
import type { VotedPurpose } from '../../shared/cases/decision-request.ts';
import { answerPaymentCheck } from '../../shared/cases/payment-check.ts';
import { zeroFen } from '../../shared/kernel/money.ts';
import type { RecoveryStep } from '../../shared/cases/rights-on-recoveries.ts';
import { begin, type Story } from './case-story.ts';
import { advanced, inPayment, onNotice, otherAccount } from './case-stages.ts';
import type { World } from './case-world.ts';
import type { SentForm, StaffPages } from './pages-of-world.ts';

/** One action of a lifecycle: who is shown its button, where, and who is not. */
export type Row = {
  /** Brings a case to where the action can be taken. */
  readonly story: (world: World) => Story;
  readonly wish: (story: Story) => Wish;
  readonly page: (story: Story) => string;
  /** What is sent from the page, where the button stands on the answer: nothing is changed by asking. */
  readonly sent?: (story: Story) => SentForm;
  /** What of its form has to be chosen, as `name=value`, where one form takes several actions. */
  readonly choice?: string;
  /** The name of its route, where that is another. */
  readonly route?: string;
} & (
  | { readonly app: StaffPages; readonly may: string; readonly mayNot: string }
  /** Shown to the applicant of the case; not to another, and not when the case is in the hands of `tooLate`. */
  | { readonly app: 'applicant'; readonly tooLate: (world: World) => Story }
);

const illness = (world: World) => begin(world, 'major-illness-relief');
const fire = (world: World) => begin(world, 'fire-damage');
const after =
  (story: (world: World) => Story, ...steps: ((story: Story) => unknown)[]) =>
  (world: World): Story => {
    const told = story(world);
    for (const step of steps) if (step(told) !== 'done') throw new Error(`a step of the story: ${step.toString()}`);
    return told;
  };
const withdrawn = after(illness, (story) => story.withdraw());

/** Where people are asked, and how a case comes there. */
export const asked: Readonly<Record<VotedPurpose, (world: World) => Story>> = {
  advance: fire,
  review: illness,
  approval: after(
    illness,
    (story) => story.vote('member-1', 'recommend', { yuan: 3_000 }),
    (story) => story.vote('leader-1', 'recommend', { yuan: 3_000 }),
  ),
  'objection-admission': after(onNotice, (story) => story.object()),
  'objection-settlement': after(
    onNotice,
    (story) => story.object(),
    (story) => story.vote('office-1', 'admit'),
  ),
};

/** The answer `verdict` to a question, by somebody who was asked; finance never is. */
export const answer = (purpose: VotedPurpose, verdict: string, may: string): Row => ({
  story: asked[purpose],
  wish: (story) => ({ action: 'vote', file: story.file(), around: story.around(), request: story.open() }),
  app: 'approver',
  page: (story) => `/decide/${story.open().requestId}`,
  choice: `verdict=${verdict}`,
  may,
  mayNot: 'finance-1',
});

const status = (story: Story) => `/track/case/${story.caseId}`;
const ofApplicant = (
  action: 'edit' | 'correct' | 'withdraw' | 'reopen' | 'add-papers' | 'propose-account',
  story: (world: World) => Story,
  page = status,
): Row => ({
  story,
  wish: (told) => ({ action, file: told.file(), around: told.around() }),
  app: 'applicant',
  page,
  tooLate: withdrawn,
});

export const caseRows: Readonly<Record<string, Row>> = {
  'to-review': answer('advance', 'approve', 'officer-1'),
  'to-approval': answer('review', 'recommend', 'member-1'),
  'to-notice': answer('approval', 'approve', 'officer-1'),
  'to-payment': answer('approval', 'approve', 'officer-1'),
  return: answer('review', 'return', 'member-1'),
  decline: answer('approval', 'decline', 'officer-1'),
  'resume-notice': answer('objection-settlement', 'dismiss', 'officer-2'),
  resubmit: ofApplicant(
    'correct',
    after(illness, (story) => story.vote('member-1', 'return')),
  ),
  edit: ofApplicant('edit', illness),
  withdraw: ofApplicant('withdraw', illness, (story) => `${status(story)}/withdraw`),
  reopen: ofApplicant(
    'reopen',
    after(
      illness,
      (story) => story.vote('member-1', 'return'),
      (story) => {
        story.workingDays(30);
        return 'done';
      },
    ),
  ),
  object: {
    story: onNotice,
    wish: (story) => ({ action: 'object', file: story.file(), around: story.around() }),
    app: 'applicant',
    page: (story) => `/notices/${story.file().case.caseNumber}/object`,
    tooLate: inPayment,
  },
};

const ofFinance = (
  action: 'batch-payout' | 'confirm-payout' | 'fail-payout' | 'return-payout' | 'silence-payout' | 'undo-payout',
  story: (world: World) => Story,
  people: { readonly may: string; readonly mayNot: string },
): Row => ({
  story,
  wish: (told) => ({ action, file: told.file(), around: told.around(), payout: told.file().payouts[0]! }),
  app: 'finance',
  // Past the bank's receipt, which is asked for first.
  page: (told) => `/finance/payouts/${told.caseId}/${told.file().payouts[0]!.payoutId}?scan=none`,
  ...people,
});
const batched = after(inPayment, (story) => story.batch('finance-1'));
const released = after(inPayment, (story) => story.release('finance-1'));
const paid = after(released, (story) => story.confirm('finance-2'));
const failed = after(released, (story) => story.fail('finance-2'));
const newAccount = after(failed, (story) => story.propose(otherAccount));

/** The batch of the case's payment. */
const batchOf = (story: Story) => story.around().batches[0]!;
const onBatch = (
  wish: (story: Story) => Wish,
  people: { readonly may: string; readonly mayNot: string },
  story = batched,
): Row => ({
  story,
  wish,
  app: 'finance',
  page: (told) => `/finance/batches/${batchOf(told).batchId}`,
  ...people,
});
const release = onBatch((story) => ({ action: 'release-batch', now: story.around().now, batch: batchOf(story) }), {
  may: 'finance-2',
  mayNot: 'finance-1',
});
const dissolve = onBatch((story) => ({ action: 'dissolve-batch', now: story.around().now }), {
  may: 'finance-1',
  mayNot: 'auditor-1',
});

export const batchRows: Readonly<Record<string, Row>> = { release, dissolve };

export const payoutRows: Readonly<Record<string, Row>> = {
  batch: {
    ...ofFinance('batch-payout', inPayment, { may: 'finance-1', mayNot: 'auditor-1' }),
    page: () => '/finance?tab=ordered',
    sent: (story) => {
      const { caseId, payoutId } = story.file().payouts[0]!;
      return { action: '/finance/batches/check', fields: { payout: `${caseId}/${payoutId}`, profile: 'generic-csv' } };
    },
  },
  send: release,
  unbatch: dissolve,
  confirm: ofFinance('confirm-payout', released, { may: 'finance-2', mayNot: 'finance-1' }),
  fail: ofFinance('fail-payout', released, { may: 'finance-2', mayNot: 'finance-1' }),
  silence: ofFinance('silence-payout', released, { may: 'finance-1', mayNot: 'auditor-1' }),
  return: ofFinance('return-payout', paid, { may: 'finance-2', mayNot: 'finance-1' }),
  undo: ofFinance('undo-payout', paid, { may: 'finance-1', mayNot: 'finance-2' }),
  replace: { ...ofOffice('decide-account', newAccount), choice: 'approves=yes' },
};

function ofOffice(
  action: 'decide-account' | 'reassign' | 'reissue-link' | 'reissue-code',
  story: (world: World) => Story,
): Row {
  return {
    story,
    wish: (told) => ({ action, file: told.file(), around: told.around() }),
    app: 'office',
    page: (told) => `/office/cases/${told.caseId}`,
    may: 'office-1',
    mayNot: 'auditor-1',
  };
}

export const objectionRows: Readonly<Record<string, Row>> = {
  admit: answer('objection-admission', 'admit', 'office-1'),
  reject: answer('objection-admission', 'reject', 'office-1'),
  uphold: answer('objection-settlement', 'uphold', 'officer-2'),
  dismiss: answer('objection-settlement', 'dismiss', 'officer-2'),
};

/** Paid out, so that a visit is due. */
const visited = after(released, (story) => story.confirm('finance-2'));
const certificate = (story: Story) => story.item('paper.fire-certificate');
const visit = (story: Story) => story.item('visit.1');
const onDue = (
  action: 'extend-paper' | 'record-visit' | 'answer-payment-check' | 'close-finding',
  story: (world: World) => Story,
  item: (story: Story) => ReturnType<Story['item']>,
  may: string,
): Row => ({
  story,
  wish: (told) => ({ action, file: told.file(), around: told.around(), item: item(told) }),
  app: 'office',
  page: (told) => `/office/due/${told.caseId}/${item(told).itemId}`,
  may,
  mayNot: 'finance-1',
});

/** Paid, and drawn for the question whether it arrived; then answered that nothing did. */
const inSample = (world: World): Story => visited(Object.assign(world, { checkDraw: 0 }));
const withFinding = after(inSample, (story) =>
  story.act((file, around) => answerPaymentCheck(file, around, { by: 'applicant', arrivedFen: zeroFen })),
);
const paymentCheck = (story: Story) => story.item('payment-check.1');

export const dueRows: Readonly<Record<string, Row>> = {
  'extend-paper': onDue('extend-paper', advanced, certificate, 'office-1'),
  'record-visit': onDue('record-visit', visited, visit, 'member-1'),
  'answer-payment-check': onDue('answer-payment-check', inSample, paymentCheck, 'member-1'),
  'close-finding': onDue('close-finding', withFinding, paymentCheck, 'office-2'),
};

/** Declined after an advance of which one payment was made. */
const owing = after(
  advanced,
  (story) => story.release('finance-1'),
  (story) => story.confirm('finance-2'),
  (story) => story.vote('member-1', 'decline'),
);
const repaid = after(owing, (story) => story.repay('finance-1', 100));
const waiverProposed = after(owing, (story) => story.proposeWaiver('finance-1'));
const overpaid = after(paid, (story) => story.claimOverpayment('finance-1', 100));
const onRecovery = (
  action: Exclude<RecoveryStep, 'propose-recovery'>,
  story: (world: World) => Story,
  people: { readonly may: string; readonly mayNot: string } = { may: 'finance-2', mayNot: 'finance-1' },
): Row => ({
  story,
  wish: (told) => {
    const recovery = told.file().recoveries[0]!;
    const [repayment] = recovery.repayments;
    return {
      action,
      file: told.file(),
      around: told.around(),
      recovery,
      ...(repayment !== undefined && { repayment }),
    };
  },
  app: 'funds',
  page: (told) => `/finance/recoveries/${told.caseId}/${told.file().recoveries[0]!.recoveryId}`,
  ...people,
});
const notByAuditor = { may: 'finance-1', mayNot: 'auditor-1' };

export const recoveryRows: Readonly<Record<string, Row>> = {
  'agree-recovery': onRecovery('agree-recovery', overpaid),
  'decline-recovery': onRecovery('decline-recovery', overpaid, notByAuditor),
  'record-repayment': onRecovery('record-repayment', owing, notByAuditor),
  'confirm-repayment': onRecovery('confirm-repayment', repaid),
  'reject-repayment': onRecovery('reject-repayment', repaid, notByAuditor),
  'propose-waiver': onRecovery('propose-waiver', owing, { may: 'office-1', mayNot: 'auditor-1' }),
  'waive-recovery': onRecovery('waive-recovery', waiverProposed),
};

/** What people do to a case and no lifecycle has in its table. */
export const otherRows: Readonly<Record<string, Row>> = {
  'add-papers': ofApplicant('add-papers', fire),
  'propose-account': ofApplicant('propose-account', failed, (story) => `${status(story)}/propose-account`),
  'propose-recovery': {
    story: paid,
    wish: (told) => ({ action: 'propose-recovery', file: told.file(), around: told.around() }),
    app: 'funds',
    page: (told) => `/finance/recoveries/${told.caseId}/new`,
    may: 'office-2',
    mayNot: 'auditor-1',
  },
  'refuse-account': { ...ofOffice('decide-account', newAccount), choice: 'approves=no', route: 'replace' },
  reassign: ofOffice('reassign', illness),
  'reissue-link': ofOffice('reissue-link', illness),
  'reissue-code': ofOffice('reissue-code', illness),
};
