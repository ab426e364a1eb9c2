import type { BatchId, PayoutId } from '../../kernel/ids.ts';
import { type LocalDate, localDateOf } from '../../kernel/time.ts';
import { type Payout, plainBankReference } from '../payout.ts';
import type { RowProblem, Settlement } from './bank-result.ts';
import type { BankRow, ResultFormat } from './bank-row.ts';
import { findPayout } from './find-payout.ts';

export type Matched = {
  /** What the file settles, in the order of its lines; of one payout its payment before its return. */
  readonly settle: readonly Settlement[];
  /** Lines that say what is known already. */
  readonly already: readonly number[];
  readonly problems: readonly { readonly line: number; readonly reason: RowProblem }[];
};

type Found = { readonly row: BankRow; readonly payout: Payout };
type Judged = Settlement | 'already' | RowProblem;

/**
 * Holds a bank's rows against the payouts as they are. Every row comes to exactly one of three: it settles, it is known already, or it
 * is a problem with its reason. The order of rows does not matter. Two that contradict each other settle nothing.
 */
export function matchResult(
  rows: readonly BankRow[],
  payouts: readonly Payout[],
  options: { readonly format: ResultFormat; readonly batchId?: BatchId | undefined; readonly today: LocalDate },
): Matched {
  const problems: { line: number; reason: RowProblem }[] = [];
  const found: Found[] = [];
  for (const row of rows) {
    const payout = findPayout(row, payouts, options.batchId);
    if (typeof payout === 'string') problems.push({ line: row.line, reason: payout });
    else found.push({ row, payout });
  }
  const settle: Settlement[] = [];
  const already: number[] = [];
  const references = payoutsByReference(found);
  for (const ofOne of Map.groupBy(found, ({ payout }) => payout.payoutId).values()) {
    for (const [row, judged] of judgeTogether(ofOne, references, options)) {
      if (judged === 'already') already.push(row.line);
      else if (typeof judged === 'string') problems.push({ line: row.line, reason: judged });
      else settle.push(judged);
    }
  }
  const rank = { confirm: 0, fail: 1, return: 2 };
  return {
    settle: settle.toSorted((a, b) => rank[a.action] - rank[b.action] || a.line - b.line),
    already: already.toSorted((a, b) => a - b),
    problems: problems.toSorted((a, b) => a.line - b.line),
  };
}

/** Which payouts a file's payments name under one reference of the bank: a line of its statement stands for one. */
function payoutsByReference(found: readonly Found[]): ReadonlyMap<string, ReadonlySet<PayoutId>> {
  const payouts = new Map<string, Set<PayoutId>>();
  for (const { row, payout } of found) {
    if (row.outcome !== 'paid' || row.bankReference === undefined) continue;
    const reference = plainBankReference(row.bankReference);
    payouts.set(reference, (payouts.get(reference) ?? new Set()).add(payout.payoutId));
  }
  return payouts;
}

/** All rows of one payout, each with what it comes to. */
function judgeTogether(
  found: readonly Found[],
  references: ReadonlyMap<string, ReadonlySet<PayoutId>>,
  options: { readonly format: ResultFormat; readonly today: LocalDate },
): (readonly [BankRow, Judged])[] {
  const rows = found.map(({ row }) => row);
  const paid = rows.filter(({ outcome }) => outcome === 'paid');
  const contradicts = paid.length > 0 && rows.some(({ outcome }) => outcome === 'failed');
  const isPaidHere = paid.length > 0 && new Set(paid.map(essence)).size === 1 && !contradicts;
  return found.map(({ row, payout }) => {
    if (row.outcome === 'pending') return [row, 'not-final'];
    const alike = rows.filter(({ outcome }) => outcome === row.outcome);
    const [first = row] = alike.toSorted((a, b) => a.line - b.line);
    // The same line twice counts once; two that differ are two payments for one order, which a person must look into.
    if (contradicts || new Set(alike.map(essence)).size > 1 || row !== first) return [row, 'doubled'];
    return [row, judge(row, payout, { ...options, references, isPaidHere })];
  });
}

const essence = ({ bankReference, paidOn, amountFen }: BankRow): string =>
  [plainBankReference(bankReference ?? ''), paidOn, amountFen].join('|');

type Options = {
  readonly format: ResultFormat;
  readonly today: LocalDate;
  readonly references: ReadonlyMap<string, ReadonlySet<PayoutId>>;
  readonly isPaidHere: boolean;
};

function judge(row: BankRow, payout: Payout, options: Options): Judged {
  if (payout.status === 'ordered' || payout.status === 'batched') return 'not-sent';
  switch (row.outcome) {
    case 'paid':
      return judgePaid(row, payout, options);
    case 'failed':
      return judgeFailed(row, payout);
    case 'returned':
      return judgeReturned(row, payout, options);
    case 'pending':
      return 'not-final';
    default:
      return row.outcome satisfies never;
  }
}

const isWaiting = ({ status }: Payout): boolean => status === 'sent' || status === 'unknown';
const about = ({ line, reason }: BankRow, { caseId, payoutId, amountFen }: Payout) => ({
  ...{ line, caseId, payoutId, amountFen },
  ...(reason !== undefined && { reason }),
});

function judgePaid(row: BankRow, payout: Payout, { references, today }: Options): Judged {
  const { amountFen, bankReference, paidOn } = row;
  const reference = plainBankReference(bankReference ?? '');
  if (!isWaiting(payout)) {
    return reference !== '' && plainBankReference(payout.bankReference ?? '') === reference
      ? 'already'
      : 'already-settled';
  }
  if (amountFen === undefined) return 'amount-missing';
  if (bankReference === undefined || reference === '') return 'reference-missing';
  if ((references.get(reference)?.size ?? 0) > 1) return 'reference-used';
  if (paidOn === undefined) return 'date-missing';
  if (paidOn < localDateOf(payout.sentAt ?? payout.orderedAt) || paidOn > today) return 'date-impossible';
  return { ...about(row, payout), action: 'confirm', bankReference, paidOn };
}

function judgeFailed(row: BankRow, payout: Payout): Judged {
  if (isWaiting(payout)) return { ...about(row, payout), action: 'fail' };
  return payout.failureReason !== undefined && payout.bankReference === undefined ? 'already' : 'already-settled';
}

function judgeReturned(row: BankRow, payout: Payout, { format, isPaidHere }: Options): Judged {
  if (row.amountFen === undefined) return 'amount-missing';
  if (payout.status === 'paid' || (isWaiting(payout) && isPaidHere)) return { ...about(row, payout), action: 'return' };
  // A bank's own table says "returned" of what it never told as paid; a statement has the payment on an earlier line.
  if (isWaiting(payout)) return format === 'camt.053' ? 'not-paid-yet' : { ...about(row, payout), action: 'fail' };
  return payout.failureReason !== undefined ? 'already' : 'already-settled';
}
