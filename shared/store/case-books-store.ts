import type { Batch } from '../disbursement/batch.ts';
import { plainBankReference } from '../disbursement/payout.ts';
import type { LedgerEntry } from '../funds/fund.ts';
import { aggregateName } from '../kernel/audit.ts';
import { type CaseId, caseIdSchema, householdIdSchema } from '../kernel/ids.ts';
import type { CaseBook, PayoutOutline, RecoveryOutline } from '../proof/case-book.ts';
import { kept, type Kept, readEach, thingsOf } from './book-reading.ts';
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
import { auditTrail } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { getProgrammeVersion } from './programme-store.ts';

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
