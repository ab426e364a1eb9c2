import type { CaseFile, Changes, Refusal } from '../cases/case-file.ts';
import type { Batch } from '../disbursement/batch.ts';
import type { Fund, LedgerEntry } from '../funds/fund.ts';
import { termsDigest } from '../funds/fund-terms.ts';
import { type AuditFact, aggregateName, noAudit } from '../kernel/audit.ts';
import { batchWrites, entryWrites } from './batch-store.ts';
import { loadTally, sumOfParts } from './case-counters-store.ts';
import {
  bankReferenceWrites,
  applicationParts,
  caseItems,
  caseWrites,
  claimWrites,
  messageWrites,
  partWrites,
  postingWrites,
  referencesFreed,
  taskWrites,
  withHead,
} from './case-writes.ts';
import { fundWrites, listFunds } from './fund-store.ts';
import { auditWrites } from './journal-store.ts';
import type { Store } from './open-store.ts';
import { payeeAccountWrites } from './payee-account-store.ts';
import { scheduledWrites } from './scheduled-store.ts';
import { StoreBusyError, transact, type Transacted, type Write } from './transact.ts';

export type Saved =
  | { readonly kind: 'saved'; readonly file: CaseFile }
  /** Somebody else changed the case, the household's tally or the funds: load again and decide again. */
  | { readonly kind: 'stale' }
  /** A case of that id or number is there already: the form was submitted twice. */
  | { readonly kind: 'exists' }
  | Refusal;

/** A fund is shared by many cases: how often a change is worked out anew when only balances have moved. */
const mostFundAttempts = 12;

type Guard = 'case' | 'claim' | 'bank-reference' | 'batch' | 'tally' | 'fund' | 'audit' | 'ledger' | 'none';

/**
 * Writes what a command decided, all or nothing, if the case is still as it was read (`undefined`: does not exist yet).
 * Version and audit head of the case are set here, whatever `changes.case` says. If only a fund's balance has moved and it
 * still covers the entries, the write is worked out anew; if it does not, the answer is `stale`, for other funds may.
 * @throws StoreBusyError when conflicts with other transactions do not end
 */
export async function saveChanges(
  store: Store,
  file: CaseFile | undefined,
  changes: Changes,
  around: { readonly funds: readonly Fund[] },
): Promise<Saved> {
  const versionRead = file?.case.version ?? 0;
  const aggregate = aggregateName('case', changes.case.caseId);
  const before = file && (await caseItems(store, file.case));
  const after = await caseItems(store, { ...changes.case, version: versionRead + 1 });
  const parts = [
    ...applicationParts(before, after),
    ...(await partWrites(store, changes)),
    ...(await scheduledWrites(store, changes)),
  ];
  const sealed = [{ entity: 'case', attributes: after.item } as const, ...parts];
  const audit = auditWrites(aggregate, file?.case.audit ?? noAudit, changes.facts, sealed);
  const theCase = { ...changes.case, version: versionRead + 1, audit: audit.head };
  const tally = await tallyWrites(store, changes);
  if (tally === 'cap-passed') return { kind: 'refused', code: 'cap-passed' };
  const steady: Write<Guard>[] = [
    ...caseWrites(withHead(after.item, audit.head), theCase.caseNumber, versionRead),
    ...audit.writes,
    ...(await claimWrites(store, changes)),
    ...(await bankReferenceWrites(store, changes)),
    ...(await referencesFreed(store, changes)),
    ...(await payeeAccountWrites(store, changes)),
    ...entryWrites(changes.entersBatch),
    ...(changes.batches ?? []).flatMap((batch) => batchWrites(batch, factsOfBatch(changes, batch))),
    ...tally,
    ...parts,
    ...postingWrites(file?.case, theCase),
    ...taskWrites(file, changes),
    ...(await messageWrites(store, changes)),
  ];
  let { funds } = around;
  for (let attempt = 0; attempt < mostFundAttempts; attempt += 1) {
    const money = fundWrites(funds, changes.entries ?? []);
    if (money.kind === 'not-covered') {
      if (attempt > 0) return { kind: 'stale' };
      return { kind: 'refused', code: 'funds-short', params: { fundId: money.fundId, leftFen: money.leftFen } };
    }
    // The chain of a fund moves with its version, so a lost race fails both conditions.
    const fundLast = money.writes.map((write) => ({ ...write, guards: 'fund' as const }));
    const outcome = await transactWithFunds(store, [...steady, ...fundLast], attempt === mostFundAttempts - 1);
    if (outcome.kind === 'done') return { kind: 'saved', file: fileAfter(file, { ...changes, case: theCase }) };
    const { guards } = outcome;
    if (guards.includes('case') || guards.includes('audit')) return { kind: file === undefined ? 'exists' : 'stale' };
    if (guards.includes('bank-reference')) return { kind: 'refused', code: 'bank-reference-used' };
    if (guards.includes('claim')) return { kind: 'refused', code: 'claim-taken' };
    if (!guards.includes('fund') || guards.includes('tally') || guards.includes('batch')) return { kind: 'stale' };
    await store.pause(Math.random() * Math.min(400, 10 * 2 ** attempt));
    funds = await listFunds(store);
    if (haveOtherTerms(around.funds, funds, changes.entries ?? [])) return { kind: 'stale' };
  }
  return { kind: 'stale' };
}

