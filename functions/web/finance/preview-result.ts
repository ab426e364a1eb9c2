import { createHash } from 'node:crypto';
import type { CaseFile } from '../../../shared/cases/case-file.ts';
import { trySettlements } from '../../../shared/cases/settle-from-bank.ts';
import type { BankResult, Settlement } from '../../../shared/disbursement/bank-result/bank-result.ts';
import type { BankRow } from '../../../shared/disbursement/bank-result/bank-row.ts';
import { type Matched, matchResult } from '../../../shared/disbursement/bank-result/match-result.ts';
import type { Payout, PayoutStatus } from '../../../shared/disbursement/payout.ts';
import type { CaseId, PersonId } from '../../../shared/kernel/ids.ts';
import { localDateOf } from '../../../shared/kernel/time.ts';
import type { KnownAround } from '../../../shared/store/around-store.ts';
import type { CaseReading } from '../../middleware/act-on-case.ts';
import { sideBySide } from '../../middleware/side-by-side.ts';
import { type ResultDeps, rowsOfResult } from './take-result.ts';

/** What would happen if this person applied it now. `digest` tells whether it is still what they saw. */
export type Preview = {
  readonly rows: readonly BankRow[];
  readonly matched: Matched;
  /** The cases of what it would settle, as they were read for it. */
  readonly readings: readonly CaseReading[];
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
export async function previewResult(
  deps: ResultDeps,
  result: BankResult,
  personId: PersonId,
  known: Pick<KnownAround, 'staff'> = {},
): Promise<Preview> {
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
  const settling = matchResult(rows, payouts, options);
  const readings = await readingsOf(deps, settling.settle, files, known);
  const matched = tried(settling, readings, personId);
  return { rows, matched, readings, digest: digestOf(matched.settle) };
}

/** The cases of some settlements with what surrounds them; staff and funds are read once for all. */
async function readingsOf(
  deps: ResultDeps,
  settle: readonly Settlement[],
  files: ReadonlyMap<CaseId, CaseFile>,
  known: Pick<KnownAround, 'staff'>,
): Promise<CaseReading[]> {
  const [staff, funds] = await Promise.all([known.staff ?? deps.store.staff(), deps.store.funds()]);
  const found = [...new Set(settle.map(({ caseId }) => caseId))].flatMap((caseId) => files.get(caseId) ?? []);
  return sideBySide(found, atOnce, async (file) => ({
    file,
    around: await deps.store.loadAround(file, { staff, funds }),
  }));
}

/** Each settlement tried on its case; what is refused becomes a problem. */
function tried(matched: Matched, readings: readonly CaseReading[], personId: PersonId): Matched {
  const problems = [...matched.problems];
  const refused = new Set<Settlement>();
  const byCase = Map.groupBy(matched.settle, ({ caseId }) => caseId);
  for (const { file, around } of readings) {
    for (const { settlement, problem } of trySettlements(file, around, personId, byCase.get(file.case.caseId) ?? [])) {
      if (problem === undefined) continue;
      problems.push({ line: settlement.line, reason: problem });
      refused.add(settlement);
    }
  }
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
