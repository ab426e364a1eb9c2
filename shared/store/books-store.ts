import * as z from 'zod';
import { type Batch, batchSchema, batchStatuses } from '../disbursement/batch.ts';
import { plainBankReference } from '../disbursement/payout.ts';
import { type Fund, fundSchema, type LedgerEntry, ledgerEntrySchema } from '../funds/fund.ts';
import { type AggregateKind, type AuditEvent, aggregateName } from '../kernel/audit.ts';
import { type CaseId, caseIdSchema, householdIdSchema } from '../kernel/ids.ts';
import type { CaseBook, PayoutOutline, RecoveryOutline } from '../proof/case-book.ts';
import { type Fault, fault } from '../proof/fault.ts';
import { loadTally } from './case-counters-store.ts';
import {
  openAward,
  openObjectionOutline,
  openPayoutOutline,
  openRecoveryOutline,
  openRequest,
  openVoteOutline,
} from './case-part-sealing.ts';
import { openCaseState, openSettled } from './case-sealing.ts';
import type { BankResult } from '../disbursement/bank-result/bank-result.ts';
import { openResultOutline, resultList } from './bank-result-store.ts';
import { auditTrail } from './journal-store.ts';
import { type Proposal, proposalSchema } from '../funds/proposal.ts';
import { digestOfProposal } from './treasury-store.ts';
import type { Store } from './open-store.ts';
import { getProgrammeVersion, type StoredProgramme, storedProgrammeSchema } from './programme-store.ts';
import { digestOfStaff } from './staff-store.ts';
import { type StaffMember, staffMemberSchema } from '../register/staff.ts';
import type { SealedEntity } from './seals.ts';
import { type Read, readStored } from './stored-items.ts';

/** Something that keeps accounts, with its chain and the digests of what lies there now. */
export type Kept<Thing> = {
  /** Undefined if it cannot be read: then `faults` say so. */
  readonly thing: Thing | undefined;
  readonly chain: readonly AuditEvent[];
  readonly stored: ReadonlyMap<string, string>;
  /** What cannot be read, or lies where it should not. */
  readonly faults: readonly Fault[];
};

const withKeys = { pages: 'all', consistent: true, data: 'includeKeys' } as const;

type Each<Thing> = { readonly read: Read; readonly thing: Thing | undefined };

/** Reads items one by one, so that one which cannot be read hides none of the others. One without a body is opened whole. */
const readEach = <Item extends { readonly body?: unknown } | { readonly state: unknown }, Thing>(
  kind: SealedEntity,
  items: readonly Item[],
  entity: { readonly put: (item: Item) => { readonly params: () => object } },
  open: (body: unknown) => Thing,
): Each<Thing>[] =>
  items.map((item) => {
    const read = readStored(kind, item, entity.put(item).params());
    try {
      return { read, thing: open('body' in item ? item.body : item) };
    } catch {
      return { read, thing: undefined };
    }
  });

const thingsOf = <Thing>(each: readonly Each<Thing>[]): Thing[] =>
  each.flatMap(({ thing }) => (thing === undefined ? [] : [thing]));

const kept = <Thing>(
  thing: Thing | undefined,
  chain: readonly AuditEvent[],
  each: readonly Each<unknown>[],
): Kept<Thing> => ({
  thing,
  chain,
  stored: new Map(each.map(({ read }) => [read.name, read.digest])),
  faults: each.flatMap(({ read: { name, isMisplaced }, thing: opened }) => [
    ...(isMisplaced ? [fault(name, 'misplaced')] : []),
    ...(opened === undefined ? [fault(name, 'unreadable')] : []),
  ]),
});

/** Of what a chain tells, and which lies nowhere any more: all that was put with it is missing. */
const gone = <Thing>(store: Store, kind: AggregateKind, ids: readonly string[], found: readonly string[]) =>
  Promise.all(
    ids
      .filter((id) => !found.includes(id))
      .map(async (id) => [id, kept<Thing>(undefined, await auditTrail(store, aggregateName(kind, id)), [])] as const),
  );

