import { type Already, batchPayout, sendPayout, unbatchPayout } from '../../shared/cases/batch-payout.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import type { Batch, BatchMember } from '../../shared/disbursement/batch.ts';
import { closeBatch, finishBatch } from '../../shared/disbursement/decide-batch.ts';
import type { AuditFact } from '../../shared/kernel/audit.ts';
import type { BatchId, CaseId, PayoutId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { getBatch, saveBatch, type SavedBatch } from '../../shared/store/batch-store.ts';
import { payoutsInBatch } from '../../shared/store/payout-store.ts';
import { type ActDeps, actOnCase, type CaseReading } from './act-on-case.ts';
import { tellSideBySide } from './side-by-side.ts';

/** What carrying asks of the store. */
export type CarryPort = {
  readonly getBatch: (batchId: BatchId) => Promise<Batch | undefined>;
  /** Those of its members whose own records say that they are in it. */
  readonly payoutsIn: (batch: Batch) => Promise<ReadonlySet<PayoutId>>;
  readonly saveBatch: (batch: Batch, facts: readonly AuditFact[]) => Promise<SavedBatch>;
  readonly act: (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Promise<Decided | Already>,
    batch: Batch,
    reading: CaseReading | undefined,
  ) => Promise<unknown>;
  readonly now: () => Instant;
};

export const carryPort = (deps: ActDeps): CarryPort => ({
  getBatch: (batchId) => getBatch(deps.store, batchId),
  payoutsIn: (batch) => payoutsInBatch(deps.store, batch),
  saveBatch: (batch, facts) => saveBatch(deps.store, batch, facts, []),
  // No money is awarded, and the header is known.
  act: (caseId, decide, batch, reading) =>
    actOnCase(deps, caseId, decide, { awards: false, batches: [batch], reading }),
  now: deps.now,
});

/** Payments that are told at the same time. */
const atOnce = 8;
/** How often a batch is finished anew when somebody changed it meanwhile. */
const mostAttempts = 6;

/**
 * What a request knows that has just written the header: the batch as it lies there now, and the cases as it has checked them, for the
 * first attempt at each. It holds them all anyway, `mostMembers` at most.
 */
export type KnownBatch = { readonly batch: Batch; readonly readings: readonly CaseReading[] };

/**
 * Tells each payment of a batch what the batch's header says: that it is in it, that it was sent, that it is out again. May be repeated
 * at any time and by several at once; whoever dies in the middle leaves the rest to the next. `left`: the batch is still in the making.
 * Whoever knows nothing reads the header, and each case.
 * @throws AggregateError of whatever kept payments from being told, once the others were
 */
export async function carryBatch(port: CarryPort, batchId: BatchId, known?: KnownBatch): Promise<'done' | 'left'> {
  const readings = new Map(known?.readings.map((reading) => [reading.file.case.caseId, reading]));
  let batch = known?.batch;
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    batch ??= await port.getBatch(batchId);
    if (batch === undefined) return 'done';
    const next = await carryOnce(port, batch, readings);
    if (next === 'done') return 'done';
    batch = next.kind === 'saved' ? next.batch : undefined;
  }
  return 'left';
}

type Readings = Map<CaseId, CaseReading>;

/** One step; if it is not the last, the header that it has written, or that somebody else was faster. */
async function carryOnce(port: CarryPort, batch: Batch, readings: Readings): Promise<'done' | SavedBatch> {
  const { batchId, status } = batch;
  const tell = tellEach(port, batch, readings);
  switch (status) {
    case 'making':
      await enterEach(port, batch, tell);
      return close(port, batch);
    case 'closing':
      return finish(port, batch);
    case 'released':
      await tell(async (file, around, { payoutId }) => sendPayout(file, around, payoutId, batch));
      return 'done';
    case 'dissolved':
      await tell(async (file, around, { payoutId }) => unbatchPayout(file, around, { payoutId, batchId }));
      return 'done';
    case 'made':
      return 'done';
    default:
      return status satisfies never;
  }
}

/** Whoever has to decide again looks at the header anew: the write may have failed because it is not in the making any more. */
async function enterEach(port: CarryPort, batch: Batch, tell: ReturnType<typeof tellEach>): Promise<void> {
  const tried = new Set<PayoutId>();
  await tell(async (file, around, { payoutId }) => {
    const header = tried.has(payoutId) ? await port.getBatch(batch.batchId) : batch;
    tried.add(payoutId);
    return header === undefined ? { kind: 'nothing' } : batchPayout(file, around, payoutId, header);
  });
}

/** On the condition that the header is as it was before the payments entered: who was told to leave meanwhile has changed it. */
async function close(port: CarryPort, batch: Batch): Promise<SavedBatch> {
  const closed = closeBatch(batch, port.now());
  return closed.kind === 'refused' ? { kind: 'stale' } : port.saveBatch(closed.batch, closed.facts);
}

async function finish(port: CarryPort, batch: Batch): Promise<'done' | SavedBatch> {
  const decided = finishBatch(batch, await port.payoutsIn(batch), port.now());
  if (decided.kind === 'refused') return { kind: 'stale' };
  const saved = await port.saveBatch(decided.batch, decided.facts);
  return saved.kind === 'saved' ? 'done' : saved;
}

/** Of each case only who comes first decides on what is known of it: what that one writes makes it old. */
const tellEach =
  (port: CarryPort, batch: Batch, readings: Readings) =>
  (decide: (file: CaseFile, around: Around, member: BatchMember) => Promise<Decided | Already>): Promise<void> =>
    tellSideBySide(batch.members, atOnce, 'payments of a batch were not told', (member) => {
      const { caseId } = member;
      const reading = readings.get(caseId);
      readings.delete(caseId);
      return port.act(caseId, (file, around) => decide(file, around, member), batch, reading);
    });
