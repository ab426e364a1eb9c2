import { createHash } from 'node:crypto';
import { carryBankResult } from '../../functions/middleware/carry-bank-result.ts';
import type { ResultsPort } from '../../functions/web/finance/results-port.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import type { BankResult } from '../../shared/disbursement/bank-result/bank-result.ts';
import { type BankResultId, bankResultIdSchema, type CaseId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';

type Act = (
  caseId: CaseId,
  decide: (file: CaseFile, around: Around) => Decided,
) => { readonly kind: 'done' | 'unknown-case' } | Extract<Decided, { kind: 'refused' }>;

/** Banks' results in memory, carried to their payments as the outbox does. */
export function resultPorts(act: Act, now: () => Instant) {
  const results = new Map<BankResultId, BankResult>();
  const save: ResultsPort['save'] = async (result) => {
    if ((results.get(result.resultId)?.version ?? 0) !== result.version) return { kind: 'stale' };
    const after = { ...result, version: result.version + 1 };
    results.set(result.resultId, after);
    return { kind: 'saved', result: after };
  };
  const port: ResultsPort = {
    idOf: async (bytes) =>
      bankResultIdSchema.parse(`R${createHash('sha256').update(bytes).digest('hex').slice(0, 40)}`),
    get: async (resultId) => results.get(resultId),
    list: async () => ({ items: [...results.values()].toReversed() }),
    save,
    carry: async (items, known) => {
      for (const item of items) if (item.kind === 'bank-result') await carryBankResult(carrier, item.resultId, known);
    },
  };
  const carrier: Parameters<typeof carryBankResult>[0] = {
    get: port.get,
    save: (result, facts) => save(result, facts, []),
    act: async (caseId, decide) => {
      let isIdle = false;
      const outcome = act(caseId, (file, around) => {
        const decided = decide(file, around);
        isIdle = decided.kind === 'nothing';
        return decided.kind === 'nothing' ? { kind: 'refused', code: 'not-possible-now' } : decided;
      });
      return isIdle ? { kind: 'idle' } : outcome;
    },
    now,
  };
  return { port, results };
}