/** Every proposal for a fund, by its id; those too of which only the chain is left. */
export async function readProposalBooks(
  store: Store,
  inJournal: readonly string[],
): Promise<(readonly [string, Kept<Proposal>])[]> {
  const { proposal: proposals } = store.entities;
  const { data } = await proposals.query.own({ treasury: 'funds' }).go(withKeys);
  const lost = await gone<Proposal>(
    store,
    'proposal',
    inJournal,
    data.map(({ proposalId }) => proposalId),
  );
  const books = await Promise.all(
    data.map(async (item) => {
      const [own] = readEach('proposal', [item], proposals, (body) => proposalSchema.parse(body));
      if (own === undefined) throw new Error('an item was read and is not there');
      const chain = await auditTrail(store, aggregateName('proposal', item.proposalId));
      const digest = own.thing === undefined ? '' : await digestOfProposal(store, own.thing);
      return [item.proposalId, kept(own.thing, chain, [{ ...own, read: { ...own.read, digest } }])] as const;
    }),
  );
  return [...books, ...lost];
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
): Promise<(readonly [string, Kept<readonly StoredProgramme[]>])[]> {
  const { programme } = store.entities;
  const { data } = await programme.query.own({ catalogue: 'programmes' }).go(withKeys);
  const byProgramme = Map.groupBy(data, ({ programmeId }) => programmeId);
  return Promise.all(
    [...new Set([...inJournal, ...byProgramme.keys()])].map(async (id) => {
      const items = byProgramme.get(id) ?? [];
      const own = readEach('programme', items, programme, (body) => storedProgrammeSchema.parse(body));
      return [id, kept(thingsOf(own), await auditTrail(store, aggregateName('programme', id)), own)] as const;
    }),
  );
}

/** Every member of the staff, by their id; those too of whom only the chain is left. */
export async function readStaffBooks(
  store: Store,
  inJournal: readonly string[],
): Promise<(readonly [string, Kept<StaffMember>])[]> {
  const { staff } = store.entities;
  const { data } = await staff.query.own({ directory: 'staff' }).go(withKeys);
  const lost = await gone<StaffMember>(
    store,
    'staff',
    inJournal,
    data.map(({ personId }) => personId),
  );
  const books = await Promise.all(
    data.map(async (item) => {
      const [own] = readEach('staff', [item], staff, (body) => staffMemberSchema.parse(body));
      if (own === undefined) throw new Error('an item was read and is not there');
      const chain = await auditTrail(store, aggregateName('staff', item.personId));
      const digest = own.thing === undefined ? '' : await digestOfStaff(store, own.thing);
      return [item.personId, kept(own.thing, chain, [{ ...own, read: { ...own.read, digest } }])] as const;
    }),
  );
  return [...books, ...lost];
}

export type FundBook = { readonly fund: Fund; readonly entries: readonly LedgerEntry[] };

/** Every fund with its ledger, by its id; those too of which only the chain is left. */
export async function readFundBooks(
  store: Store,
  inJournal: readonly string[],
): Promise<(readonly [string, Kept<FundBook>])[]> {
  const { fund: funds, ledgerEntry } = store.entities;
  const { data } = await funds.query.own({ treasury: 'funds' }).go(withKeys);
  const lost = await gone<FundBook>(
    store,
    'fund',
    inJournal,
    data.map(({ fundId }) => fundId),
  );
  const books = await Promise.all(
    data.map(async (item) => {
      const { fundId } = item;
      const own = readEach('fund', [item], funds, (body) => fundSchema.parse(body));
      const { data: lines } = await ledgerEntry.query.own({ fundId }).go(withKeys);
      const entries = readEach('ledger-entry', lines, ledgerEntry, (body) => ledgerEntrySchema.parse(body));
      const [fund] = thingsOf(own);
      const chain = await auditTrail(store, aggregateName('fund', fundId));
      return [fundId, kept(fund && { fund, entries: thingsOf(entries) }, chain, [...own, ...entries])] as const;
    }),
  );
  return [...books, ...lost];
}

