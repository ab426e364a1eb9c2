import { applyEntry, type Fund, fundSchema, type LedgerEntry, routeOfEntry } from '../funds/fund.ts';
import { type AuditFact, aggregateName, noAudit } from '../kernel/audit.ts';
import type { FundId } from '../kernel/ids.ts';
import { type Fen, zeroFen } from '../kernel/money.ts';
import type { Instant } from '../kernel/time.ts';
import { auditWrites, ledgerWrite, storedEntry } from './journal-store.ts';
import type { Store } from './open-store.ts';
import type { StoredItem } from './seals.ts';
import { transact, type Write } from './transact.ts';

const treasury = 'funds';

/** All funds, by id. */
export async function listFunds(store: Store): Promise<Fund[]> {
  const { data } = await store.entities.fund.query.own({ treasury }).go({ pages: 'all', consistent: true });
  return data.map(({ body }) => fundSchema.parse(body));
}

export async function getFund(store: Store, fundId: FundId): Promise<Fund | undefined> {
  const { data } = await store.entities.fund.get({ treasury, fundId }).go({ consistent: true });
  return data === null ? undefined : fundSchema.parse(data.body);
}

export type FundWrites =
  | { readonly kind: 'covered'; readonly writes: Write<'fund' | 'audit' | 'ledger'>[] }
  | { readonly kind: 'not-covered'; readonly fundId: FundId; readonly leftFen: Fen };

/**
 * The writes that put entries into the ledger and their funds' balances after them, each fund conditional on its version as
 * read and its chain extended by one event an entry.
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
      after = applied.fund;
    }
    const next = { ...after, version: before.version + 1 };
    const sealed = [storedFund(next), ...own.map(storedEntry)];
    const audit = auditWrites(aggregateName('fund', fundId), before.audit, own.map(factOf), sealed);
    writes.push(putFund({ ...next, audit: audit.head }, before.version), ...audit.writes);
  }
  return { kind: 'covered', writes };
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

export type NewFund = Pick<Fund, 'fundId' | 'names' | 'source' | 'programmes'>;

/** Opens a fund without money, with its audit event. */
export async function openFund(
  store: Store,
  fund: NewFund,
  fact: { readonly by: string; readonly at: Instant },
): Promise<{ readonly kind: 'saved'; readonly fund: Fund } | { readonly kind: 'exists' }> {
  const details = { source: fund.source, programmes: fund.programmes.join(' ') };
  const empty = { fundedFen: zeroFen, availableFen: zeroFen, reservedFen: zeroFen, paidFen: zeroFen };
  const first: Fund = { ...fund, ...empty, version: 1, audit: noAudit };
  const facts = [{ ...fact, event: 'fund.opened', details }];
  const audit = auditWrites(aggregateName('fund', fund.fundId), noAudit, facts, [storedFund(first)]);
  const opened: Fund = { ...first, audit: audit.head };
  const outcome = await transact(store, [putFund(opened, 0), ...audit.writes]);
  return outcome.kind === 'done' ? { kind: 'saved', fund: opened } : { kind: 'exists' };
}

/** Money paid into a fund: a ledger entry, the balance and the audit event in one write. Tried again while others use the fund. */
export async function receiveIntoFund(
  store: Store,
  receipt: {
    readonly fundId: FundId;
    readonly entryId: string;
    readonly amountFen: Fen;
    readonly by: string;
    readonly at: Instant;
  },
): Promise<{ readonly kind: 'saved' } | { readonly kind: 'unknown-fund' | 'stale' }> {
  const entry: LedgerEntry = { ...receipt, kind: 'receipt', from: 'outside', to: 'available' };
  for (let attempt = 0; attempt < 8; attempt += 1) {
    const fund = await getFund(store, receipt.fundId);
    if (fund === undefined) return { kind: 'unknown-fund' };
    const worked = fundWrites([fund], [entry]);
    if (worked.kind === 'not-covered') throw new Error('a receipt takes from outside');
    const outcome = await transact(store, worked.writes);
    if (outcome.kind === 'done') return { kind: 'saved' };
    if (outcome.guards.includes('ledger')) return { kind: 'saved' };
    await store.pause(Math.random() * 50 * 2 ** attempt);
  }
  return { kind: 'stale' };
}
