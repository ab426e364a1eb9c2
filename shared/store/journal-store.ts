import { type AuditEvent, type AuditFact, auditEventSchema, type AuditHead, chainFacts } from '../kernel/audit.ts';
import type { CaseId, FundId } from '../kernel/ids.ts';
import { type LedgerEntry, ledgerEntrySchema } from '../funds/fund.ts';
import type { Store } from './open-store.ts';
import { sealsOf, type StoredItem } from './seals.ts';
import type { Write } from './transact.ts';

const numberOf = (sequence: number): string => String(sequence).padStart(10, '0');

/**
 * Chains facts to an aggregate's head and puts them into the journal, each once. A taken place in the chain fails the write. The last
 * event holds the digests of what is `put` with it.
 */
export function auditWrites(
  aggregate: string,
  head: AuditHead,
  facts: readonly AuditFact[],
  put: readonly StoredItem[] = [],
): { readonly head: AuditHead; readonly writes: Write<'audit'>[] } {
  const chained = chainFacts(aggregate, head, facts, sealsOf(put));
  return {
    head: chained.head,
    writes: chained.events.map((event) => ({
      guards: 'audit',
      of: ({ auditEvent }) => auditEvent.create({ aggregate, number: numberOf(event.sequence), body: event }).commit(),
    })),
  };
}

const ledgerItem = (entry: LedgerEntry) => {
  const { fundId, at, entryId, caseId } = entry;
  return { fundId, at, entryId, ...(caseId && { caseId }), body: entry };
};

/** An entry as it lies in the journal, for its fund's chain. */
export const storedEntry = (entry: LedgerEntry): StoredItem => ({
  entity: 'ledger-entry',
  attributes: ledgerItem(entry),
});

/** One ledger entry, put once. */
export const ledgerWrite = (entry: LedgerEntry): Write<'ledger'> => ({
  guards: 'ledger',
  of: ({ ledgerEntry }) => ledgerEntry.create(ledgerItem(entry)).commit(),
});

/** An aggregate's audit events in the order of its chain; `aggregate` is `case#<id>`, `fund#<id>`, … */
export async function auditTrail(store: Store, aggregate: string): Promise<AuditEvent[]> {
  const { data } = await store.entities.auditEvent.query.own({ aggregate }).go({ pages: 'all', consistent: true });
  return data.map(({ body }) => auditEventSchema.parse(body));
}

/** Where an aggregate's chain ends, for one that keeps no head of its own. */
export async function lastLink(store: Store, aggregate: string): Promise<AuditHead> {
  const { data } = await store.entities.auditEvent.query
    .own({ aggregate })
    .go({ limit: 1, order: 'desc', consistent: true });
  const [last] = data.map(({ body }) => auditEventSchema.parse(body));
  return last === undefined ? { sequence: 0, hash: '' } : { sequence: last.sequence, hash: last.hash };
}

/** A fund's ledger, oldest entry first. */
export async function ledgerOfFund(store: Store, fundId: FundId): Promise<LedgerEntry[]> {
  const { data } = await store.entities.ledgerEntry.query.own({ fundId }).go({ pages: 'all', consistent: true });
  return data.map(({ body }) => ledgerEntrySchema.parse(body));
}

/** The entries that name a case, over all funds, oldest first. Read from an index, so a moment late. */
export async function ledgerOfCase(store: Store, caseId: CaseId): Promise<LedgerEntry[]> {
  const { data } = await store.entities.ledgerEntry.query.ofCase({ caseId }).go({ pages: 'all' });
  return data.map(({ body }) => ledgerEntrySchema.parse(body));
}
