import * as z from 'zod';
import type { Fund } from '../../shared/funds/fund.ts';
import type { CaseBook, PayoutOutline } from '../../shared/proof/case-book.ts';
import { type Fault, fault } from '../../shared/proof/fault.ts';
import { proveBatch } from '../../shared/proof/prove-batch.ts';
import { proveCase } from '../../shared/proof/prove-case.ts';
import { proveChain } from '../../shared/proof/prove-chain.ts';
import { proveFund } from '../../shared/proof/prove-fund.ts';
import { proveProposals } from '../../shared/proof/prove-proposal.ts';
import { proveResult } from '../../shared/proof/prove-result.ts';
import { type AuditHead, aggregateName } from '../../shared/kernel/audit.ts';
import { log } from '../../shared/log.ts';
import type { Kept } from '../../shared/store/book-reading.ts';
import {
  idsInJournal,
  readBatchBooks,
  readFundBooks,
  readProgrammeBooks,
  readProposalBooks,
  readResultBooks,
  readStaffBooks,
} from '../../shared/store/books-store.ts';
import { caseIdsInBooks, readCaseBook } from '../../shared/store/case-books-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { taskHandler } from '../middleware/task-handler.ts';
import { theStore } from '../middleware/wiring.ts';
import { reportLines } from './report-lines.ts';

export type Checked = Readonly<
  Record<
    'funds' | 'entries' | 'proposals' | 'cases' | 'votes' | 'awards' | 'payouts' | 'batches' | 'results' | 'events',
    number
  >
>;
/** What was looked at, and everything that is wrong with it, the gravest first: a fund before a case. */
export type BooksReport = {
  readonly ok: boolean;
  readonly checked: Checked;
  readonly funds: readonly Fund[];
  readonly wrong: readonly Fault[];
};

/** Cases that are read at the same time. */
const sideBySide = 8;
const mostPasses = 3;

/**
 * Reads all books and proves them. People go on working meanwhile, so that what is read first and what is read last may disagree
 * once: wrong is what is wrong in every pass.
 */
export async function proveBooks(store: Store): Promise<BooksReport> {
  let report = await onePass(store);
  for (let pass = 1; pass < mostPasses && !report.ok; pass += 1) {
    await store.pause(500);
    const before = new Set(report.wrong.map(keyOf));
    const again = await onePass(store);
    const wrong = again.wrong.filter((each) => before.has(keyOf(each)));
    report = { ...again, wrong, ok: wrong.length === 0 };
  }
  return report;
}

const keyOf = ({ item, code }: Fault): string => `${item} ${code}`;

/** The funds and batches that a case speaks of: they must be there. */
const namedBy = ({ awards, payouts }: CaseBook): string[] => [
  ...awards.flatMap(({ shares }) => shares.map(({ fundId }) => `fund#${fundId}`)),
  ...payouts.flatMap(({ batchId }) => (batchId === undefined ? [] : [`batch#${batchId}`])),
];

