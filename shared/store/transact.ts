import { randomUUID } from 'node:crypto';
import { createWriteTransaction, type TransactWriteEntities } from 'electrodb';
import type { Entities, Store } from './open-store.ts';

type WriteEntities = TransactWriteEntities<Entities>;
/** What `commit` of an entity's put, patch or delete gives. */
type Committed = ReturnType<ReturnType<WriteEntities['task']['put']>['commit']>;

/** One write of a transaction; `guards` says what is known if its condition fails. */
export type Write<Guard extends string> = {
  readonly guards: Guard;
  readonly of: (entities: WriteEntities) => unknown;
};

export type Transacted<Guard extends string> =
  | { readonly kind: 'done' }
  /** The guards whose conditions failed, at least one; nothing was written. */
  | { readonly kind: 'failed'; readonly guards: readonly Guard[] };

/** DynamoDB's limit on one transaction. */
const mostWrites = 100;
const mostAttempts = 8;
const passing = ['TransactionConflict', 'ThrottlingError', 'ProvisionedThroughputExceeded'];

/** DynamoDB kept refusing a transaction for reasons that pass. The caller may try the whole thing again. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
  readonly code = 'store-busy';
}

/**
 * Writes all or nothing. A conflict with another transaction, or throttling, is tried again with growing, random pauses,
 * since the SDK does not; a failed condition is the answer, whatever else went wrong beside it. All attempts carry one token: if an earlier
 * one was written and its answer lost, DynamoDB says that it is done, and does not hold it against itself.
 * @throws RangeError for more than 100 writes
 * @throws StoreBusyError when conflicts do not end
 */
export async function transact<Guard extends string>(
  store: Store,
  writes: readonly Write<Guard>[],
): Promise<Transacted<Guard>> {
  if (writes.length > mostWrites) throw new RangeError(`a transaction of ${writes.length} writes`);
  const token = randomUUID();
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const codes = await codesOf(store, writes, token);
    const failed = writes.filter((_, index) => codes[index] === 'ConditionalCheckFailed');
    if (failed.length > 0) return { kind: 'failed', guards: failed.map(({ guards }) => guards) };
    const refused = codes.filter((code) => code !== 'None');
    if (refused.length === 0) return { kind: 'done' };
    const lasting = refused.find((code) => !passing.includes(code));
    if (lasting !== undefined) throw new Error(`DynamoDB refused a transaction: ${lasting}`);
    await store.pause(Math.random() * Math.min(1_000, 25 * 2 ** attempt));
  }
  throw new StoreBusyError('DynamoDB kept refusing a transaction');
}

async function codesOf(store: Store, writes: readonly Write<string>[], token: string): Promise<string[]> {
  const made = (entities: WriteEntities) => writes.map(({ of }) => of(entities)).filter(isCommitted);
  const { data, canceled } = await createWriteTransaction(store.entities, made).go({ token });
  const results: readonly { readonly code: string }[] = data;
  if (canceled && results.every(({ code }) => code === 'None'))
    throw new Error('a transaction was refused without reason');
  return results.map(({ code }) => code);
}

const isCommitted = (value: unknown): value is Committed => typeof value === 'object' && value !== null;
