import { type Already, batchPayout, sendPayout, unbatchPayout } from '../../shared/cases/batch-payout.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import type { Batch, BatchMember } from '../../shared/disbursement/batch.ts';
import { finishBatch } from '../../shared/disbursement/decide-batch.ts';
import type { AuditFact } from '../../shared/kernel/audit.ts';
import type { BatchId, CaseId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { getBatch, saveBatch } from '../../shared/store/batch-store.ts';
import { type ActDeps, actOnCase } from './act-on-case.ts';

/** What carrying asks of the store. */
export type CarryPort = {
  readonly getBatch: (batchId: BatchId) => Promise<Batch | undefined>;
  readonly saveBatch: (batch: Batch, facts: readonly AuditFact[]) => Promise<'saved' | 'stale'>;
  readonly act: (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Promise<Decided | Already>,
  ) => Promise<unknown>;
  readonly now: () => Instant;
};

export const carryPort = (deps: ActDeps): CarryPort => ({
  getBatch: (batchId) => getBatch(deps.store, batchId),
  saveBatch: (batch, facts) => saveBatch(deps.store, batch, facts, []),
  act: (caseId, decide) => actOnCase(deps, caseId, decide),
  now: deps.now,
});

/** Payments that are told at the same time. Those that enter a batch go one after the other: each moves its header's version. */
const sideBySide = 8;
/** How often a batch is finished anew when somebody changed it meanwhile. */
const mostAttempts = 4;

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
      return makeBatch(port, batch);
    case 'released':
      await tellEach(port, batch, sideBySide, async (file, around, { payoutId }) =>
        sendPayout(file, around, payoutId, batch),
      );
      return 'done';
    case 'dissolved':
      await tellEach(port, batch, sideBySide, async (file, around, { payoutId }) =>
        unbatchPayout(file, around, { payoutId, batchId }),
      );
      return 'done';
    case 'made':
      return 'done';
    default:
      return status satisfies never;
  }
}

async function makeBatch(port: CarryPort, batch: Batch): Promise<'done' | 'left'> {
  await tellEach(port, batch, 1, async (file, around, { payoutId }) => {
    const header = await port.getBatch(batch.batchId);
    return header === undefined ? { kind: 'nothing' } : batchPayout(file, around, payoutId, header);
  });
  const entered = await port.getBatch(batch.batchId);
  if (entered?.status !== 'making') return 'done';
  const decided = finishBatch(entered, port.now());
  if (decided.kind === 'refused') return 'done';
  return (await port.saveBatch(decided.batch, decided.facts)) === 'saved' ? 'done' : 'left';
}

async function tellEach(
  port: CarryPort,
  { members }: Batch,
  atOnce: number,
  decide: (file: CaseFile, around: Around, member: BatchMember) => Promise<Decided | Already>,
): Promise<void> {
  const failures: unknown[] = [];
  const queue = members.values();
  const worker = async () => {
    for (const member of queue) {
      try {
        await port.act(member.caseId, (file, around) => decide(file, around, member));
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} payments of a batch were not told`);
}
