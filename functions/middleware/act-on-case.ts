import type { Around, CaseFile, Changes, Decided, OutboxItem, Refusal } from '../../shared/cases/case-file.ts';
import type { Batch } from '../../shared/disbursement/batch.ts';
import type { CaseId, NewId } from '../../shared/kernel/ids.ts';
import { addMs, type Instant } from '../../shared/kernel/time.ts';
import { type AroundOptions, loadAround } from '../../shared/store/around-store.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
import { listFunds } from '../../shared/store/fund-store.ts';
import type { Store } from '../../shared/store/open-store.ts';
import { saveChanges } from '../../shared/store/save-changes.ts';
import { metricLine, metricsOfFacts } from './metric-line.ts';
import type { KnownCase } from './outbox-deps.ts';
import { RetryLimited } from './task-errors.ts';

export type ActDeps = {
  readonly store: Store;
  /** Sends at once what was saved with the change; never throws: what it could not send stays in the outbox. */
  readonly send: (items: readonly OutboxItem[], known?: KnownCase) => Promise<unknown>;
  readonly now: () => Instant;
  readonly newId: NewId;
  readonly pause: (ms: number) => Promise<void>;
  /** Takes the lines that ring an alarm. */
  readonly report?: (line: string) => void;
};

/** What a workflow's step may find instead of something to do. */
export type Idle = { readonly kind: 'nothing' | 'not-due' | 'nothing-to-wait-for' };

export type Acted =
  | { readonly kind: 'done'; readonly file: CaseFile; readonly changes: Changes }
  | { readonly kind: 'unknown-case' }
  | Refusal;

/**
 * A case with what surrounds it, as this very request has read both a moment ago: never what an earlier request has read, or a page has
 * carried. The write's conditions stand on the case, the batches, the funds, the household's cap and the claims. Nothing stands on who is
 * on the staff with which roles and terms, on who is tied to whom and lives with whom, and on the time: of these a decision knows what was
 * so at its reading, and so that has to be of now.
 */
export type CaseReading = { readonly file: CaseFile; readonly around: Around };

/**
 * `awards`: whether what is decided may take money from a fund. Only then are the funds read before it. `batches`: those that were read
 * already; of what has passed them by meanwhile the write's conditions tell. `reading`: the first attempt decides on it and reads nothing,
 * if it is of the last ten seconds; where it awards, the funds were read with it. Each later attempt reads anew.
 */
export type ActOptions = {
  readonly awards: boolean;
  readonly batches?: readonly Batch[];
  readonly reading?: CaseReading | undefined;
};
export const awardsNothing: ActOptions = { awards: false };

/** The sweeper takes what was queued twenty seconds ago for left behind: what is queued as of a reading needs time to be sent by then. */
const readingHoldsMs = 10_000;

const mostAttempts = 8;

/** Waits a little longer after each lost race, by chance, so that two do not meet again. */
const jitterMs = (attempt: number): number => Math.random() * 25 * 2 ** attempt;

type Decide<Known, Result> = (file: CaseFile, around: Known) => Result | Promise<Result>;
type ActedOrIdle = Acted | { readonly kind: 'idle'; readonly file: CaseFile };

/**
 * Loads the case and its surroundings unless they are given as `reading`, decides, writes, sends what the change queued. If somebody else
 * was faster it reloads and decides again, at most eight times.
 *
 * ```ts
 * const outcome = await actOnCase(theActDeps(), caseId, (file, around) => withdrawApplication(file, around));
 * ```
 * @throws RetryLimited when the case is changed by others all the time
 */
export function actOnCase(
  deps: ActDeps,
  caseId: CaseId,
  decide: Decide<Around, Decided>,
  options?: ActOptions,
): Promise<Acted>;
export function actOnCase(
  deps: ActDeps,
  caseId: CaseId,
  decide: Decide<Around, Decided | Idle>,
  options?: ActOptions,
): Promise<ActedOrIdle>;
export function actOnCase(
  deps: ActDeps,
  caseId: CaseId,
  decide: Decide<Around, Decided | Idle>,
  { awards, batches = [], reading }: ActOptions = { awards: true },
): Promise<ActedOrIdle> {
  const load = async (attempt: number) => {
    const now = deps.now();
    const holds = attempt === 0 && reading !== undefined && now < addMs(reading.around.now, readingHoldsMs);
    if (holds && reading.file.case.caseId !== caseId) throw new Error('a reading of another case');
    const options = { now, newId: deps.newId, withoutFunds: !awards, known: { batches } };
    const read = holds ? reading : await readCase(deps.store, caseId, options);
    if (read === undefined) return undefined;
    const { file, around } = read;
    return { file, around, staff: around.staff, funds: awards ? around.funds : undefined };
  };
  return act(deps, load, decide);
}

async function readCase(store: Store, caseId: CaseId, options: AroundOptions): Promise<CaseReading | undefined> {
  const file = await loadCaseFile(store, caseId);
  return file && { file, around: await loadAround(store, file, options) };
}

/** As `actOnCase`, for what the case alone decides: nothing around it is read. */
export function actOnCaseAlone(
  deps: ActDeps,
  caseId: CaseId,
  decide: Decide<Pick<Around, 'now' | 'newId'>, Decided | Idle>,
): Promise<ActedOrIdle> {
  const around = { now: deps.now(), newId: deps.newId };
  const load = async () => {
    const file = await loadCaseFile(deps.store, caseId);
    return file && { file, around, staff: [], funds: undefined };
  };
  return act(deps, load, decide);
}

type Loaded<Known> = { readonly file: CaseFile; readonly around: Known } & Pick<Around, 'staff'> & {
    /** Undefined where they have not been read. */
    readonly funds: Around['funds'] | undefined;
  };

async function act<Known extends Pick<Around, 'now'>>(
  deps: ActDeps,
  load: (attempt: number) => Promise<Loaded<Known> | undefined>,
  decide: Decide<Known, Decided | Idle>,
): Promise<ActedOrIdle> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    if (attempt > 0) await deps.pause(jitterMs(attempt));
    const loaded = await load(attempt);
    if (loaded === undefined) return { kind: 'unknown-case' };
    const { file, around, staff, funds } = loaded;
    const decided = await decide(file, around);
    if (decided.kind === 'refused') return decided;
    if (decided.kind !== 'changed') return { kind: 'idle', file };
    const { changes } = decided;
    const moved = { funds: funds ?? (await fundsMovedBy(deps.store, changes)) };
    const saved = await saveChanges(deps.store, file, changes, moved);
    if (saved.kind === 'refused') return saved;
    if (saved.kind !== 'saved') continue;
    for (const name of metricsOfFacts(changes.facts)) deps.report?.(metricLine(name, 1, around.now));
    await deps.send(changes.outbox ?? [], { file: saved.file, staff });
    return { kind: 'done', file: saved.file, changes };
  }
  throw new RetryLimited(`A case was changed by others ${mostAttempts} times in a row`);
}

/** What was awarded before may move without a new award, back to its fund or on to the bank. */
const fundsMovedBy = (store: Store, { entries = [] }: Changes): Promise<Around['funds']> =>
  entries.length === 0 ? Promise.resolve([]) : listFunds(store);
