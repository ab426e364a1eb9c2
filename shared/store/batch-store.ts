import { type Batch, batchSchema, type BatchStatus } from '../disbursement/batch.ts';
import { type AuditFact, aggregateName } from '../kernel/audit.ts';
import type { BatchId } from '../kernel/ids.ts';
import type { OutboxItem } from '../cases/case-file.ts';
import { knownCursor, type Page, pageOf } from './cursor.ts';
import { auditWrites } from './journal-store.ts';
import type { Store } from './open-store.ts';
import type { StoredItem } from './seals.ts';
import { outboxWrite } from './outbox-store.ts';
import { transact, type Write } from './transact.ts';
import { consistently, wholeRead } from './whole-batch.ts';

export async function getBatch(store: Store, batchId: BatchId): Promise<Batch | undefined> {
  const { data } = await store.entities.batch.get({ batchId }).go({ consistent: true });
  return data === null ? undefined : batchSchema.parse(data.body);
}

/** Several batches by id, read consistently; unknown ones are left out. */
export async function getBatches(store: Store, batchIds: readonly BatchId[]): Promise<Batch[]> {
  const wanted = [...new Set(batchIds)];
  if (wanted.length <= 1) {
    const found = await Promise.all(wanted.map((batchId) => getBatch(store, batchId)));
    return found.filter((batch) => batch !== undefined);
  }
  const keys = wanted.map((batchId): { batchId: string } => ({ batchId }));
  const found = await wholeRead(store, keys, 'batches', (some) => store.entities.batch.get([...some]).go(consistently));
  return found.map(({ body }) => batchSchema.parse(body));
}

/** Batches of one status, newest first, a page at a time. */
export async function batchesByStatus(
  store: Store,
  status: BatchStatus,
  options: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<Page<Batch>> {
  const { data, cursor } = await store.entities.batch.query
    .byStatus({ batchStatus: status })
    .go({ cursor: knownCursor(options.cursor), limit: options.limit, order: 'desc' });
  return pageOf(
    data.map(({ body }) => batchSchema.parse(body)),
    cursor,
  );
}

/** The next number of a year, `PC-2016-0001`. A number that is drawn and not used leaves a gap. */
export async function nextBatchNumber(store: Store, year: number): Promise<string> {
  const { data } = await store.entities.counter
    .upsert({ counter: `PC-${year}` })
    .add({ value: 1 })
    .go({ response: 'all_new' });
  return `PC-${year}-${String(data?.value).padStart(4, '0')}`;
}

const batchItem = (batch: Batch) => ({
  batchId: batch.batchId,
  batchStatus: batch.status,
  madeAt: batch.madeAt,
  version: batch.version,
  body: batch,
});

/** The write of a batch on the condition of its version, with its audit events. */
export const batchWrites = (batch: Batch, facts: readonly AuditFact[]): Write<'batch'>[] =>
  written(batch, facts).writes;

/** A batch as it will lie there, and the writes that put it there. Version and audit head are set here. */
function written(
  batch: Batch,
  facts: readonly AuditFact[],
): { readonly after: Batch; readonly writes: Write<'batch'>[] } {
  const { batchId } = batch;
  const next: Batch = { ...batch, version: batch.version + 1 };
  const sealed: StoredItem[] = [{ entity: 'batch', attributes: batchItem(next) }];
  const audit = auditWrites(aggregateName('batch', batchId), batch.audit, facts, sealed);
  const after: Batch = { ...next, audit: audit.head };
  const put: Write<'batch'> = {
    guards: 'batch',
    of: (entities) =>
      entities.batch
        .put(batchItem(after))
        .where(({ version }, { eq, notExists }) =>
          batch.version === 0 ? notExists(version) : eq(version, batch.version),
        )
        .commit(),
  };
  // Its chain moves with its version, so a lost race fails both conditions.
  return { after, writes: [put, ...audit.writes.map((write): Write<'batch'> => ({ ...write, guards: 'batch' }))] };
}

/** On the condition that the batch is in the making, which nobody else may end meanwhile. */
export function entryWrites(batchId: BatchId | undefined): Write<'batch'>[] {
  if (batchId === undefined) return [];
  const inTheMaking = 'making' satisfies BatchStatus;
  return [
    {
      guards: 'batch',
      of: ({ batch }) =>
        batch
          .check({ batchId })
          .where(({ batchStatus }, { eq }) => eq(batchStatus, inTheMaking))
          .commit(),
    },
  ];
}

/** `batch`: as it lies there now, for whoever goes on with it. `stale`: somebody else has changed it since it was read. */
export type SavedBatch = { readonly kind: 'saved'; readonly batch: Batch } | { readonly kind: 'stale' };

/** Writes a batch as decided from the version that was read (0: new), and what is to be carried to its payments. */
export async function saveBatch(
  store: Store,
  batch: Batch,
  facts: readonly AuditFact[],
  outbox: readonly OutboxItem[],
): Promise<SavedBatch> {
  const { after, writes } = written(batch, facts);
  const outcome = await transact<'batch' | 'none'>(store, [...writes, ...outbox.map(outboxWrite)]);
  return outcome.kind === 'done' ? { kind: 'saved', batch: after } : { kind: 'stale' };
}
