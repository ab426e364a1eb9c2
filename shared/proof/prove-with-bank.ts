import { isWithBank } from '../disbursement/payout.ts';
import type { CaseBook, PayoutOutline } from './case-book.ts';
import { type Fault, fault } from './fault.ts';

const nameOf = ({ payoutId }: Pick<PayoutOutline, 'payoutId'>): string => `payout#${payoutId}`;

/** What the bank was told of a payout, by whom, and what it answered. */
export function proveWithBank(book: CaseBook, payout: PayoutOutline): Fault[] {
  return [
    ...proveBatch(book, payout),
    ...proveCameBack(book, payout),
    ...provePaid(book, payout),
    ...proveHands(book, payout),
  ];
}

/** What the bank was told stands in a released batch, made and released by those whom the payout names. */
function proveBatch({ batches }: CaseBook, payout: PayoutOutline): Fault[] {
  const wasSent = isWithBank(payout) || payout.sentAt !== undefined;
  if (!wasSent && payout.status !== 'batched') return [];
  const batch = batches.get(payout.batchId ?? '');
  const member = batch?.members.find(({ payoutId }) => payoutId === payout.payoutId);
  if (batch === undefined || member === undefined) return [fault(nameOf(payout), 'not-in-batch')];
  const isSame =
    member.amountFen === payout.amountFen &&
    member.fundId === payout.fundId &&
    member.caseId === payout.caseId &&
    batch.madeBy === payout.batchedBy;
  const isSent =
    batch.status === 'released' && batch.releasedBy === payout.sentBy && batch.releasedAt === payout.sentAt;
  return isSame && (isSent || !wasSent) ? [] : [fault(nameOf(payout), 'batch-differs')];
}

const needAnswer: readonly PayoutOutline['status'][] = ['failed', 'returned', 'replaced'];

/**
 * Of what the bank was told nothing is called off, or tried again, before somebody has said that the bank did not pay. A batch that was
 * released has told the bank, whatever the payout's own record says.
 */
function proveCameBack({ batches }: CaseBook, payout: PayoutOutline): Fault[] {
  const batch = batches.get(payout.batchId ?? '');
  const wasTold =
    payout.sentAt !== undefined ||
    (batch?.status === 'released' && batch.members.some(({ payoutId }) => payoutId === payout.payoutId));
  const isAnswered = payout.sentAt !== undefined && payout.settledBy !== undefined;
  const isCalledOff = payout.status === 'cancelled' && wasTold;
  return (isCalledOff || needAnswer.includes(payout.status)) && !isAnswered
    ? [fault(nameOf(payout), 'called-off')]
    : [];
}

/** Paid means: the bank's reference and its day; and a reference is marked as this payout's, also after the money came back. */
function provePaid({ referencesHeld }: CaseBook, payout: PayoutOutline): Fault[] {
  const { status, bankReference, paidOn, payoutId } = payout;
  if (status === 'paid' && (bankReference === undefined || paidOn === undefined))
    return [fault(nameOf(payout), 'no-reference')];
  return bankReference === undefined || referencesHeld.has(payoutId)
    ? []
    : [fault(nameOf(payout), 'reference-not-held')];
}

/**
 * One makes a batch and another releases it; whoever made it does not say what came of it. None of them has decided on the case:
 * admitting an objection decides nothing, nor does stepping aside.
 */
function proveHands({ votes }: CaseBook, payout: PayoutOutline): Fault[] {
  const { status, sentAt, batchedBy, sentBy, settledBy } = payout;
  const hands = [batchedBy, sentBy, settledBy];
  const isDecider = votes.some(
    ({ personId, purpose, verdict }) =>
      hands.includes(personId) && purpose !== 'objection-admission' && verdict !== 'recuse',
  );
  const isUnsettled = status === 'paid' && settledBy === undefined;
  const isOne = sentAt !== undefined && (sentBy === batchedBy || settledBy === batchedBy);
  return isDecider || isUnsettled || isOne ? [fault(nameOf(payout), 'not-four-eyes')] : [];
}
