import { type Already, batchPayout, sendPayout, unbatchPayout } from '../../shared/cases/batch-payout.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import type { Batch, BatchMember } from '../../shared/disbursement/batch.ts';
import { finishBatch } from '../../shared/disbursement/decide-batch.ts';
import type { BatchId } from '../../shared/kernel/ids.ts';
import { getBatch, saveBatch } from '../../shared/store/batch-store.ts';
import { type ActDeps, actOnCase } from './act-on-case.ts';

/** Payments that are told at the same time. */
const sideBySide = 8;

/**
 * Tells each payment of a batch what the batch's header says: that it is in it, that it was sent, that it is out again. May be repeated
 * at any time; whoever dies in the middle leaves the rest to the next. `left`: somebody changed the batch meanwhile.
 */
export async function carryBatch(deps: ActDeps, batchId: BatchId): Promise<'done' | 'left'> {
  const batch = await getBatch(deps.store, batchId);
  if (batch === undefined) return 'done';
  const { status } = batch;
  switch (status) {
    case 'making':
      return makeBatch(deps, batch);
    case 'released':
      await tellEach(deps, batch, (file, around, { payoutId }) => sendPayout(file, around, payoutId, batch));
      return 'done';
    case 'dissolved':
      await tellEach(deps, batch, (file, around, { payoutId }) => unbatchPayout(file, around, { payoutId, batchId }));
      return 'done';
    case 'made':
      return 'done';
    default:
      return status satisfies never;
  }
}

async function makeBatch(deps: ActDeps, batch: Batch): Promise<'done' | 'left'> {
  const { batchId, madeBy: personId } = batch;
  const isIn = await tellEach(deps, batch, (file, around, { payoutId }) =>
    batchPayout(file, around, { personId, payoutId, batchId }),
  );
  const decided = finishBatch(batch, (payoutId) => isIn.has(payoutId), deps.now());
  if (decided.kind === 'refused') return 'done';
  return (await saveBatch(deps.store, decided.batch, decided.facts, [])) === 'saved' ? 'done' : 'left';
}

/** Returns the payments that were told, now or before. @throws whatever kept one from being told, once the others were. */
async function tellEach(
  deps: ActDeps,
  { members }: Batch,
  decide: (file: CaseFile, around: Around, member: BatchMember) => Decided | Already,
): Promise<ReadonlySet<string>> {
  const told = new Set<string>();
  const failures: unknown[] = [];
  const queue = members.values();
  const worker = async () => {
    for (const member of queue) {
      try {
        const outcome = await actOnCase(deps, member.caseId, (file, around) => decide(file, around, member));
        if (outcome.kind === 'done' || outcome.kind === 'idle') told.add(member.payoutId);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} payments of a batch were not told`);
  return told;
}
