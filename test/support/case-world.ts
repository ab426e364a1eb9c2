import type { Around, CaseFile, Changes, Decided, LinkIssue, OutboxItem } from '../../shared/cases/case-file.ts';
import { awardSchema, decisionRequestSchema, voteSchema } from '../../shared/cases/decision-request.ts';
import { enteredBy } from '../../shared/cases/entered-by.ts';
import { recoverySchema } from '../../shared/cases/recovery.ts';
import { caseSchema } from '../../shared/cases/relief-case.ts';
import { scheduledItemSchema } from '../../shared/cases/scheduled-item.ts';
import { type Batch, batchSchema } from '../../shared/disbursement/batch.ts';
import { payoutSchema } from '../../shared/disbursement/payout.ts';
import { applyEntry, type Fund, type LedgerEntry } from '../../shared/funds/fund.ts';
import type { Proposal } from '../../shared/funds/proposal.ts';
import { capKey, capPeriodStart } from '../../shared/intake/judge-intake.ts';
import { type AuditEvent, aggregateName, chainFacts, noAudit } from '../../shared/kernel/audit.ts';
import type { PayoutId } from '../../shared/kernel/ids.ts';
import { type Fen, fen } from '../../shared/kernel/money.ts';
import { type Instant, type LocalDate, localDateOf } from '../../shared/kernel/time.ts';
import { objectionSchema } from '../../shared/notice/objection.ts';
import type { ProgrammeVersion } from '../../shared/programmes/programme-version.ts';
import type { Tie } from '../../shared/register/household.ts';
import type { StaffMember } from '../../shared/register/staff.ts';
import { monday, smallFunds, smallStaff } from './small-union.ts';

type TallyPart = { readonly caseId: string; readonly amountFen: Fen; readonly on: LocalDate };

/** A union in memory: it does with a command's changes what the store does, and keeps all that was ever sent. */
export type World = {
  now: Instant;
  staff: StaffMember[];
  funds: Fund[];
  /** Everything that was entered since the first day; what the funds held then has no entry. */
  readonly entries: LedgerEntry[];
  proposals: Proposal[];
  /** Programme versions by case. */
  readonly programmes: Map<string, ProgrammeVersion>;
  readonly files: Map<string, CaseFile>;
  readonly claims: Map<string, string>;
  /** Bank references by the payout that carries each. */
  readonly bankReferences: Map<string, string>;
  /** By their id, as their headers stand. */
  readonly batches: Map<string, Batch>;
  readonly tallies: Map<string, TallyPart[]>;
  readonly ties: Map<string, Tie>;
  readonly audit: Map<string, AuditEvent[]>;
  /** What waits in the outbox, by id; `sent` is every item that was ever put there. */
  readonly outbox: Map<string, OutboxItem>;
  readonly sent: OutboxItem[];
  readonly links: LinkIssue[];
  /** Every change that was saved, in order, for whoever writes the same into a real store. */
  readonly saved: Changes[];
  readonly newId: () => string;
  /** Set by a test: where the sample draws every case. */
  checkDraw?: number;
};

export function emptyWorld(budgets: { readonly [fundId: string]: number } = {}): World {
  let ids = 0;
  return {
    now: monday,
    staff: smallStaff(),
    funds: smallFunds(budgets),
    entries: [],
    proposals: [],
    programmes: new Map(),
    files: new Map(),
    claims: new Map(),
    bankReferences: new Map(),
    batches: new Map(),
    tallies: new Map(),
    ties: new Map(),
    audit: new Map(),
    outbox: new Map(),
    sent: [],
    links: [],
    saved: [],
    newId: () => `id-${++ids}`,
  };
}

export function fileIn(world: World, caseId: string): CaseFile {
  const file = world.files.get(caseId);
  if (file === undefined) throw new Error(`no case ${caseId}`);
  return file;
}

export function aroundIn(world: World, { case: theCase }: CaseFile): Around {
  const programme = world.programmes.get(theCase.caseId);
  if (programme === undefined) throw new Error(`no programme for ${theCase.caseId}`);
  const today = localDateOf(world.now);
  const key = capKey(programme, { householdId: theCase.householdId, incidentId: theCase.incidentId, today });
  const since = capPeriodStart(programme, today);
  const others = (world.tallies.get(key) ?? []).filter(({ caseId }) => caseId !== theCase.caseId);
  const { now, newId, staff, funds } = world;
  const batches = [...world.batches.values()];
  const entered = enteredBy(theCase).map((personId) => [personId, 'entered-it'] as const);
  const interests = new Map<string, Tie>([...entered, ...world.ties, [theCase.beneficiaryId, 'self']]);
  const draw = world.checkDraw === undefined ? {} : { checkDraw: world.checkDraw };
  return {
    ...draw,
    now,
    newId,
    programme,
    staff,
    interests,
    funds,
    batches,
    awardedFen: sumSince(others, since),
    capKey: key,
  };
}

const sumSince = (parts: readonly TallyPart[], since: LocalDate | undefined): Fen =>
  fen(parts.filter(({ on }) => since === undefined || on >= since).reduce((sum, part) => sum + part.amountFen, 0));

/** What became of a command: `done`, or why it was refused, by the rules or by a condition of the write. */
export type Told = 'done' | Extract<Decided, { kind: 'refused' }>['code'];