/**
 * Where many draw on one fund at the same moment the database refuses all but one of them as conflicts, again and again. Each of those
 * that went through has moved the fund: it is read anew, as after a failed condition.
 */
async function transactWithFunds(
  store: Store,
  writes: readonly Write<Guard>[],
  isLast: boolean,
): Promise<Transacted<Guard>> {
  try {
    return await transact(store, writes);
  } catch (error) {
    const hasFund = writes.some(({ guards }) => guards === 'fund');
    if (isLast || !hasFund || !(error instanceof StoreBusyError)) throw error;
    return { kind: 'failed', guards: ['fund'] };
  }
}

/** Whether a fund that money is reserved in may by now pay for something else: then the rules are asked again. */
const haveOtherTerms = (before: readonly Fund[], now: readonly Fund[], entries: readonly LedgerEntry[]): boolean =>
  entries.some(({ kind, fundId }) => {
    const digestIn = (funds: readonly Fund[]) => funds.filter((fund) => fund.fundId === fundId).map(termsDigest)[0];
    return kind === 'reserve' && digestIn(before) !== digestIn(now);
  });

/** What a batch's own chain says of a payment that has left it: it seals the header anew. */
const batchEvents: Readonly<Partial<Record<AuditFact['event'], AuditFact['event']>>> = {
  'payout-left-batch': 'batch.left',
};

const factsOfBatch = ({ facts }: Changes, { batchId }: Batch): AuditFact[] =>
  facts.flatMap((fact) => {
    const event = batchEvents[fact.event];
    return event !== undefined && fact.details['batchId'] === batchId ? [{ ...fact, event }] : [];
  });

/** The household's tally after the change, conditional on the version that was read; or that the cap would be passed. */
async function tallyWrites(store: Store, changes: Changes): Promise<Write<'tally'>[] | 'cap-passed'> {
  const { tally } = changes;
  if (tally === undefined) return [];
  const { householdId, capKey, amountFen, on, since } = tally;
  const { caseId } = changes.case;
  const before = await loadTally(store, householdId, capKey);
  const others = before.parts.filter((part) => part.caseId !== caseId);
  const parts = amountFen === 0 ? others : [...others, { caseId, amountFen, on }];
  if (amountFen > 0 && sumOfParts(parts, since) > tally.maxFen) return 'cap-passed';
  const item = { householdId, capKey, version: before.version + 1, body: parts };
  return [
    {
      guards: 'tally',
      of: (entities) =>
        entities.tally
          .put(item)
          .where(({ version }, { eq, notExists }) =>
            before.version === 0 ? notExists(version) : eq(version, before.version),
          )
          .commit(),
    },
  ];
}

/** The file as it lies in the store after the change. */
function fileAfter(file: CaseFile | undefined, changes: Changes): CaseFile {
  return {
    case: changes.case,
    requests: merged(file?.requests, changes.requests, ({ requestId }) => requestId),
    votes: merged(file?.votes, changes.votes, ({ requestId, personId }) => `${requestId}/${personId}`),
    awards: merged(file?.awards, changes.awards, ({ awardId }) => awardId),
    payouts: merged(file?.payouts, changes.payouts, ({ payoutId }) => payoutId),
    objections: merged(file?.objections, changes.objections, ({ objectionId }) => objectionId),
    scheduled: merged(file?.scheduled, changes.scheduled, ({ itemId }) => itemId),
    recoveries: merged(file?.recoveries, changes.recoveries, ({ recoveryId }) => recoveryId),
  };
}

const merged = <T>(before: readonly T[] = [], changed: readonly T[] = [], idOf: (thing: T) => string): T[] => [
  ...new Map([...before, ...changed].map((thing) => [idOf(thing), thing])).values(),
];