async function onePass(store: Store): Promise<BooksReport> {
  // What has a chain must be there, whether anything lists or names it or not.
  const inJournal = await idsInJournal(store);
  // Ledgers first: a case that is read later may have gone on, and the next pass will see both.
  const [funds, batches, agreed, results, programmes, staff] = await Promise.all([
    readFundBooks(store, inJournal('fund')),
    readBatchBooks(store, inJournal('batch')),
    readProposalBooks(store, inJournal('proposal')),
    readResultBooks(store, inJournal('bank-result')),
    readProgrammeBooks(store, inJournal('programme')),
    readStaffBooks(store, inJournal('staff')),
  ]);
  const wrong: Fault[] = [];
  const count = {
    ...{ funds: funds.length, entries: 0, proposals: agreed.length, cases: 0, votes: 0, awards: 0, payouts: 0 },
    ...{ batches: 0, results: results.length, events: 0 },
  };
  const look = (aggregate: string, head: AuditHead | undefined, { chain, stored, faults }: Kept<unknown>) => {
    count.events += chain.length;
    wrong.push(...proveChain(aggregate, chain, head, stored), ...faults);
  };
  for (const [fundId, kept] of funds) {
    look(aggregateName('fund', fundId), kept.thing?.fund.audit, kept);
    if (kept.thing === undefined) continue;
    count.entries += kept.thing.entries.length;
    wrong.push(...proveFund(kept.thing.fund, kept.thing.entries));
  }
  for (const [proposalId, kept] of agreed) look(aggregateName('proposal', proposalId), kept.thing?.audit, kept);
  // Who alters what a programme asks for, or who holds which office, alters who decides.
  for (const [programmeId, kept] of programmes) look(aggregateName('programme', programmeId), undefined, kept);
  for (const [personId, kept] of staff) look(aggregateName('staff', personId), kept.thing?.audit, kept);
  for (const [resultId, kept] of results) look(aggregateName('bank-result', resultId), kept.thing?.audit, kept);
  const proposals = new Map(agreed.flatMap(([id, { thing }]) => (thing === undefined ? [] : [[id, thing] as const])));
  const allEntries = funds.flatMap(([, { thing }]) => thing?.entries ?? []);
  wrong.push(...proveProposals(allEntries, proposals));
  const entries = Map.groupBy(allEntries, ({ caseId }) => caseId ?? '');
  const batchesById = new Map(batches.flatMap(([id, { thing }]) => (thing === undefined ? [] : [[id, thing]])));
  const payouts = new Map<string, PayoutOutline>();
  const named = new Set<string>();
  const spokenOf = new Set([...inJournal('case'), ...[...entries.keys()].filter((id) => id !== '')]);
  for (const { members } of batchesById.values()) for (const { caseId } of members) spokenOf.add(caseId);
  const queue = (await caseIdsInBooks(store, spokenOf)).values();
  const worker = async () => {
    for (const caseId of queue) {
      const kept = await readCaseBook(store, caseId, { entries: entries.get(caseId) ?? [], batches: batchesById });
      const { thing: book } = kept;
      count.cases += 1;
      look(aggregateName('case', caseId), book?.case.audit, kept);
      if (book === undefined) continue;
      count.votes += book.votes.length;
      count.awards += book.awards.length;
      count.payouts += book.payouts.length;
      for (const payout of book.payouts) payouts.set(payout.payoutId, payout);
      for (const name of namedBy(book)) named.add(name);
      wrong.push(...proveCase(book));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  for (const [batchId, kept] of batches) {
    count.batches += 1;
    look(aggregateName('batch', batchId), kept.thing?.audit, kept);
    if (kept.thing !== undefined) wrong.push(...proveBatch(kept.thing, payouts));
  }
  for (const [, { thing }] of results) if (thing !== undefined) wrong.push(...proveResult(thing, payouts));
  const read = new Set([...funds.map(([id]) => `fund#${id}`), ...batches.map(([id]) => `batch#${id}`)]);
  for (const name of named) if (!read.has(name)) wrong.push(fault(name, 'missing'));
  const allFunds = funds.flatMap(([, { thing }]) => thing?.fund ?? []);
  return { ok: wrong.length === 0, checked: count, funds: allFunds, wrong };
}

/** The books do not agree. Thrown at the end of the nightly run, so that the alarm of this function rings. */
class BooksDoNotAgree extends Error {
  override readonly name = 'BooksDoNotAgree';
  readonly code = 'books-do-not-agree';
}

/** What a report holds of what is wrong: the rest is counted. A Lambda's answer has a limit. */
const mostTold = 500;

/** Nightly by a schedule, where a fault rings the alarm; or by whoever wants the report, who gets it either way. */
export const handler = taskHandler({
  name: 'prove-books',
  schema: z.object({ wanted: z.literal('report').optional() }),
  run: async ({ wanted }) => {
    const report = await proveBooks(theStore());
    for (const { item, code } of report.wrong.slice(0, mostTold))
      log.error('the books do not agree', { kind: code, outcome: item });
    if (wanted === undefined && !report.ok) {
      throw new BooksDoNotAgree(`${report.wrong.length} things do not agree`);
    }
    const { ok, checked, wrong } = report;
    return {
      // Books that agree need no second look before anything happens: see the scheduler of one machine, whose nights pass in a moment.
      ...(ok ? { nextAt: null } : {}),
      ok,
      checked,
      wrong: wrong.slice(0, mostTold),
      lines: { zh: reportLines(report, 'zh'), en: reportLines(report, 'en') },
    };
  },
});
