import { isDeepStrictEqual } from 'node:util';
import type { CaseFile } from '../../shared/cases/case-file.ts';
import type { ReliefCase } from '../../shared/cases/relief-case.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import { noAudit } from '../../shared/kernel/audit.ts';
import { bankResultSchema } from '../../shared/disbursement/bank-result/bank-result.ts';
import { saveBankResult } from '../../shared/store/bank-result-store.ts';
import { saveBatch } from '../../shared/store/batch-store.ts';
import { listFunds, openFund } from '../../shared/store/fund-store.ts';
import { putProgrammeVersion } from '../../shared/store/programme-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import type { Store } from '../../shared/store/open-store.ts';
import type { World } from './case-world.ts';
import { termsOf } from '../../shared/funds/fund-terms.ts';
import { agreed, receiptOf } from './funded.ts';
import { monday, seedOf, smallFunds } from './small-union.ts';

const by = 'system:test';

/** Writes everything that happened in a world of memory into a real store, change by change, by the store's own functions. */
export async function storeWorld(store: Store, world: World): Promise<void> {
  for (const id of new Set([...world.programmes.values()].map((version) => String(version.id)))) {
    await putProgrammeVersion(store, seedOf(id), { proposedBy: by, approvedBy: by, at: monday });
  }
  for (const fund of smallFunds()) {
    await openFund(store, { fundId: fund.fundId, ...termsOf(fund) }, { by, at: monday });
    const { fundId, fundedFen } = fund;
    await agreed(store, fundId, `receipt-${fundId}`, receiptOf(fundedFen, `V-${fundId}`, monday), monday);
  }
  const files = new Map<string, CaseFile>();
  for (const changes of world.saved) {
    const { batches: _headers, entersBatch: _header, ...own } = changes;
    const { caseId } = changes.case;
    const before = files.get(caseId);
    const theCase = before === undefined ? changes.case : sameWhereEqual(before.case, changes.case);
    const funds = await listFunds(store);
    const saved = await saveChanges(store, before, { ...own, case: theCase }, { funds });
    if (saved.kind !== 'saved') throw new Error(`a change of ${caseId} was not saved: ${JSON.stringify(saved)}`);
    files.set(caseId, saved.file);
  }
  for (const batch of world.batches.values()) await storeBatch(store, batch);
  await storeResult(store);
}

/** Its values are the very objects of before where they are equal, as those of a command are: the memory's copies are not. */
const sameWhereEqual = (before: ReliefCase, after: ReliefCase): ReliefCase => ({
  ...after,
  ...Object.fromEntries(
    Object.entries(before).filter(([name, value]) => isDeepStrictEqual(value, Object(after)[name])),
  ),
});

/** A batch in as few writes as it can have come to its state in. */
async function storeBatch(store: Store, batch: Batch): Promise<void> {
  const isReleased = batch.status === 'released';
  const file = { name: 'batch.csv', objectKey: 'batches/1', contentType: 'text/csv', sha256: 'digest', sizeBytes: 1 };
  const whole: Batch = { ...batch, ...(isReleased ? { file: batch.file ?? file } : {}), version: 0, audit: noAudit };
  const fact = { event: 'batch.begun', by, at: monday, details: {} } as const;
  if ((await saveBatch(store, whole, [fact], [])).kind === 'stale') throw new Error('a batch was not saved');
}

/** A bank's file of which every row was a problem: it settled nothing, and lies there all the same. */
async function storeResult(store: Store): Promise<void> {
  const result = bankResultSchema.parse({
    ...{ resultId: 'R1', status: 'read', format: 'generic-csv', objectKey: 'results/R1', sizeBytes: 10, rows: 2 },
    ...{ uploadedBy: 'finance-2', uploadedAt: monday, settling: [], settled: [], already: 0 },
    ...{ problems: { unknown: [2, 3] }, version: 0, audit: noAudit },
  });
  const fact = { event: 'bank-result.read', by, at: monday, details: {} } as const;
  if ((await saveBankResult(store, result, [fact], [])).kind === 'stale') throw new Error('a result was not saved');
}
