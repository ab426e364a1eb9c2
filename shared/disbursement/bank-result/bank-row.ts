import type { CaseId, PayoutId } from '../../kernel/ids.ts';
import type { Fen } from '../../kernel/money.ts';
import type { LocalDate } from '../../kernel/time.ts';

/** The forms in which a bank tells what became of payments. The first three are tables; see `result-profiles.ts`. */
export const resultFormats = ['generic-csv', 'icbc-csv', 'cmb-csv', 'pain.002', 'camt.053'] as const;
export type ResultFormat = (typeof resultFormats)[number];

/** `returned` 退票: the bank had paid and the money came back. `pending`: the bank has not finished, so nothing follows from it. */
export type BankOutcome = 'paid' | 'failed' | 'returned' | 'pending';

/** What a bank says of one payment. Texts are as the bank wrote them; the rule that compares them brings them into one form. */
export type BankRow = {
  /** The line of a table, or the how-many-th payment of an XML file; from 1. */
  readonly line: number;
  /** Our own reference and the case that it names, if the bank gave it back. */
  readonly payoutId?: PayoutId;
  readonly caseId?: CaseId;
  readonly accountNumber?: string;
  readonly holderName?: string;
  /** Absent only where a refusal does not repeat it. */
  readonly amountFen?: Fen;
  readonly outcome: BankOutcome;
  readonly bankReference?: string;
  readonly paidOn?: LocalDate;
  readonly reason?: string;
};

/**
 * Why a file cannot be taken as a bank's result, each a sentence of the catalogue. A file is taken as a whole or not at all: one that
 * is wrong in one place may be wrong in others.
 */
export const fileFaults = [
  'empty',
  'too-large',
  'too-many-rows',
  'not-text',
  'web-page',
  'encoding',
  'columns',
  'row-width',
  'cut-off',
  'quotes',
  'amount',
  'amount-negative',
  'amount-decimals',
  'amount-huge',
  'account-rounded',
  'outcome',
  'date',
  'currency',
  'no-rows',
  'group-only',
  'xml-broken',
  'xml-forbidden',
  'xml-deep',
  'xml-unknown',
] as const;
export type FileFault = (typeof fileFaults)[number];

/** `line` is told where one line is to blame. */
export type Unreadable = { readonly kind: 'unreadable'; readonly fault: FileFault; readonly line?: number };
export type ReadResult =
  | { readonly kind: 'read'; readonly format: ResultFormat; readonly rows: readonly BankRow[] }
  | Unreadable;

export const unreadable = (fault: FileFault, line?: number): Unreadable =>
  line === undefined ? { kind: 'unreadable', fault } : { kind: 'unreadable', fault, line };

/** A page's request may have 6 MB on AWS, in base 64; what is left of that for a file. */
export const largestResultBytes = 4_000_000;
/** A file with more is something else, or of more batches than a person can check. */
export const mostResultRows = 5_000;
