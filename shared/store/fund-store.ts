import * as z from 'zod';
import type { OutboxItem } from '../cases/case-file.ts';
import { applyEntry, type Fund, fundSchema, type FundTelling, type LedgerEntry, routeOfEntry } from '../funds/fund.ts';
import { budgetLeft } from '../funds/fund-purpose.ts';
import { type FundTerms, termsDigest, termsOf } from '../funds/fund-terms.ts';
import { type AuditFact, aggregateName, noAudit } from '../kernel/audit.ts';
import { type FundId, programmeIdSchema } from '../kernel/ids.ts';
import { type Fen, zeroFen } from '../kernel/money.ts';
import { asLocalDate, type Instant } from '../kernel/time.ts';
import { auditWrites, ledgerWrite, storedEntry } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { outboxWrite } from './outbox-store.ts';
import type { StoredItem } from './seals.ts';
import { transact, type Write } from './transact.ts';

export const treasury = 'funds';

/** A fund as it was stored before funds had terms: it may pay for its programmes, on any day, what it has. */
const earlierFundSchema = z
  .object({ programmes: z.array(programmeIdSchema).min(1) })
  .loose()
  .transform(({ programmes, ...rest }) => ({
    ...rest,
    purpose: { programmes },
    validity: { from: asLocalDate('2015-01-01') },
    budgets: [],
    awarded: [],
  }));

function readFund(body: unknown): Fund {
  const earlier = earlierFundSchema.safeParse(body);
  return fundSchema.parse(earlier.success ? earlier.data : body);
}

/** All funds, by id. */
export async function listFunds(store: Store): Promise<Fund[]> {
  const { data } = await store.entities.fund.query.own({ treasury }).go({ pages: 'all', consistent: true });
  return data.map(({ body }) => readFund(body));
}

export async function getFund(store: Store, fundId: FundId): Promise<Fund | undefined> {
  const { data } = await store.entities.fund.get({ treasury, fundId }).go({ consistent: true });
  return data === null ? undefined : readFund(data.body);
}

export type FundWrites =
  | { readonly kind: 'covered'; readonly writes: Write<'fund' | 'audit' | 'ledger'>[] }
  | { readonly kind: 'not-covered'; readonly fundId: FundId; readonly leftFen: Fen };

/**
 * The writes that put entries into the ledger and their funds' balances after them, each fund conditional on its version as
 * read and its chain extended by one event an entry. Neither a balance nor the budget of a year is passed.
 * @throws Error for an entry of a fund that is not among `funds`, or that takes from or gives to the wrong account
 */
export function fundWrites(funds: readonly Fund[], entries: readonly LedgerEntry[]): FundWrites {
  const writes: Write<'fund' | 'audit' | 'ledger'>[] = entries.map(ledgerWrite);
  for (const fundId of new Set(entries.map((entry) => entry.fundId))) {
    const before = funds.find((fund) => fund.fundId === fundId);
    if (before === undefined) throw new Error(`an entry names fund ${fundId}, which was not read`);
    const own = entries.filter((entry) => entry.fundId === fundId);
    let after = before;
    for (const entry of own) {
      const route = routeOfEntry(entry.kind);
      if (route.from !== entry.from || route.to !== entry.to) throw new Error(`entry ${entry.entryId} goes astray`);
      const applied = applyEntry(after, entry);
      if (applied.kind === 'not-covered') return { kind: 'not-covered', fundId, leftFen: applied.leftFen };
      const overFen = leftOfBudget(after, entry);
      if (overFen !== undefined) return { kind: 'not-covered', fundId, leftFen: overFen };
      after = applied.fund;
    }
    const next = { ...after, version: before.version + 1 };
    const sealed = [storedFund(next), ...own.map(storedEntry)];
    const audit = auditWrites(aggregateName('fund', fundId), before.audit, own.map(factOf), sealed);
    writes.push(putFund({ ...next, audit: audit.head }, before.version), ...audit.writes);
  }
  return { kind: 'covered', writes };
}

/** What is left of the year's budget, where a reservation would pass it: two awards at once never share the same yuan of it. */
function leftOfBudget(fund: Fund, { kind, amountFen, budgetYear }: LedgerEntry): Fen | undefined {
  if (kind !== 'reserve' || budgetYear === undefined) return undefined;
  const left = budgetLeft(fund, budgetYear);
  if (left === undefined) return undefined;
  const leftFen = left === 'none' ? zeroFen : left;
  return amountFen > leftFen ? leftFen : undefined;
}

