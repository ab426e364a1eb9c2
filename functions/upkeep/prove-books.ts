import * as z from 'zod';
import type { Fund } from '../../shared/funds/fund.ts';
import type { PayoutOutline } from '../../shared/proof/case-book.ts';
import type { Fault } from '../../shared/proof/fault.ts';
import { proveBatch } from '../../shared/proof/prove-batch.ts';
import { proveCase } from '../../shared/proof/prove-case.ts';
import { proveChain } from '../../shared/proof/prove-chain.ts';
import { proveFund } from '../../shared/proof/prove-fund.ts';
import { aggregateName } from '../../shared/kernel/audit.ts';
import { log } from '../../shared/log.ts';
import {
  caseIdsInBooks,
  type Kept,
  readBatchBooks,
  readCaseBook,
  readFundBooks,
} from '../../shared/store/books-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { taskHandler } from '../middleware/task-handler.ts';
import { theStore } from '../middleware/wiring.ts';
import { reportLines } from './report-lines.ts';

export type Checked = Readonly<
  Record<'funds' | 'entries' | 'cases' | 'votes' | 'awards' | 'payouts' | 'batches' | 'events', number>
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

async function onePass(store: Store): Promise<BooksReport> {
  // Ledgers first: a case that is read later may have gone on, and the next pass will see both.
  const [funds, batches] = await Promise.all([readFundBooks(store), readBatchBooks(store)]);
  const wrong: Fault[] = [];
  const count = { funds: funds.length, entries: 0, cases: 0, votes: 0, awards: 0, payouts: 0, batches: 0, events: 0 };
  const look = (
    aggregate: string,
    head: Parameters<typeof proveChain>[2],
    { chain, stored, misplaced }: Kept<unknown>,
  ) => {
    count.events += chain.length;
    wrong.push(...proveChain(aggregate, chain, head, stored), ...misplaced);
  };
  for (const kept of funds) {
    const { fund, entries } = kept.thing;
    count.entries += entries.length;
    look(aggregateName('fund', fund.fundId), fund.audit, kept);
    wrong.push(...proveFund(fund, entries));
  }
  const entries = Map.groupBy(
    funds.flatMap(({ thing }) => thing.entries),
    ({ caseId }) => caseId ?? '',
  );
  const batchesById = new Map(batches.map(({ thing }) => [String(thing.batchId), thing]));
  const payouts = new Map<string, PayoutOutline>();
  const spokenOf = new Set([...entries.keys()].filter((id) => id !== ''));
  for (const { members } of batchesById.values()) for (const { caseId } of members) spokenOf.add(caseId);
  const queue = (await caseIdsInBooks(store, spokenOf)).values();
  const worker = async () => {
    for (const caseId of queue) {
      const read = await readCaseBook(store, caseId, { entries: entries.get(caseId) ?? [], batches: batchesById });
      count.cases += 1;
      if (read.kind === 'unreadable') {
        wrong.push(read.fault);
        continue;
      }
      const { thing: book } = read.book;
      count.votes += book.votes.length;
      count.awards += book.awards.length;
      count.payouts += book.payouts.length;
      for (const payout of book.payouts) payouts.set(payout.payoutId, payout);
      look(aggregateName('case', caseId), book.case.audit, read.book);
      wrong.push(...proveCase(book));
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  for (const kept of batches) {
    count.batches += 1;
    look(aggregateName('batch', kept.thing.batchId), kept.thing.audit, kept);
    wrong.push(...proveBatch(kept.thing, payouts));
  }
  return { ok: wrong.length === 0, checked: count, funds: funds.map(({ thing }) => thing.fund), wrong };
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
      ok,
      checked,
      wrong: wrong.slice(0, mostTold),
      lines: { zh: reportLines(report, 'zh'), en: reportLines(report, 'en') },
    };
  },
});
