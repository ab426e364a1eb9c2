import type { Already } from '../../shared/cases/batch-payout.ts';
import type { Around, CaseFile, Decided } from '../../shared/cases/case-file.ts';
import { problemOf, settleFromBank } from '../../shared/cases/settle-from-bank.ts';
import type { BankResult, RowProblem, Settlement } from '../../shared/disbursement/bank-result/bank-result.ts';
import { finishResult } from '../../shared/disbursement/bank-result/decide-result.ts';
import type { AuditFact } from '../../shared/kernel/audit.ts';
import type { BankResultId, CaseId, PersonId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { getBankResult, saveBankResult } from '../../shared/store/bank-result-store.ts';
import { type ActDeps, type Acted, actOnCase, awardsNothing } from './act-on-case.ts';
import { tellSideBySide } from './side-by-side.ts';

/** What carrying asks of the store. */
export type ResultPort = {
  readonly get: (resultId: BankResultId) => Promise<BankResult | undefined>;
  readonly save: (result: BankResult, facts: readonly AuditFact[]) => Promise<'saved' | 'stale'>;
  readonly act: (
    caseId: CaseId,
    decide: (file: CaseFile, around: Around) => Decided | Already,
  ) => Promise<Exclude<Acted, { kind: 'done' }> | { readonly kind: 'done' | 'idle' }>;
  readonly now: () => Instant;
};

export const resultPort = (deps: ActDeps): ResultPort => ({
  get: (resultId) => getBankResult(deps.store, resultId),
  save: (result, facts) => saveBankResult(deps.store, result, facts, []),
  act: (caseId, decide) => actOnCase(deps, caseId, decide, awardsNothing),
  now: deps.now,
});

/** Cases that are told at the same time: each moves its fund, and more would only run into each other there. */
const atOnce = 2;

type Refused = { readonly line: number; readonly reason: RowProblem };

/**
 * Tells each payment what the bank's file says of it, and then notes what was settled. May be repeated at any time and by several at
 * once: whoever dies in the middle leaves the rest to the next. `left`: somebody else has just finished it.
 * @throws AggregateError of whatever kept cases from being told, once the others were
 */
export async function carryBankResult(port: ResultPort, resultId: BankResultId): Promise<'done' | 'left'> {
  const result = await port.get(resultId);
  if (result?.status !== 'applying' || result.appliedBy === undefined) return 'done';
  const refusals = await tellEach(port, result.appliedBy, result.settling);
  const decided = finishResult(result, refusals, port.now());
  if (decided.kind === 'refused') return 'done';
  return (await port.save(decided.result, decided.facts)) === 'saved' ? 'done' : 'left';
}

/** Rows of one case one after the other, in their order. */
async function tellEach(port: ResultPort, personId: PersonId, settling: readonly Settlement[]): Promise<Refused[]> {
  const refusals: Refused[] = [];
  const byCase = [...Map.groupBy(settling, ({ caseId }) => caseId)];
  await tellSideBySide(byCase, atOnce, "cases were not told of a bank's result", async ([caseId, settlements]) => {
    for (const settlement of settlements) {
      const { line } = settlement;
      const outcome = await port.act(caseId, (file, around) => settleFromBank(file, around, personId, settlement));
      if (outcome.kind === 'refused') refusals.push({ line, reason: problemOf(outcome.code) });
      if (outcome.kind === 'unknown-case') refusals.push({ line, reason: 'unknown' });
    }
  });
  return refusals;
}
