import { type Already, batchPayout, sendPayout, unbatchPayout } from '../../shared/cases/batch-payout.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import type { Batch, BatchMember } from '../../shared/disbursement/batch.ts';
import { closeBatch, finishBatch } from '../../shared/disbursement/decide-batch.ts';
import type { AuditFact } from '../../shared/kernel/audit.ts';
import type { BatchId, CaseId, PayoutId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { getBatch, saveBatch } from '../../shared/store/batch-store.ts';
import { payoutsInBatch } from '../../shared/store/payout-store.ts';
import { type ActDeps, actOnCase } from './act-on-case.ts';
import { tellSideBySide } from './side-by-side.ts';

/** What carrying asks of the store. */
export type CarryPort = {
  readonly getBatch: (batchId: BatchId) => Promise<Batch | undefined>;
  /** Those of its members whose own records say that they are in it. */
  readonly payoutsIn: (batch: Batch) => Promise<ReadonlySet<PayoutId>>;
  readonly saveBatch: (batch: Batch, facts: readonly AuditFact[]) => Promise<'saved' | 'stale'>;
  readonly act: (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Promise<Decided | Already>,
    batch: Batch,
  ) => Promise<unknown>;
  readonly now: () => Instant;
};

export const carryPort = (deps: ActDeps): CarryPort => ({
  getBatch: (batchId) => getBatch(deps.store, batchId),
  payoutsIn: (batch) => payoutsInBatch(deps.store, batch),
  saveBatch: (batch, facts) => saveBatch(deps.store, batch, facts, []),
  // No money is awarded, and the header is known.
  act: (caseId, decide, batch) => actOnCase(deps, caseId, decide, { awards: false, batches: [batch] }),
  now: deps.now,
});

/** Payments that are told at the same time. */
const atOnce = 8;
/** How often a batch is finished anew when somebody changed it meanwhile. */
const mostAttempts = 6;

/**
 * Tells each payment of a batch what the batch's header says: that it is in it, that it was sent, that it is out again. May be repeated
 * at any time and by several at once; whoever dies in the middle leaves the rest to the next. `left`: the batch is still in the making.
 * @throws AggregateError of whatever kept payments from being told, once the others were
 */
export async function carryBatch(port: CarryPort, batchId: BatchId): Promise<'done' | 'left'> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const batch = await port.getBatch(batchId);
    if (batch === undefined) return 'done';
    if ((await carryOnce(port, batch)) === 'done') return 'done';
  }
  return 'left';
}

async function carryOnce(port: CarryPort, batch: Batch): Promise<'done' | 'left'> {
  const { batchId, status } = batch;
  switch (status) {
    case 'making':
      await enterEach(port, batch);
      return close(port, batchId);
    case 'closing':
      return finish(port, batch);
    case 'released':
      await tellEach(port, batch, async (file, around, { payoutId }) => sendPayout(file, around, payoutId, batch));
      return 'done';
    case 'dissolved':
      await tellEach(port, batch, async (file, around, { payoutId }) =>
        unbatchPayout(file, around, { payoutId, batchId }),
      );
      return 'done';
    case 'made':
      return 'done';
    default:
      return status satisfies never;
  }
}

/** Whoever has to decide again looks at the header anew: the write may have failed because it is not in the making any more. */
async function enterEach(port: CarryPort, batch: Batch): Promise<void> {
  const tried = new Set<PayoutId>();
  await tellEach(port, batch, async (file, around, { payoutId }) => {
    const header = tried.has(payoutId) ? await port.getBatch(batch.batchId) : batch;
    tried.add(payoutId);
    return header === undefined ? { kind: 'nothing' } : batchPayout(file, around, payoutId, header);
  });
}

async function close(port: CarryPort, batchId: BatchId): Promise<'done' | 'left'> {
  const entered = await port.getBatch(batchId);
  if (entered?.status !== 'making') return 'left';
  const closed = closeBatch(entered, port.now());
  if (closed.kind === 'changed') await port.saveBatch(closed.batch, closed.facts);
  // Whatever came of it, the next look at the header says what is left to do.
  return 'left';
}

async function finish(port: CarryPort, batch: Batch): Promise<'done' | 'left'> {
  const decided = finishBatch(batch, await port.payoutsIn(batch), port.now());
  if (decided.kind === 'refused') return 'left';
  return (await port.saveBatch(decided.batch, decided.facts)) === 'saved' ? 'done' : 'left';
}

const tellEach = (
  port: CarryPort,
  batch: Batch,
  decide: (file: CaseFile, around: Around, member: BatchMember) => Promise<Decided | Already>,
): Promise<void> =>
  tellSideBySide(batch.members, atOnce, 'payments of a batch were not told', (member) =>
    port.act(member.caseId, (file, around) => decide(file, around, member), batch),
  );
