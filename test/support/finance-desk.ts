import { carryBankResult, type ResultPort } from '../../functions/middleware/carry-bank-result.ts';
import { type CarryPort, carryBatch } from '../../functions/middleware/carry-batch.ts';
import type { Already } from '../../shared/cases/batch-payout.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import type { BankResult, Settlement } from '../../shared/disbursement/bank-result/bank-result.ts';
import { applyResult, beginResult } from '../../shared/disbursement/bank-result/decide-result.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import { type BatchDecided, beginBatch, dissolveBatch, releaseBatch } from '../../shared/disbursement/decide-batch.ts';
import type { Payout } from '../../shared/disbursement/payout.ts';
import {
  type BankResultId,
  bankResultIdSchema,
  type BatchId,
  batchIdSchema,
  type CaseId,
} from '../../shared/kernel/ids.ts';
import type { SavedResult } from '../../shared/store/bank-result-store.ts';
import type { SavedBatch } from '../../shared/store/batch-store.ts';
import { sealedFile, type Story } from './case-story.ts';
import { aroundIn, fileIn, isStale, payoutsIn, save, type World } from './case-world.ts';
import { person } from './small-union.ts';

/**
 * How far a process comes that carries something to its payments: `writes` of them, then it is gone. `answerLost`: it did write the
 * last one, and never heard so.
 */
export type Life = { readonly writes: number; readonly answerLost: boolean };
export const longLife: Life = { writes: Infinity, answerLost: false };

export type FinanceDesk = ReturnType<typeof financeDesk>;

/** Finance's part in a world of memory: batches of several payments and banks' results, carried by the functions that carry them in use. */
export function financeDesk(world: World, stories: readonly Story[]) {
  const results = new Map<BankResultId, BankResult>();

  const keepBatch = (batch: Batch): SavedBatch => {
    if ((world.batches.get(batch.batchId)?.version ?? 0) !== batch.version) return { kind: 'stale' };
    const after = { ...batch, version: batch.version + 1 };
    world.batches.set(batch.batchId, after);
    return { kind: 'saved', batch: after };
  };
  const keepResult = (result: BankResult): SavedResult => {
    if ((results.get(result.resultId)?.version ?? 0) !== result.version) return { kind: 'stale' };
    const after = { ...result, version: result.version + 1 };
    results.set(result.resultId, after);
    return { kind: 'saved', result: after };
  };
  const decided = (outcome: BatchDecided): string =>
    outcome.kind === 'refused' ? outcome.code : keepBatch(outcome.batch).kind;

  /** As `actOnCase`: whoever was not fast enough reads again and decides again. */
  const act = async (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Promise<Decided | Already> | Decided | Already,
  ) => {
    for (let attempt = 0; attempt < 50; attempt += 1) {
      const read = fileIn(world, caseId);
      const outcome = await decide(read, aroundIn(world, read));
      if (outcome.kind === 'refused') return outcome;
      if (outcome.kind === 'nothing') return { kind: 'idle', file: read } as const;
      if (isStale(world, read, outcome.changes)) continue;
      const told = save(world, read, outcome.changes);
      if (told !== 'done') return { kind: 'refused', code: told } as const;
      stories.find((story) => story.caseId === caseId)?.runWorkflow();
      return { kind: 'done' } as const;
    }
    throw new Error('others were always faster');
  };

  /** Does its writes until it dies. */
  const living = ({ writes, answerLost }: Life) => {
    let left = writes;
    return async <T>(write: () => Promise<T> | T): Promise<T> => {
      if (left < 0 || (left === 0 && !answerLost)) {
        left = -1;
        throw new Error('killed');
      }
      const done = await write();
      left -= 1;
      if (left < 0) throw new Error('killed');
      return done;
    };
  };

  const carry = async (batchId: BatchId, life = longLife): Promise<string> => {
    const live = living(life);
    const port: CarryPort = {
      getBatch: async (id) => world.batches.get(id),
      payoutsIn: async (batch) => payoutsIn(world.files.values(), batch),
      saveBatch: (batch) => live(() => keepBatch(batch)),
      act: (caseId, decide) => live(() => act(caseId, decide)),
      now: () => world.now,
    };
    return carryBatch(port, batchId).catch(wasKilled);
  };

  const carryResult = async (resultId: BankResultId, life = longLife): Promise<string> => {
    const live = living(life);
    const port: ResultPort = {
      get: async (id) => results.get(id),
      save: (result) => live(() => keepResult(result)),
      act: (caseId, decide) => live(() => act(caseId, decide)),
      now: () => world.now,
    };
    return carryBankResult(port, resultId).catch(wasKilled);
  };

  return {
    results,
    carry,
    carryResult,
    /** The header of a batch of these payments; nothing is carried yet. */
    begin: (who: string, payouts: readonly Payout[]): Batch | undefined => {
      const batchId = batchIdSchema.parse(world.newId());
      const members = payouts.map(({ caseId, payoutId, fundId, amountFen }) => ({
        ...{ caseId, payoutId, fundId, amountFen, payeeDigest: 'digest', isIn: false },
      }));
      const begun = beginBatch({
        ...{ batchId, batchNumber: `PC-2016-${batchId}`, profileId: 'generic-csv', members, answers: [] },
        ...{ personId: person(who), at: world.now },
      });
      decided(begun);
      return world.batches.get(batchId);
    },
    /** By somebody who saw it `ago` versions before. */
    release: (batch: Batch, who: string, ago = 0): string =>
      decided(
        releaseBatch(batch, {
          ...{ personId: person(who), seenVersion: batch.version - ago, file: sealedFile, at: world.now },
        }),
      ),
    dissolve: (batch: Batch, who: string): string => decided(dissolveBatch(batch, person(who), world.now)),
    /** A bank's file that says this. */
    upload: (who: string, rows: number): BankResult => {
      const resultId = bankResultIdSchema.parse(`R${world.newId()}`);
      const { result } = beginResult({
        ...{ resultId, format: 'generic-csv', objectKey: `results/${resultId}`, sizeBytes: 1, rows },
        ...{ batchId: undefined, personId: person(who), at: world.now },
      });
      keepResult(result);
      return results.get(resultId)!;
    },
    /** Its rows are to be carried; nothing is carried yet. They are not held against what is known, which is the harder case. */
    apply: (result: BankResult, who: string, settle: readonly Settlement[]): string => {
      const applied = applyResult(result, {
        ...{ personId: person(who), seenVersion: result.version, at: world.now },
        matched: { settle, already: [], problems: [] },
      });
      return applied.kind === 'refused' ? applied.code : keepResult(applied.result).kind;
    },
  };
}

/** Of the errors that carrying gathers, only death is expected here. */
function wasKilled(error: unknown): 'killed' {
  const errors: unknown[] = error instanceof AggregateError ? error.errors : [error];
  for (const each of errors) if (!(each instanceof Error && each.message === 'killed')) throw each;
  return 'killed';
}
