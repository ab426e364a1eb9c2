import { type Batch, batchSchema, batchStatuses } from '../disbursement/batch.ts';
import { plainBankReference } from '../disbursement/payout.ts';
import { type Fund, fundSchema, type LedgerEntry, ledgerEntrySchema } from '../funds/fund.ts';
import { type AuditEvent, aggregateName } from '../kernel/audit.ts';
import { type CaseId, caseIdSchema, householdIdSchema } from '../kernel/ids.ts';
import type { CaseBook, PayoutOutline } from '../proof/case-book.ts';
import { type Fault, fault } from '../proof/fault.ts';
import { loadTally } from './case-counters-store.ts';
import { openAward, openPayoutOutline, openRequest, openVoteOutline } from './case-part-sealing.ts';
import { openCaseOutline } from './case-sealing.ts';
import { auditTrail } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { getProgrammeVersion } from './programme-store.ts';
import { type Read, readStored } from './stored-items.ts';

/** Something that keeps accounts, with its chain and the digests of what lies there now. */
export type Kept<Thing> = {
  readonly thing: Thing;
  readonly chain: readonly AuditEvent[];
  readonly stored: ReadonlyMap<string, string>;
  /** What lies where it should not. */
  readonly misplaced: readonly Fault[];
};

const withKeys = { pages: 'all', consistent: true, data: 'includeKeys' } as const;

const kept = <Thing>(thing: Thing, chain: readonly AuditEvent[], reads: readonly Read[]): Kept<Thing> => ({
  thing,
  chain,
  stored: new Map(reads.map(({ name, digest }) => [name, digest])),
  misplaced: reads.filter(({ isMisplaced }) => isMisplaced).map(({ name }) => fault(name, 'misplaced')),
});

/** Every fund with its ledger. */
export async function readFundBooks(store: Store): Promise<Kept<{ fund: Fund; entries: LedgerEntry[] }>[]> {
  const { fund: funds, ledgerEntry } = store.entities;
  const { data } = await funds.query.own({ treasury: 'funds' }).go(withKeys);
  return Promise.all(
    data.map(async (item) => {
      const fund = fundSchema.parse(item.body);
      const { data: entries } = await ledgerEntry.query.own({ fundId: fund.fundId }).go(withKeys);
      const reads = [
        readStored('fund', item, funds.put(item).params()),
        ...entries.map((each) => readStored('ledger-entry', each, ledgerEntry.put(each).params())),
      ];
      const chain = await auditTrail(store, aggregateName('fund', fund.fundId));
      return kept({ fund, entries: entries.map(({ body }) => ledgerEntrySchema.parse(body)) }, chain, reads);
    }),
  );
}

/** Every batch. */
export async function readBatchBooks(store: Store): Promise<Kept<Batch>[]> {
  const { batch: batches } = store.entities;
  const pages = await Promise.all(
    batchStatuses.map((batchStatus) => batches.query.byStatus({ batchStatus }).go({ pages: 'all' })),
  );
  const ids = pages.flatMap(({ data }) => data.map(({ batchId }) => batchId));
  const read = await Promise.all(
    [...new Set(ids)].map(async (batchId) => {
      const { data } = await batches.get({ batchId }).go({ consistent: true, data: 'includeKeys' });
      if (data === null) return [];
      const chain = await auditTrail(store, aggregateName('batch', batchId));
      return [kept(batchSchema.parse(data.body), chain, [readStored('batch', data, batches.put(data).params())])];
    }),
  );
  return read.flat();
}

/** The ids of all cases that are listed, or that somebody's books speak of. */
export async function caseIdsInBooks(store: Store, spokenOf: Iterable<string>): Promise<CaseId[]> {
  const ids = new Set(spokenOf);
  for (const list of ['open', 'closed']) {
    const { data } = await store.entities.theCase.query.listed({ list }).go({ pages: 'all', attributes: ['caseId'] });
    for (const { caseId } of data) ids.add(caseId);
  }
  return [...ids].sort().map((id) => caseIdSchema.parse(id));
}

export type CaseRead =
  | { readonly kind: 'read'; readonly book: Kept<CaseBook> }
  | { readonly kind: 'unreadable'; readonly fault: Fault };

/** One case with what its proof needs, read consistently; `entries` and `batches` as they were read before. */
export async function readCaseBook(
  store: Store,
  caseId: CaseId,
  { entries, batches }: { readonly entries: readonly LedgerEntry[]; readonly batches: ReadonlyMap<string, Batch> },
): Promise<CaseRead> {
  const { data } = await store.collections.caseFileWithKeys(caseId);
  const { entities } = store;
  const [found] = data.theCase;
  if (found === undefined) return { kind: 'unreadable', fault: fault(`case#${caseId}`, 'missing') };
  try {
    const outline = openCaseOutline(found.body);
    const programme = await getProgrammeVersion(store, outline.programmeId, outline.programmeVersion);
    if (programme === undefined) throw new Error(`no programme ${outline.programmeId} ${outline.programmeVersion}`);
    const payouts = data.payout.map(({ body }) => openPayoutOutline(body));
    const reads = [
      readStored('case', found, entities.theCase.put(found).params()),
      ...data.request.map((each) => readStored('request', each, entities.request.put(each).params())),
      ...data.vote.map((each) => readStored('vote', each, entities.vote.put(each).params())),
      ...data.award.map((each) => readStored('award', each, entities.award.put(each).params())),
      ...data.payout.map((each) => readStored('payout', each, entities.payout.put(each).params())),
      ...data.objection.map((each) => readStored('objection', each, entities.objection.put(each).params())),
      ...data.scheduledItem.map((each) =>
        readStored('scheduled-item', each, entities.scheduledItem.put(each).params()),
      ),
    ];
    const book: CaseBook = {
      case: outline,
      requests: data.request.map(({ body }) => openRequest(body)),
      votes: data.vote.map(({ body }) => openVoteOutline(body)),
      awards: data.award.map(({ body }) => openAward(body)),
      payouts,
      programme,
      entries,
      batches,
      referencesHeld: await referencesHeld(store, payouts),
      talliedFen: await talliedFen(store, outline),
    };
    const chain = await auditTrail(store, aggregateName('case', caseId));
    return { kind: 'read', book: kept(book, chain, reads) };
  } catch (error) {
    const detail = error instanceof Error ? error.message.slice(0, 200) : '';
    return { kind: 'unreadable', fault: fault(`case#${caseId}`, 'unreadable', { detail }) };
  }
}

/** The payouts whose reference is marked as theirs, by the keyed hash of its plain form. */
async function referencesHeld(store: Store, payouts: readonly PayoutOutline[]): Promise<Set<string>> {
  const held = await Promise.all(
    payouts.map(async ({ payoutId, bankReference }) => {
      if (bankReference === undefined) return [];
      const referenceHash = await store.keyRing.searchHash('bank-reference', plainBankReference(bankReference));
      const { data } = await store.entities.bankReference.get({ referenceHash }).go({ consistent: true });
      return data?.payoutId === payoutId ? [payoutId] : [];
    }),
  );
  return new Set(held.flat());
}

async function talliedFen(
  store: Store,
  { caseId, householdId, tallyKey }: Pick<CaseBook['case'], 'caseId' | 'householdId' | 'tallyKey'>,
): Promise<number> {
  if (tallyKey === undefined) return 0;
  const { parts } = await loadTally(store, householdIdSchema.parse(householdId), tallyKey);
  return parts.find((part) => part.caseId === caseId)?.amountFen ?? 0;
}
