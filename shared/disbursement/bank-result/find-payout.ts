import type { BatchId } from '../../kernel/ids.ts';
import { isWithBank, type Payout, plainBankReference } from '../payout.ts';
import type { RowProblem } from './bank-result.ts';
import type { BankRow } from './bank-row.ts';
import { isSameAccount, isSameName } from './same-payee.ts';

/**
 * The payout that a row speaks of, or why none: by our own reference; only where the bank gave none back by account, amount and name
 * together. Whatever else the row says must agree with the payout that was found.
 */
export function findPayout(
  row: BankRow,
  payouts: readonly Payout[],
  batchId: BatchId | undefined,
): Payout | RowProblem {
  const found = row.payoutId === undefined ? byPayee(row, payouts) : byId(row, payouts);
  if (typeof found === 'string') return found;
  if (batchId !== undefined && found.batchId !== batchId) return 'other-batch';
  if (row.amountFen !== undefined && row.amountFen !== found.amountFen) return 'amount-differs';
  if (row.accountNumber !== undefined && !isSameAccount(row.accountNumber, found)) return 'account-differs';
  if (row.holderName !== undefined && !isSameName(row.holderName, found)) return 'name-differs';
  return found;
}

const byId = (row: BankRow, payouts: readonly Payout[]): Payout | RowProblem =>
  payouts.find(({ payoutId }) => payoutId === row.payoutId) ?? 'unknown';

function byPayee(row: BankRow, payouts: readonly Payout[]): Payout | RowProblem {
  const { accountNumber, holderName, amountFen } = row;
  if (accountNumber === undefined || holderName === undefined || amountFen === undefined) return 'unknown';
  const fitting = payouts.filter(
    (payout) =>
      payout.amountFen === amountFen && isSameAccount(accountNumber, payout) && isSameName(holderName, payout),
  );
  // One that carries this very reference is the one; else the bank can speak only of what it has.
  const reference = plainBankReference(row.bankReference ?? '');
  const known = fitting.find(
    (payout) => reference !== '' && plainBankReference(payout.bankReference ?? '') === reference,
  );
  if (known !== undefined) return known;
  const waiting = fitting.filter(
    (payout) => isWithBank(payout) && (payout.status === 'paid') === (row.outcome === 'returned'),
  );
  const [one, ...others] = waiting.length > 0 ? waiting : fitting;
  if (one === undefined) return 'unknown';
  return others.length > 0 ? 'doubled' : one;
}