/** Those of a batch's members whose own records say that they are in it. */
export const payoutsIn = (files: Iterable<CaseFile>, { batchId, members }: Batch): Set<PayoutId> => {
  const entered = [...files].flatMap(({ payouts }) =>
    payouts
      .filter((payout) => payout.status === 'batched' && payout.batchId === batchId)
      .map(({ payoutId }) => payoutId),
  );
  return new Set(entered.filter((payoutId) => members.some((member) => member.payoutId === payoutId)));
};

/** Whether the case, or a batch that the change moves or enters, is no longer as it was read. */
export const isStale = (
  world: World,
  read: CaseFile | undefined,
  { case: { caseId }, batches = [], entersBatch }: Changes,
): boolean =>
  read !== world.files.get(caseId) ||
  (entersBatch !== undefined && world.batches.get(entersBatch)?.status !== 'making') ||
  batches.some(({ batchId, version }) => (world.batches.get(batchId)?.version ?? 0) !== version);

/**
 * Writes a change, all of it or nothing, as the store does. Every item must have the shape that the store keeps; the version,
 * the claims, the household's cap and the funds are conditions.
 */
export function save(world: World, read: CaseFile | undefined, changes: Changes): Told {
  const { caseId } = changes.case;
  if (isStale(world, read, changes)) throw new Error('somebody else was faster');
  if ((changes.takesClaims ?? []).some((key) => (world.claims.get(key) ?? caseId) !== caseId)) return 'claim-taken';
  const references = changes.takesBankReferences ?? [];
  const isUsed = ({ reference, payoutId }: (typeof references)[number]) =>
    (world.bankReferences.get(reference) ?? payoutId) !== payoutId;
  if (references.some(isUsed)) return 'bank-reference-used';
  const tally = tallyAfter(world, changes);
  if (tally === 'cap-passed') return tally;
  const funds = fundsAfter(world.funds, changes.entries ?? []);
  if (funds === undefined) return 'funds-short';

  const aggregate = aggregateName('case', caseId);
  const { events, head } = chainFacts(aggregate, read?.case.audit ?? noAudit, changes.facts);
  world.audit.set(caseId, [...(world.audit.get(caseId) ?? []), ...events]);
  const version = (read?.case.version ?? 0) + 1;
  const theCase = caseSchema.parse({ ...changes.case, version, audit: head });
  world.files.set(caseId, {
    case: theCase,
    requests: merged(read?.requests, changes.requests, (each) => decisionRequestSchema.parse(each).requestId),
    votes: merged(read?.votes, changes.votes, (each) => `${voteSchema.parse(each).requestId}/${each.personId}`),
    awards: merged(read?.awards, changes.awards, (each) => awardSchema.parse(each).awardId),
    payouts: merged(read?.payouts, changes.payouts, (each) => payoutSchema.parse(each).payoutId),
    objections: merged(read?.objections, changes.objections, (each) => objectionSchema.parse(each).objectionId),
    scheduled: merged(read?.scheduled, changes.scheduled, (each) => scheduledItemSchema.parse(each).itemId),
    recoveries: merged(read?.recoveries, changes.recoveries, (each) => recoverySchema.parse(each).recoveryId),
  });
  world.funds = funds;
  world.entries.push(...(changes.entries ?? []));
  if (tally !== undefined) world.tallies.set(tally.key, tally.parts);
  const taken = new Set(changes.takesClaims);
  for (const key of changes.releasesClaims ?? []) {
    if (!taken.has(key) && world.claims.get(key) === caseId) world.claims.delete(key);
  }
  for (const key of taken) world.claims.set(key, caseId);
  for (const { reference, payoutId } of changes.releasesBankReferences ?? []) {
    if (world.bankReferences.get(reference) === payoutId) world.bankReferences.delete(reference);
  }
  for (const { reference, payoutId } of references) world.bankReferences.set(reference, payoutId);
  for (const batch of changes.batches ?? []) {
    world.batches.set(batch.batchId, batchSchema.parse({ ...batch, version: batch.version + 1 }));
  }
  for (const item of changes.outbox ?? []) {
    world.outbox.set(item.outboxId, item);
    world.sent.push(item);
  }
  for (const { outboxId } of changes.doneOutbox ?? []) world.outbox.delete(outboxId);
  world.links.push(...(changes.links ?? []));
  world.saved.push(changes);
  return 'done';
}

function tallyAfter(world: World, { tally, case: theCase }: Changes) {
  if (tally === undefined) return undefined;
  const { capKey: key, amountFen, maxFen, on, since } = tally;
  const others = (world.tallies.get(key) ?? []).filter(({ caseId }) => caseId !== theCase.caseId);
  const parts = amountFen === 0 ? others : [...others, { caseId: theCase.caseId, amountFen, on }];
  return amountFen > 0 && sumSince(parts, since) > maxFen ? 'cap-passed' : { key, parts };
}

/** The funds after these entries, or nothing where one of them does not cover its own. */
export function fundsAfter(funds: readonly Fund[], entries: readonly LedgerEntry[]): Fund[] | undefined {
  let after = [...funds];
  for (const entry of entries) {
    const applied = after.filter(({ fundId }) => fundId === entry.fundId).map((fund) => applyEntry(fund, entry));
    const [one] = applied;
    if (one === undefined) throw new Error(`no fund ${entry.fundId}`);
    if (one.kind === 'not-covered') return undefined;
    after = after.map((fund) => (fund.fundId === entry.fundId ? { ...one.fund, version: fund.version + 1 } : fund));
  }
  return after;
}

const merged = <T>(before: readonly T[] = [], put: readonly T[] = [], idOf: (thing: T) => string): T[] => [
  ...new Map([...before, ...put].map((thing) => [idOf(thing), thing])).values(),
];