const factOf = (entry: LedgerEntry): AuditFact => ({
  event: `fund.${entry.kind}`,
  by: entry.by,
  at: entry.at,
  details: {
    entryId: entry.entryId,
    amountFen: entry.amountFen,
    ...(entry.caseId && { caseId: entry.caseId }),
    ...(entry.awardId && { awardId: entry.awardId }),
    ...(entry.payoutId && { payoutId: entry.payoutId }),
    ...(entry.proposalId && { proposalId: entry.proposalId }),
    ...(entry.reverses && { reverses: entry.reverses }),
    ...(entry.counterpart && { counterpart: `${entry.counterpart.fundId}/${entry.counterpart.entryId}` }),
    ...(entry.budgetYear && { budgetYear: entry.budgetYear }),
  },
});

const fundItem = (fund: Fund) => ({ treasury, fundId: fund.fundId, version: fund.version, body: fund });
const storedFund = (fund: Fund): StoredItem => ({ entity: 'fund', attributes: fundItem(fund) });

const putFund = (fund: Fund, versionRead: number): Write<'fund'> => ({
  guards: 'fund',
  of: (entities) =>
    entities.fund
      .put(fundItem(fund))
      .where(({ version }, { eq, notExists }) => (versionRead === 0 ? notExists(version) : eq(version, versionRead)))
      .commit(),
});

/** What a fund is, without its money. */
export type NewFund = Pick<Fund, 'fundId'> & FundTerms;

/** The writes that open a fund without money, or give one other terms, with the event of its chain. */
export function termsWrites(
  before: Fund | undefined,
  { fundId, ...given }: NewFund,
  fact: { readonly by: string; readonly at: Instant; readonly proposalId?: string },
): { readonly fund: Fund; readonly writes: Write<'fund' | 'audit'>[] } {
  const { proposalId, ...who } = fact;
  const terms = termsOf(given);
  const event: AuditFact = {
    ...who,
    event: before === undefined ? 'fund.opened' : 'fund.terms-changed',
    details: { terms: termsDigest(terms), ...(proposalId && { proposalId }) },
  };
  const money = before === undefined ? noMoney : moneyOf(before);
  const versionRead = before?.version ?? 0;
  const next: Fund = { fundId, ...terms, ...money, version: versionRead + 1, audit: before?.audit ?? noAudit };
  const audit = auditWrites(aggregateName('fund', fundId), next.audit, [event], [storedFund(next)]);
  const fund: Fund = { ...next, audit: audit.head };
  return { fund, writes: [putFund(fund, versionRead), ...audit.writes] };
}

const noMoney = { fundedFen: zeroFen, availableFen: zeroFen, reservedFen: zeroFen, paidFen: zeroFen, awarded: [] };
const moneyOf = ({ fundedFen, availableFen, reservedFen, paidFen, awarded, told }: Fund) => ({
  fundedFen,
  availableFen,
  reservedFen,
  paidFen,
  awarded,
  ...(told === undefined ? {} : { told }),
});

/** Marks that a fund's end has been told of, with the mails that tell it; false if the fund has changed since it was read. */
export async function markTold(
  store: Store,
  fund: Fund,
  { what, at, outbox }: { readonly what: FundTelling; readonly at: Instant; readonly outbox: readonly OutboxItem[] },
): Promise<boolean> {
  const { until } = fund.validity;
  if (until === undefined) throw new Error(`fund ${fund.fundId} has no end to tell of`);
  const next: Fund = { ...fund, told: [...(fund.told ?? []), { what, until }], version: fund.version + 1 };
  const event: AuditFact = { event: `fund.${what}-told`, by: 'system:schedule', at, details: { until } };
  const audit = auditWrites(aggregateName('fund', fund.fundId), fund.audit, [event], [storedFund(next)]);
  const writes = [putFund({ ...next, audit: audit.head }, fund.version), ...audit.writes, ...outbox.map(outboxWrite)];
  return (await transact(store, writes)).kind === 'done';
}

/** Opens a fund without money, with its audit event: for the seed. In use a fund is proposed, and opened by a second person. */
export async function openFund(
  store: Store,
  fund: NewFund,
  fact: { readonly by: string; readonly at: Instant },
): Promise<{ readonly kind: 'saved'; readonly fund: Fund } | { readonly kind: 'exists' }> {
  const { fund: opened, writes } = termsWrites(undefined, fund, fact);
  const outcome = await transact(store, writes);
  return outcome.kind === 'done' ? { kind: 'saved', fund: opened } : { kind: 'exists' };
}
