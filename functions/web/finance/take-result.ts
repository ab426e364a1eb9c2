import { createHash } from 'node:crypto';
import type { BankRow, ResultFormat, Unreadable } from '../../../shared/disbursement/bank-result/bank-row.ts';
import { beginResult } from '../../../shared/disbursement/bank-result/decide-result.ts';
import { readBankResult } from '../../../shared/disbursement/bank-result/read-bank-result.ts';
import type { BankResult } from '../../../shared/disbursement/bank-result/bank-result.ts';
import type { BankResultId, BatchId, PersonId } from '../../../shared/kernel/ids.ts';
import type { BankResultDeps } from './bank-result-deps.ts';

/** What taking, previewing and applying a bank's result need. */
export type ResultDeps = Pick<BankResultDeps, 'results' | 'files' | 'now' | 'newId'> & {
  readonly store: Pick<BankResultDeps['store'], 'loadCaseFile' | 'loadAround' | 'payoutsByStatus' | 'staff' | 'funds'>;
};

/** The largest request that is read: a file, and what a form puts around it. AWS takes 6 MB of it in base 64. */
export const largestUploadBytes = 4_400_000;

/** `isNew` is false for a file that was uploaded before: nothing changes, and its first upload is what is shown. */
export type Taken = { readonly kind: 'taken'; readonly resultId: BankResultId; readonly isNew: boolean } | Unreadable;

/** Keeps a file that can be read as a bank's result, and settles nothing yet. One that cannot leaves no trace. */
export async function takeResult(
  deps: ResultDeps,
  bytes: Uint8Array,
  { personId, batchId }: { readonly personId: PersonId; readonly batchId: BatchId | undefined },
): Promise<Taken> {
  const read = readBankResult(bytes);
  if (read.kind === 'unreadable') return read;
  const resultId = await deps.results.idOf(bytes);
  if ((await deps.results.get(resultId)) !== undefined) return { kind: 'taken', resultId, isNew: false };
  const objectKey = `results/${resultId}`;
  await deps.files.put(objectKey, bytes, createHash('sha256').update(bytes).digest('hex'));
  const begun = beginResult({
    ...{ resultId, format: read.format, objectKey, sizeBytes: bytes.length, rows: read.rows.length },
    ...{ batchId, personId, at: deps.now() },
  });
  const saved = await deps.results.save(begun.result, begun.facts, []);
  return { kind: 'taken', resultId, isNew: saved.kind === 'saved' };
}

/** The rows of a file that was taken. @throws Error if it cannot be read any more, which its upload ruled out */
export async function rowsOfResult(
  deps: Pick<ResultDeps, 'files'>,
  { objectKey, resultId }: BankResult,
): Promise<{ readonly format: ResultFormat; readonly rows: readonly BankRow[] }> {
  const read = readBankResult(await deps.files.get(objectKey));
  if (read.kind === 'unreadable') throw new Error(`the bank's result ${resultId} cannot be read: ${read.fault}`);
  return read;
}
