import { type Batch, takesIn } from '../disbursement/batch.ts';
import { type Payout, type PayoutAction, payoutLifecycle } from '../disbursement/payout.ts';
import type { BatchId, PayoutId } from '../kernel/ids.ts';
import { transition } from '../kernel/lifecycle.ts';
import type { Around, CaseFile, Decided, Refusal } from './case-file.ts';
import { changed, putPayout, record, refused, type Work, workOn } from './case-work.ts';
import { keepSchedule } from './keep-schedule.ts';
import { papersHoldingBack } from './later-papers.ts';
import { barOfFinance } from './rights-on-payouts.ts';

/** What was to be done is done already: a repeated delivery changes nothing. */
export type Already = { readonly kind: 'nothing' };
const already: Already = { kind: 'nothing' };

/**
 * Puts an ordered payout into a batch 批次 that lists it. Deciding and writing ask that the batch is in the making (`batch-changed`): what
 * entered is counted from the payouts once it is closed, so that many may enter at the same time. Refused `papers-missing` while the whole award waits for papers.
 */
export function batchPayout(file: CaseFile, around: Around, payoutId: PayoutId, batch: Batch): Decided | Already {
  const { batchId, madeBy: personId } = batch;
  const payout = payoutOf(file, payoutId);
  if (payout?.batchId === batchId && payout.status === 'batched') return already;
  const bar = barOfFinance(personId, 'batch', file, around, payout);
  if (bar !== undefined) return refused(bar);
  return move(file, around, personId, payoutId, 'batch', (work, found) => {
    if (papersHoldingBack(file, found, around.programme, around.now).length > 0) return refused('papers-missing');
    if (!takesIn(batch, payoutId)) return refused('batch-changed');
    work.entersBatch = batchId;
    putPayout(work, { ...found, status: 'batched', batchId, batchedBy: personId });
    record(work, 'payout-batch', { payoutId, batchId, amountFen: found.amountFen, fundId: found.fundId });
    return undefined;
  });
}

/** A batch was dissolved: its payouts wait to be put into another. */
export function unbatchPayout(
  file: CaseFile,
  around: Around,
  { payoutId, batchId }: { readonly payoutId: PayoutId; readonly batchId: BatchId },
): Decided | Already {
  const payout = payoutOf(file, payoutId);
  if (payout?.status !== 'batched' || payout.batchId !== batchId) return already;
  return move(file, around, 'system:batch', payoutId, 'unbatch', (work, found) => {
    const { batchId: _left, batchedBy: _by, ...rest } = found;
    putPayout(work, { ...rest, status: 'ordered' });
    record(work, 'payout-unbatch', { payoutId, batchId });
    return undefined;
  });
}

/** A batch was released: the bank has been told to pay each of its members. */
export function sendPayout(file: CaseFile, around: Around, payoutId: PayoutId, batch: Batch): Decided | Already {
  const payout = payoutOf(file, payoutId);
  const { batchId, releasedAt, releasedBy } = batch;
  if (payout?.status !== 'batched' || payout.batchId !== batchId) return already;
  if (releasedAt === undefined || releasedBy === undefined) return refused('not-possible-now');
  return move(file, around, releasedBy, payoutId, 'send', (work, found) => {
    putPayout(work, { ...found, status: 'sent', sentAt: releasedAt, sentBy: releasedBy });
    record(work, 'payout-send', { payoutId, batchId, amountFen: found.amountFen, fundId: found.fundId });
    keepSchedule(work, around.programme);
    return undefined;
  });
}

const payoutOf = (file: CaseFile, payoutId: PayoutId): Payout | undefined =>
  file.payouts.find((each) => each.payoutId === payoutId);

function move(
  file: CaseFile,
  around: Around,
  by: string,
  payoutId: PayoutId,
  action: PayoutAction,
  apply: (work: Work, payout: Payout) => Refusal | undefined,
): Decided {
  const payout = payoutOf(file, payoutId);
  if (payout === undefined || !transition(payoutLifecycle, payout.status, action).ok)
    return refused('not-possible-now');
  const work = workOn(file, around, by);
  return apply(work, payout) ?? changed(work);
}