/** Every batch that is listed, or that has a chain, by its id. */
export async function readBatchBooks(
  store: Store,
  inJournal: readonly string[],
): Promise<(readonly [string, Kept<Batch>])[]> {
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
      return [batchId, kept(thingsOf(own)[0], await auditTrail(store, aggregateName('batch', batchId)), own)] as const;
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
export async function readResultBooks(
  store: Store,
  inJournal: readonly string[],
): Promise<(readonly [string, Kept<BankResult>])[]> {
  const { bankResult: results } = store.entities;
  const { data } = await results.query.listed({ results: resultList }).go({ pages: 'all', data: 'includeKeys' });
  return Promise.all(
    [...new Set([...inJournal, ...data.map(resultIdInKey)])].map(async (resultId) => {
      const { data: item } = await results.get({ resultId }).go({ consistent: true, data: 'includeKeys' });
      const own = readEach('bank-result', item === null ? [] : [item], results, openResultOutline);
      const chain = await auditTrail(store, aggregateName('bank-result', resultId));
      return [resultId, kept(thingsOf(own)[0], chain, own)] as const;
    }),
  );
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

/** One case with what its proof needs, read consistently; `entries` and `batches` as they were read before. */
export async function readCaseBook(
  store: Store,
  caseId: CaseId,
  { entries, batches }: { readonly entries: readonly LedgerEntry[]; readonly batches: ReadonlyMap<string, Batch> },
): Promise<Kept<CaseBook>> {
  const { data } = await store.collections.caseFileWithKeys(caseId);
  const { theCase, application, request, vote, award, payout, objection, scheduledItem, recovery } = store.entities;
  const own = readEach('case', data.theCase, theCase, openCaseState);
  const applications = readEach('application', data.application, application, openSettled);
  const requests = readEach('request', data.request, request, openRequest);
  const votes = readEach('vote', data.vote, vote, openVoteOutline);
  const awards = readEach('award', data.award, award, openAward);
  const payouts = readEach('payout', data.payout, payout, openPayoutOutline);
  const objections = readEach('objection', data.objection, objection, openObjectionOutline);
  const scheduled = readEach('scheduled-item', data.scheduledItem, scheduledItem, () => true);
  const recoveries = readEach('recovery', data.recovery, recovery, openRecoveryOutline);
  const all = [
    ...own,
    ...applications,
    ...requests,
    ...votes,
    ...awards,
    ...payouts,
    ...objections,
    ...scheduled,
    ...recoveries,
  ];
  const chain = await auditTrail(store, aggregateName('case', caseId));
  const [state] = thingsOf(own);
  const [settled] = thingsOf(applications);
  const outline = state && settled && { ...state, ...settled };
  // A version that cannot be read is named among the programmes.
  const programme =
    outline && (await getProgrammeVersion(store, outline.programmeId, outline.programmeVersion).catch(() => undefined));
  if (outline === undefined || programme === undefined) return kept<CaseBook>(undefined, chain, all);
  const book: CaseBook = {
    case: outline,
    requests: thingsOf(requests),
    votes: thingsOf(votes),
    awards: thingsOf(awards),
    payouts: thingsOf(payouts),
    recoveries: thingsOf(recoveries),
    objections: thingsOf(objections),
    programme,
    entries,
    batches,
    referencesHeld: await referencesHeld(store, thingsOf(payouts), thingsOf(recoveries)),
    talliedFen: await talliedFen(store, outline),
  };
  return kept(book, chain, all);
}

/** The payouts and repayments whose reference is marked as theirs, by the keyed hash of its plain form. */
async function referencesHeld(
  store: Store,
  payouts: readonly PayoutOutline[],
  recoveries: readonly RecoveryOutline[],
): Promise<Set<string>> {
  const carriers = [
    ...payouts.map(({ payoutId, bankReference }) => ({ id: payoutId, bankReference })),
    ...recoveries
      .flatMap(({ repayments }) => repayments)
      .map(({ repaymentId, bankReference }) => ({ id: repaymentId, bankReference })),
  ];
  const held = await Promise.all(
    carriers.map(async ({ id, bankReference }) => {
      if (bankReference === undefined) return [];
      const referenceHash = await store.keyRing.searchHash('bank-reference', plainBankReference(bankReference));
      const { data } = await store.entities.bankReference.get({ referenceHash }).go({ consistent: true });
      return data?.payoutId === id ? [id] : [];
    }),
  );
  return new Set<string>(held.flat());
}

async function talliedFen(
  store: Store,
  { caseId, householdId, tallyKey }: Pick<CaseBook['case'], 'caseId' | 'householdId' | 'tallyKey'>,
): Promise<number> {
  if (tallyKey === undefined) return 0;
  const { parts } = await loadTally(store, householdIdSchema.parse(householdId), tallyKey);
  return parts.find((part) => part.caseId === caseId)?.amountFen ?? 0;
}
