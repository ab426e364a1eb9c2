import type { Around, CaseFile, Changes, Decided, OutboxItem, Refusal } from '../../shared/cases/case-file.ts';
import type { CaseId, NewId } from '../../shared/kernel/ids.ts';
import type { Instant } from '../../shared/kernel/time.ts';
import { loadAround } from '../../shared/store/around-store.ts';
import { loadCaseFile } from '../../shared/store/case-store.ts';
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

const mostAttempts = 8;

/** Waits a little longer after each lost race, by chance, so that two do not meet again. */
const jitterMs = (attempt: number): number => Math.random() * 25 * 2 ** attempt;

/**
 * Loads the case and its surroundings, decides, writes, sends what the change queued. If somebody else was faster it reloads
 * and decides again, at most eight times.
 *
 * ```ts
 * const outcome = await actOnCase(theActDeps(), caseId, (file, around) => withdrawApplication(file, around));
 * ```
 * @throws RetryLimited when the case is changed by others all the time
 */
export function actOnCase(
  deps: ActDeps,
  caseId: CaseId,
  decide: (file: CaseFile, around: Around) => Decided | Promise<Decided>,
): Promise<Acted>;
export function actOnCase(
  deps: ActDeps,
  caseId: CaseId,
  decide: (file: CaseFile, around: Around) => Decided | Idle | Promise<Decided | Idle>,
): Promise<Acted | { readonly kind: 'idle'; readonly file: CaseFile }>;
export async function actOnCase(
  deps: ActDeps,
  caseId: CaseId,
  decide: (file: CaseFile, around: Around) => Decided | Idle | Promise<Decided | Idle>,
): Promise<Acted | { readonly kind: 'idle'; readonly file: CaseFile }> {
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    if (attempt > 0) await deps.pause(jitterMs(attempt));
    const file = await loadCaseFile(deps.store, caseId);
    if (file === undefined) return { kind: 'unknown-case' };
    const around = await loadAround(deps.store, file, { now: deps.now(), newId: deps.newId });
    const decided = await decide(file, around);
    if (decided.kind === 'refused') return decided;
    if (decided.kind !== 'changed') return { kind: 'idle', file };
    const saved = await saveChanges(deps.store, file, decided.changes, around);
    if (saved.kind === 'refused') return saved;
    if (saved.kind !== 'saved') continue;
    for (const name of metricsOfFacts(decided.changes.facts)) deps.report?.(metricLine(name, 1, around.now));
    await deps.send(decided.changes.outbox ?? [], { file: saved.file, staff: around.staff });
    return { kind: 'done', file: saved.file, changes: decided.changes };
  }
  throw new RetryLimited(`A case was changed by others ${mostAttempts} times in a row`);
}
