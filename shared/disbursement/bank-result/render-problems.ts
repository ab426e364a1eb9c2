import { formatYuan } from '../../kernel/money.ts';
import { quotedText } from '../csv.ts';
import { behindApostrophe } from '../formula-text.ts';
import type { BankRow } from './bank-row.ts';

/**
 * The error file: rows of a bank's file with why each settled nothing, as a table for a spreadsheet (UTF-8 with its mark). A cell that
 * a spreadsheet would calculate, or round, stands behind an apostrophe.
 */
export function renderProblems(
  problems: readonly { readonly row: BankRow; readonly outcome: string; readonly problem: string }[],
  headings: readonly string[],
): string {
  const lines = problems.map(({ row, outcome, problem }) => [
    String(row.line),
    row.payoutId ?? '',
    row.accountNumber ?? '',
    row.holderName ?? '',
    row.amountFen === undefined ? '' : formatYuan(row.amountFen),
    outcome,
    row.bankReference ?? '',
    row.paidOn ?? '',
    row.reason ?? '',
    problem,
  ]);
  return `\uFEFF${[headings, ...lines].map((cells) => `${cells.map(safeCell).join(',')}\r\n`).join('')}`;
}

function safeCell(text: string): string {
  const safe = /^\d{12,}$/.test(text) ? `'${text}` : behindApostrophe(text);
  return /[",\r\n]/.test(safe) ? quotedText(safe) : safe;
}
