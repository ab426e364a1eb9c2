import { createHash } from 'node:crypto';
import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { trySettlements } from '../../../shared/cases/settle-from-bank.ts';
import type { BankResult, Settlement } from '../../../shared/disbursement/bank-result/bank-result.ts';
import type { BankRow } from '../../../shared/disbursement/bank-result/bank-row.ts';
import { type Matched, matchResult } from '../../../shared/disbursement/bank-result/match-result.ts';
import type { Payout, PayoutStatus } from '../../../shared/disbursement/payout.ts';
import type { CaseId, PersonId } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import { sideBySide } from '../../middleware/side-by-side.ts';
import { type ResultDeps, rowsOfResult } from './take-result.ts';

/** What would happen if this person applied it now. `digest` tells whether it is still what they saw. */
export type Preview = {
  readonly rows: readonly BankRow[];
  readonly matched: Matched;
  readonly files: ReadonlyMap<CaseId, CaseFile>;
  readonly digest: string;
};

/** Cases that are read at the same time. */
const atOnce = 8;
const pageSize = 100;
/** Of the payments that were made already, so many of the last are looked through for rows that do not name theirs. */
const paidLookedThrough = 600;

/**
 * Holds the file against the payments as they are now, each tried by the rules of this person's own entry. Writes nothing: rows that
 * those rules refuse (four eyes) are problems, and the others go on.
 */
export async function previewResult(deps: ResultDeps, result: BankResult, personId: PersonId): Promise<Preview> {
  const { rows, format } = await rowsOfResult(deps, result);
  const options = { format, batchId: result.batchId, today: localDateOf(deps.now()) };
  const files = await loadFiles(
    deps,
    rows.flatMap(({ caseId }) => caseId ?? []),
    new Map(),
  );
  const listed = rows.every(({ payoutId }) => payoutId !== undefined) ? [] : await listedPayouts(deps);
  // Lists are read from an index, so a moment late: the cases of what fits there are read as they are.
  const atFirst = matchResult(rows, listed, options);
  await loadFiles(
    deps,
    atFirst.settle.map(({ caseId }) => caseId),
    files,
  );
  const payouts = [
    ...[...files.values()].flatMap((file) => file.payouts),
    ...listed.filter(({ caseId }) => !files.has(caseId)),
  ];
  const matched = await tried(deps, matchResult(rows, payouts, options), files, personId);
  return { rows, matched, files, digest: digestOf(matched.settle) };
}

/** Each settlement tried on its case; what is refused becomes a problem. */
async function tried(
  deps: ResultDeps,
  matched: Matched,
  files: ReadonlyMap<CaseId, CaseFile>,
  personId: PersonId,
): Promise<Matched> {
  const problems = [...matched.problems];
  const refused = new Set<Settlement>();
  const [staff, funds] = await Promise.all([deps.store.staff(), deps.store.funds()]);
  const byCase = [...Map.groupBy(matched.settle, ({ caseId }) => caseId)];
  await sideBySide(byCase, atOnce, async ([caseId, ofCase]) => {
    const file = files.get(caseId);
    if (file === undefined) return;
    const around = await deps.store.loadAround(file, { staff, funds });
    for (const { settlement, problem } of trySettlements(file, around, personId, ofCase)) {
      if (problem === undefined) continue;
      problems.push({ line: settlement.line, reason: problem });
      refused.add(settlement);
    }
  });
  const settle = matched.settle.filter((settlement) => !refused.has(settlement));
  return { ...matched, settle, problems: problems.toSorted((a, b) => a.line - b.line) };
}

async function loadFiles(
  deps: ResultDeps,
  caseIds: readonly CaseId[],
  files: Map<CaseId, CaseFile>,
): Promise<Map<CaseId, CaseFile>> {
  const missing = new Set(caseIds.filter((caseId) => !files.has(caseId)));
  await sideBySide([...missing], atOnce, async (caseId) => {
    const file = await deps.store.loadCaseFile(caseId);
    if (file !== undefined) files.set(caseId, file);
  });
  return files;
}

/** Payments that the bank has or lately had, for rows that do not name theirs. */
async function listedPayouts(deps: ResultDeps): Promise<Payout[]> {
  const lists = await Promise.all([
    listOf(deps, 'sent', Number.POSITIVE_INFINITY),
    listOf(deps, 'unknown', Number.POSITIVE_INFINITY),
    listOf(deps, 'paid', paidLookedThrough),
  ]);
  return lists.flat();
}

async function listOf(deps: ResultDeps, status: PayoutStatus, most: number): Promise<Payout[]> {
  const payouts: Payout[] = [];
  let cursor: string | undefined;
  do {
    const page = await deps.store.payoutsByStatus(status, { cursor, limit: pageSize, isNewestFirst: true });
    payouts.push(...page.items);
    cursor = page.cursor;
  } while (cursor !== undefined && payouts.length < most);
  return payouts;
}

const digestOf = (settle: readonly Settlement[]): string =>
  createHash('sha256').update(JSON.stringify(settle)).digest('base64url').slice(0, 22);
