import { type AuditFact, noAudit } from '../../kernel/audit.ts';
import type { BankResultId, BatchId, PersonId } from '../../kernel/ids.ts';
import { transition } from '../../kernel/lifecycle.ts';
import { addFen } from '../../kernel/money.ts';
import type { Instant } from '../../kernel/time.ts';
import {
  type BankResult,
  bankResultLifecycle,
  mostSettlements,
  problemCount,
  rowProblems,
  type RowProblem,
  type RowProblems,
} from './bank-result.ts';
import type { ResultFormat } from './bank-row.ts';
import type { Matched } from './match-result.ts';

export type ResultRefusal = {
  readonly kind: 'refused';
  readonly code: 'not-possible-now' | 'result-changed' | 'result-too-large';
};
export type ResultDecided =
  | { readonly kind: 'changed'; readonly result: BankResult; readonly facts: readonly AuditFact[] }
  | ResultRefusal;

const refused = (code: ResultRefusal['code']): ResultRefusal => ({ kind: 'refused', code });

/** A file that was read. Nothing is settled by it yet. */
export function beginResult(begun: {
  readonly resultId: BankResultId;
  readonly format: ResultFormat;
  readonly objectKey: string;
  readonly sizeBytes: number;
  readonly rows: number;
  readonly batchId: BatchId | undefined;
  readonly personId: PersonId;
  readonly at: Instant;
}): { readonly result: BankResult; readonly facts: readonly AuditFact[] } {
  const { resultId, format, objectKey, sizeBytes, rows, batchId, personId, at } = begun;
  const result: BankResult = {
    ...{ resultId, status: 'read', format, objectKey, sizeBytes, rows },
    ...(batchId !== undefined && { batchId }),
    ...{ uploadedBy: personId, uploadedAt: at, settling: [], settled: [], already: 0, problems: {} },
    ...{ version: 0, audit: noAudit },
  };
  return { result, facts: [{ event: 'bank-result.read', by: personId, at, details: { format, rows } }] };
}

/**
 * Applies it as this person has seen it (`result-changed`: what they saw has changed meanwhile). May be done again, by another person
 * for what the first was barred from. Where nothing can be settled, only its problems are kept.
 */
export function applyResult(
  result: BankResult,
  applied: {
    readonly personId: PersonId;
    readonly seenVersion: number;
    readonly matched: Matched;
    readonly at: Instant;
  },
): ResultDecided {
  const { personId, seenVersion, matched, at } = applied;
  if (!transition(bankResultLifecycle, result.status, 'apply').ok) return refused('not-possible-now');
  if (result.version !== seenVersion) return refused('result-changed');
  if (result.settled.length + matched.settle.length > mostSettlements) return refused('result-too-large');
  const settling = [...matched.settle];
  const next: BankResult = {
    ...result,
    status: settling.length === 0 ? 'applied' : 'applying',
    ...{ appliedBy: personId, appliedAt: at, settling, already: matched.already.length },
    problems: byReason(matched.problems),
  };
  const totalFen = addFen(...settling.map(({ amountFen }) => amountFen));
  const details = { settling: settling.length, totalFen, problems: matched.problems.length };
  return { kind: 'changed', result: next, facts: [{ event: 'bank-result.applied', by: personId, at, details }] };
}

/** Every payment was told; those that took it no more are problems. */
export function finishResult(
  result: BankResult,
  refusals: readonly { readonly line: number; readonly reason: RowProblem }[],
  at: Instant,
): ResultDecided {
  const { appliedBy } = result;
  if (!transition(bankResultLifecycle, result.status, 'finish').ok || appliedBy === undefined) {
    return refused('not-possible-now');
  }
  const taken = result.settling
    .filter(({ line }) => refusals.every((refusal) => refusal.line !== line))
    .map(({ reason: _sealed, ...settlement }) => ({ ...settlement, by: appliedBy }));
  const problems = byReason([...listed(result.problems), ...refusals]);
  const next: BankResult = {
    ...result,
    status: 'applied',
    settling: [],
    settled: [...result.settled, ...taken],
    problems,
  };
  const details = { settled: taken.length, problems: problemCount(problems) };
  return { kind: 'changed', result: next, facts: [{ event: 'bank-result.finished', by: appliedBy, at, details }] };
}

type Problem = { readonly line: number; readonly reason: RowProblem };

function byReason(problems: readonly Problem[]): RowProblems {
  const lines: Partial<Record<RowProblem, number[]>> = {};
  for (const { line, reason } of problems) (lines[reason] ??= []).push(line);
  return lines;
}

/** The problems of a result in the order of their lines. */
export function listed(problems: RowProblems): Problem[] {
  const entries = Object.entries(problems).flatMap(([name, lines]) => {
    const reason = rowProblems.find((each) => each === name);
    return reason === undefined ? [] : lines.map((line) => ({ line, reason }));
  });
  return entries.toSorted((a, b) => a.line - b.line);
}
