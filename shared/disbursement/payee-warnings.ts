import { type Fen, yuan } from '../kernel/money.ts';
import { plainAccount } from './bank-order.ts';
import { type PayeeWarning, type WarningAnswer, warningAnswers } from './batch.ts';
import type { Payout } from './payout.ts';

/** What was paid before, as the index of accounts tells it. */
export type PayeeHistory = {
  /** Payments of other households were ordered to this account. */
  readonly isOfAnotherHousehold: boolean;
  /** Money has arrived on this account before. */
  readonly wasPaidBefore: boolean;
  /** The beneficiary's last payment before this one, of whatever case, went to another account. */
  readonly isChanged: boolean;
};

/** From how much on, in one batch, an account to which nothing was ever paid is asked about. Most grants of 2016 were below. */
export const largeToNewAccountFen: Fen = yuan(5_000);

const sameName = (one: string, other: string): boolean => {
  const plain = (name: string) => name.normalize('NFKC').replace(/[\s·•・.]/gu, '');
  return plain(one) === plain(other);
};

/** What is odd about the account of one payment; see `payeeWarnings`. `toAccountFen`: all that the batch pays to that account. */
export function warningsOf(
  { payee }: Pick<Payout, 'payee'>,
  about: { readonly beneficiaryName: string; readonly toAccountFen: Fen; readonly history: PayeeHistory },
): PayeeWarning[] {
  const { history } = about;
  const found: [boolean, PayeeWarning][] = [
    [history.isOfAnotherHousehold, 'account-of-another-household'],
    [history.isChanged, 'account-changed'],
    [!sameName(payee.holderName, about.beneficiaryName), 'holder-differs'],
    [isCardNumber(payee.accountNumber) && !hasCheckDigit(payee.accountNumber), 'check-digit'],
    [!history.wasPaidBefore && about.toAccountFen >= largeToNewAccountFen, 'large-to-new-account'],
  ];
  return found.flatMap(([isOdd, warning]) => (isOdd ? [warning] : []));
}

/** Cards have 16 to 19 digits and a check digit; account books have others, and none. */
const isCardNumber = (accountNumber: string): boolean => /^\d{16,19}$/.test(plainAccount(accountNumber));

/** Luhn: every second digit from the right doubled, its digits added; the sum ends in nought. */
export function hasCheckDigit(accountNumber: string): boolean {
  const digits = [...plainAccount(accountNumber)].map(Number).toReversed();
  const sum = digits.reduce((total, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit;
    return total + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}

export const readWarningAnswer = (text: string): WarningAnswer | undefined =>
  warningAnswers.find((answer) => answer === text);
