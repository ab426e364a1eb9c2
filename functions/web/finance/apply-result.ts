import { applyResult, type ResultRefusal } from '../../../shared/disbursement/bank-result/decide-result.ts';
import { type BankResultId, outboxIdSchema, type PersonId } from '../../../shared/kernel/ids.ts';
import type { KnownAround } from '../../../shared/store/around-store.ts';
import { previewResult } from './preview-result.ts';
import type { ResultDeps } from './take-result.ts';

export type Applied = { readonly kind: 'applied' } | { readonly kind: 'unknown-result' } | ResultRefusal;

/**
 * Settles what the file says, if it is what this person has seen (`result-changed` if not). The header is written first and is the
 * commit point; the payments follow from the outbox, at once or by the sweeper. `unsaid`: what stands where the bank gives no reason.
 */
export async function applyNow(
  deps: ResultDeps,
  resultId: BankResultId,
  applied: {
    readonly personId: PersonId;
    readonly seen: { readonly version: number; readonly digest: string };
    readonly unsaid: string;
    /** What the request has read already. */
    readonly known?: Pick<KnownAround, 'staff'>;
  },
): Promise<Applied> {
  const { personId, seen, unsaid, known } = applied;
  const result = await deps.results.get(resultId);
  if (result === undefined) return { kind: 'unknown-result' };
  if (result.version !== seen.version) return { kind: 'refused', code: 'result-changed' };
  const { matched, readings, digest } = await previewResult(deps, result, personId, known);
  if (digest !== seen.digest) return { kind: 'refused', code: 'result-changed' };
  const at = deps.now();
  // What was paid needs no reason, and so no key to seal it under.
  const settle = matched.settle.map((settlement) =>
    settlement.action === 'confirm' ? settlement : { ...settlement, reason: settlement.reason ?? unsaid },
  );
  const decided = applyResult(result, { personId, seenVersion: seen.version, matched: { ...matched, settle }, at });
  if (decided.kind === 'refused') return decided;
  const outboxId = outboxIdSchema.parse(`bank-result-${deps.newId()}`);
  const outbox = settle.length === 0 ? [] : [{ kind: 'bank-result' as const, outboxId, createdAt: at, resultId }];
  const saved = await deps.results.save(decided.result, decided.facts, outbox);
  if (saved.kind === 'stale') return { kind: 'refused', code: 'result-changed' };
  await deps.results.carry(outbox, { result: saved.result, readings });
  return { kind: 'applied' };
}
