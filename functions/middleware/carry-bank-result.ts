import type { Already } from '../../shared/cases/batch-payout.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import { problemOf, settleFromBank } from '../../shared/cases/settle-from-bank.ts';
import type { BankResult, RowProblem, Settlement } from '../../shared/disbursement/bank-result/bank-result.ts';
import { finishResult } from '../../shared/disbursement/bank-result/decide-result.ts';
import type { AuditFact } from '../../shared/kernel/audit.ts';
import type { BankResultId, CaseId, PersonId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { getBankResult, saveBankResult, type SavedResult } from '../../shared/store/bank-result-store.ts';
import { type ActDeps, type Acted, actOnCase, type CaseReading } from './act-on-case.ts';
import { tellSideBySide } from './side-by-side.ts';

/** What carrying asks of the store. */
export type ResultPort = {
  readonly get: (resultId: BankResultId) => Promise<BankResult | undefined>;
  readonly save: (result: BankResult, facts: readonly AuditFact[]) => Promise<SavedResult>;
  readonly act: (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Decided | Already,
    reading: CaseReading | undefined,
  ) => Promise<Exclude<Acted, { kind: 'done' }> | { readonly kind: 'done' | 'idle' }>;
  readonly now: () => Instant;
};

export const resultPort = (deps: ActDeps): ResultPort => ({
  get: (resultId) => getBankResult(deps.store, resultId),
  save: (result, facts) => saveBankResult(deps.store, result, facts, []),
  act: (caseId, decide, reading) => actOnCase(deps, caseId, decide, { awards: false, reading }),
  now: deps.now,
});

/** Cases that are told at the same time: each moves its fund, and more would only run into each other there. */
const atOnce = 2;

type Refused = { readonly line: number; readonly reason: RowProblem };

/** What a request knows that has just written the header: the result as it lies there now, and cases as it has checked them. */
export type KnownResult = { readonly result: BankResult; readonly readings: readonly CaseReading[] };

/**
 * Tells each payment what the bank's file says of it, and then notes what was settled. May be repeated at any time and by several at
 * once: whoever dies in the middle leaves the rest to the next. `left`: somebody else has just finished it. Whoever knows nothing reads the
 * header, and each case.
 * @throws AggregateError of whatever kept cases from being told, once the others were
 */
export async function carryBankResult(
  port: ResultPort,
  resultId: BankResultId,
  known?: KnownResult,
): Promise<'done' | 'left'> {
  const result = known?.result ?? (await port.get(resultId));
  if (result?.status !== 'applying' || result.appliedBy === undefined) return 'done';
  const refusals = await tellEach(port, result.appliedBy, result.settling, known?.readings ?? []);
  const decided = finishResult(result, refusals, port.now());
  if (decided.kind === 'refused') return 'done';
  return (await port.save(decided.result, decided.facts)).kind === 'saved' ? 'done' : 'left';
}

/** Rows of one case one after the other, in their order: the first of them may decide on what is known of the case, and makes it old. */
async function tellEach(
  port: ResultPort,
  personId: PersonId,
  settling: readonly Settlement[],
  readings: readonly CaseReading[],
): Promise<Refused[]> {
  const refusals: Refused[] = [];
  const known = new Map(readings.map((reading) => [reading.file.case.caseId, reading]));
  const byCase = [...Map.groupBy(settling, ({ caseId }) => caseId)];
  await tellSideBySide(byCase, atOnce, "cases were not told of a bank's result", async ([caseId, settlements]) => {
    for (const settlement of settlements) {
      const { line } = settlement;
      const reading = known.get(caseId);
      known.delete(caseId);
      const settle = (file: CaseFile, around: Around) => settleFromBank(file, around, personId, settlement);
      const outcome = await port.act(caseId, settle, reading);
      if (outcome.kind === 'refused') refusals.push({ line, reason: problemOf(outcome.code) });
      if (outcome.kind === 'unknown-case') refusals.push({ line, reason: 'unknown' });
    }
  });
  return refusals;
}
