import * as z from 'zod';
import type { BankResult } from '../disbursement/bank-result/bank-result.ts';
import { type Batch, batchSchema, batchStatuses } from '../disbursement/batch.ts';
import { type Fund, fundSchema, type LedgerEntry, ledgerEntrySchema } from '../funds/fund.ts';
import { type Proposal, proposalSchema } from '../funds/proposal.ts';
import { type AggregateKind, aggregateName } from '../kernel/audit.ts';
import { type StaffMember, staffMemberSchema } from '../register/staff.ts';
import { openResultOutline, resultList } from './bank-result-store.ts';
import { type Book, bookOf, listedBooks, readEach, thingsOf, withDigest, withKeys } from './book-reading.ts';
import type { Store } from './open-store.ts';
import { type StoredProgramme, storedProgrammeSchema } from './programme-store.ts';
import { digestOfStaff } from './staff-store.ts';
import { digestOfProposal } from './treasury-store.ts';

/** Every proposal for a fund, by its id; those too of which only the chain is left. */
export async function readProposalBooks(store: Store, inJournal: readonly string[]): Promise<Book<Proposal>[]> {
  const { proposal: proposals } = store.entities;
  const { data } = await proposals.query.own({ treasury: 'funds' }).go(withKeys);
  return listedBooks(
    store,
    { kind: 'proposal', inJournal, items: data, idOf: ({ proposalId }) => proposalId },
    (item) =>
      withDigest(
        readEach('proposal', [item], proposals, (body) => proposalSchema.parse(body)),
        (proposal) => digestOfProposal(store, proposal),
      ),
  );
}

/**
 * The ids of everything that the journal tells of, by its kind: what has a chain was there once, whatever lists it now. Reads the whole
 * journal, for the proof alone.
 */
export async function idsInJournal(store: Store): Promise<(kind: AggregateKind) => string[]> {
  const { data } = await store.entities.auditEvent.scan.go({
    ...{ pages: 'all', consistent: true, attributes: ['aggregate'] },
  });
  const names = [...new Set(data.map(({ aggregate }) => aggregate))].sort();
  return (kind) => {
    const prefix = aggregateName(kind, '');
    return names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
  };
}

/** The versions of each programme, by its id. */
export async function readProgrammeBooks(
  store: Store,
  inJournal: readonly string[],
): Promise<Book<readonly StoredProgramme[]>[]> {
  const { programme } = store.entities;
  const { data } = await programme.query.own({ catalogue: 'programmes' }).go(withKeys);
  const byProgramme = Map.groupBy(data, ({ programmeId }) => programmeId);
  return Promise.all(
    [...new Set([...inJournal, ...byProgramme.keys()])].map(async (id) => {
      const items = byProgramme.get(id) ?? [];
      const own = readEach('programme', items, programme, (body) => storedProgrammeSchema.parse(body));
      return bookOf(store, { kind: 'programme', id }, thingsOf(own), own);
    }),
  );
}

/** Every member of the staff, by their id; those too of whom only the chain is left. */
export async function readStaffBooks(store: Store, inJournal: readonly string[]): Promise<Book<StaffMember>[]> {
  const { staff } = store.entities;
  const { data } = await staff.query.own({ directory: 'staff' }).go(withKeys);
  return listedBooks(store, { kind: 'staff', inJournal, items: data, idOf: ({ personId }) => personId }, (item) =>
    withDigest(
      readEach('staff', [item], staff, (body) => staffMemberSchema.parse(body)),
      (member) => digestOfStaff(store, member),
    ),
  );
}

export type FundBook = { readonly fund: Fund; readonly entries: readonly LedgerEntry[] };

/** Every fund with its ledger, by its id; those too of which only the chain is left. */
export async function readFundBooks(store: Store, inJournal: readonly string[]): Promise<Book<FundBook>[]> {
  const { fund: funds, ledgerEntry } = store.entities;
  const { data } = await funds.query.own({ treasury: 'funds' }).go(withKeys);
  return listedBooks(store, { kind: 'fund', inJournal, items: data, idOf: ({ fundId }) => fundId }, async (item) => {
    const own = readEach('fund', [item], funds, (body) => fundSchema.parse(body));
    const { data: lines } = await ledgerEntry.query.own({ fundId: item.fundId }).go(withKeys);
    const entries = readEach('ledger-entry', lines, ledgerEntry, (body) => ledgerEntrySchema.parse(body));
    const [fund] = thingsOf(own);
    return { thing: fund && { fund, entries: thingsOf(entries) }, each: [...own, ...entries] };
  });
}

/** Every batch that is listed, or that has a chain, by its id. */
export async function readBatchBooks(store: Store, inJournal: readonly string[]): Promise<Book<Batch>[]> {
  const { batch: batches } = store.entities;
  const pages = await Promise.all(
    batchStatuses.map((batchStatus) => batches.query.byStatus({ batchStatus }).go({ pages: 'all' })),
  );
  const ids = [...inJournal, ...pages.flatMap(({ data }) => data.map(({ batchId }) => batchId))];
  return Promise.all(
    [...new Set(ids)].map(async (batchId) => {
      const { data } = await batches.get({ batchId }).go({ consistent: true, data: 'includeKeys' });
      const found = data === null ? [] : [data];
      const own = readEach('batch', found, batches, (body) => batchSchema.parse(body));
      return bookOf(store, { kind: 'batch', id: batchId }, thingsOf(own)[0], own);
    }),
  );
}

/** By its key: what an item says of its own id may be what was altered. */
const resultIdInKey = (item: object): string =>
  z
    .object({ pk: z.string() })
    .parse(item)
    .pk.replace(/^.*#resultId_/, '');

/** Every bank's result that is listed, or that has a chain, by its id. */
export async function readResultBooks(store: Store, inJournal: readonly string[]): Promise<Book<BankResult>[]> {
  const { bankResult: results } = store.entities;
  const { data } = await results.query.listed({ results: resultList }).go({ pages: 'all', data: 'includeKeys' });
  return Promise.all(
    [...new Set([...inJournal, ...data.map(resultIdInKey)])].map(async (resultId) => {
      const { data: item } = await results.get({ resultId }).go({ consistent: true, data: 'includeKeys' });
      const own = readEach('bank-result', item === null ? [] : [item], results, openResultOutline);
      return bookOf(store, { kind: 'bank-result', id: resultId }, thingsOf(own)[0], own);
    }),
  );
}
