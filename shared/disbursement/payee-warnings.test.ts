import { describe, expect, test } from 'vitest';
import { fen } from '../kernel/money.ts';
import {
  hasCheckDigit,
  largeToNewAccountFen,
  type PayeeHistory,
  readWarningAnswer,
  warningsOf,
} from './payee-warnings.ts';

const usual: PayeeHistory = { isOfAnotherHousehold: false, wasPaidBefore: true, isChanged: false };
const payee = { holderName: '林海生', bankName: '农商银行', accountNumber: '6222021234567890128' };
const warnings = (
  changed: Partial<typeof payee> = {},
  about: { history?: Partial<PayeeHistory>; beneficiaryName?: string; toAccountFen?: number } = {},
) =>
  warningsOf(
    { payee: { ...payee, ...changed } },
    {
      beneficiaryName: about.beneficiaryName ?? '林海生',
      toAccountFen: fen(about.toAccountFen ?? 200_000),
      history: { ...usual, ...about.history },
    },
  );

describe('an account', () => {
  test('like all others is not asked about', () => {
    expect(hasCheckDigit(payee.accountNumber)).toBe(true);
    expect(warnings()).toEqual([]);
  });

  test('that another household uses, or that is not the last one, is', () => {
    expect(warnings({}, { history: { isOfAnotherHousehold: true } })).toEqual(['account-of-another-household']);
    expect(warnings({}, { history: { isChanged: true } })).toEqual(['account-changed']);
  });

  test('in another name than the beneficiary’s is, but for how the name is written', () => {
    expect(warnings({ holderName: '林海涛' })).toEqual(['holder-differs']);
    expect(warnings({ holderName: '林　海生' })).toEqual([]);
    expect(warnings({ holderName: '买买提·吐尔逊' }, { beneficiaryName: '买买提•吐尔逊' })).toEqual([]);
  });

  test('of a card whose check digit is wrong is; a book’s number has none', () => {
    expect(warnings({ accountNumber: '6222021234567890129' })).toEqual(['check-digit']);
    expect(warnings({ accountNumber: '6222 0212 3456 7890 128' })).toEqual([]);
    expect(warnings({ accountNumber: '110701000018' })).toEqual([]);
    expect(hasCheckDigit('4111111111111111')).toBe(true);
    expect(hasCheckDigit('4111111111111112')).toBe(false);
  });

  test('never paid before is from a large amount on', () => {
    const history = { wasPaidBefore: false };
    expect(warnings({}, { history, toAccountFen: largeToNewAccountFen - 1 })).toEqual([]);
    expect(warnings({}, { history, toAccountFen: largeToNewAccountFen })).toEqual(['large-to-new-account']);
    expect(warnings({}, { toAccountFen: largeToNewAccountFen })).toEqual([]);
  });
});

test('only what is on the list answers a warning', () => {
  expect(readWarningAnswer('seen-the-card')).toBe('seen-the-card');
  expect(readWarningAnswer('fine')).toBeUndefined();
  expect(readWarningAnswer('')).toBeUndefined();
});
