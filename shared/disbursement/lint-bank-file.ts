import type { PayoutId } from '../kernel/ids.ts';
import { addFen } from '../kernel/money.ts';
import { type BankOrder, type BankPayment, plainAccount } from './bank-order.ts';
import type { BankProfile } from './bank-profiles/bank-profile.ts';
import { looksLikeFormula } from './formula-text.ts';
import { readBankFile } from './read-bank-file.ts';
import type { ReadFile, ReadPayment } from './read-payment.ts';

export const bankFileFaults = [
  'unreadable',
  'letter-lacking',
  'control-letter',
  'formula',
  'name-missing',
  'name-too-long',
  'account-form',
  'reference-too-long',
  'amount-form',
  'payer-missing',
  'several-payers',
  'not-the-batch',
  'payment-differs',
  'payment-missing',
  'payment-twice',
  'control-differs',
] as const;

/** Why a file cannot go to the bank. `payoutId`: which payment; `found`: what stands there instead, no personal value. */
export type BankFileFault = {
  readonly code: (typeof bankFileFaults)[number];
  readonly payoutId?: PayoutId;
  readonly line?: number;
  readonly found?: string;
};

/** The longest reference that a bank carries through (`Max35Text`). */
const longestReference = 35;
/** Letters that cut a line, hide in a cell or are none at all. */
const isControl = (text: string): boolean => /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029\uFFFE\uFFFF]/u.test(text);

/** What is wrong with the payments themselves, whatever the file looks like. */
export function faultsOfPayments(profile: BankProfile, { payments }: BankOrder): BankFileFault[] {
  return [
    ...(profile.payers === 'one' ? paymentsOfOtherPayers(payments) : []),
    ...payments.flatMap((payment) => faultsOfPayment(profile, payment)),
  ];
}

/** What to leave out of a file that pays from one account: all that does not leave from the account that most of them leave from. */
function paymentsOfOtherPayers(payments: readonly BankPayment[]): BankFileFault[] {
  const byPayer = Map.groupBy(payments, ({ payer }) => plainAccount(payer.accountNumber));
  const [, ...others] = [...byPayer].toSorted(([, a], [, b]) => b.length - a.length);
  return others.flatMap(([found, some]) => some.map(({ payoutId }) => ({ code: 'several-payers', payoutId, found })));
}

const isAccount = (number: string): boolean => /^\d{8,32}$/.test(plainAccount(number));

function faultsOfPayment(profile: BankProfile, payment: BankPayment): BankFileFault[] {
  const { payoutId, accountNumber, amountFen } = payment;
  const { payer } = payment;
  if (payer.accountNumber === '') return [{ code: 'payer-missing', payoutId }];
  const names = [payment.holderName, payment.bankName, payer.holderName, payer.bankName];
  const refusesFormulas = profile.layout === 'table' && profile.formulas === 'refused';
  const found: [boolean, BankFileFault['code']][] = [
    [names.some(isControl), 'control-letter'],
    [refusesFormulas && names.some(looksLikeFormula), 'formula'],
    [names.some((name) => name.trim() === ''), 'name-missing'],
    [names.some((name) => [...name].length > profile.longestName), 'name-too-long'],
    [![accountNumber, payer.accountNumber].every(isAccount), 'account-form'],
    [payoutId.length > longestReference, 'reference-too-long'],
    [amountFen <= 0, 'amount-form'],
  ];
  return found.flatMap(([isFault, code]) => (isFault ? [{ code, payoutId }] : []));
}

/**
 * Reads a file's bytes back and holds them against the batch: the same payments, each once, to the same names and accounts, with the
 * same amounts to the fen, and nothing else, no total row either. An empty list: it is the batch.
 */
export function lintBankFile(profile: BankProfile, bytes: Uint8Array, order: BankOrder): BankFileFault[] {
  const file = readBankFile(profile, bytes);
  if (file.kind === 'unreadable') return [{ code: 'unreadable', found: file.why }];
  const byId = new Map<string, BankPayment>(order.payments.map((payment) => [payment.payoutId, payment]));
  const seen = new Set<string>();
  const faults = file.payments.flatMap((read): BankFileFault[] => {
    const payment = byId.get(read.reference);
    if (payment === undefined) return [{ code: 'not-the-batch', line: read.line }];
    const { payoutId } = payment;
    if (seen.has(payoutId)) return [{ code: 'payment-twice', payoutId, line: read.line }];
    seen.add(payoutId);
    if (read.amountFen === undefined) {
      return [{ code: 'amount-form', payoutId, line: read.line, found: read.amount.slice(0, 30) }];
    }
    return isSame(read, payment) ? [] : [{ code: 'payment-differs', payoutId, line: read.line }];
  });
  const missing = order.payments.filter(({ payoutId }) => !seen.has(payoutId));
  return [
    ...faults,
    ...missing.map(({ payoutId }): BankFileFault => ({ code: 'payment-missing', payoutId })),
    ...faultsOfControl(file, order),
  ];
}

const isSame = (read: ReadPayment, payment: BankPayment): boolean =>
  read.amountFen === payment.amountFen &&
  read.accountNumber === plainAccount(payment.accountNumber) &&
  read.holderName === payment.holderName &&
  read.bankName === payment.bankName &&
  (read.payerAccount === undefined || read.payerAccount === plainAccount(payment.payer.accountNumber));

function faultsOfControl(file: Extract<ReadFile, { kind: 'read' }>, { payments }: BankOrder): BankFileFault[] {
  const totalFen = addFen(...payments.map(({ amountFen }) => amountFen));
  const readFen = addFen(...file.payments.flatMap(({ amountFen }) => amountFen ?? []));
  const said = [{ count: file.payments.length, totalFen: readFen }, ...file.control];
  const agrees = said.every((each) => each.count === payments.length && each.totalFen === totalFen);
  return agrees ? [] : [{ code: 'control-differs' }];
}

/** Payments of one batch that go to the same account, or to the same name by different accounts. Shown, not refused: shares of several funds do. */
export function duplicatesIn<Payment extends Pick<BankPayment, 'holderName' | 'accountNumber'>>(
  payments: readonly Payment[],
): { readonly by: 'account' | 'holder'; readonly payments: readonly Payment[] }[] {
  const sameAccount = groupsOf(payments, ({ accountNumber }) => plainAccount(accountNumber));
  const sameHolder = groupsOf(payments, ({ holderName }) => holderName.normalize('NFKC').replace(/\s/g, '')).filter(
    (group) => new Set(group.map(({ accountNumber }) => plainAccount(accountNumber))).size > 1,
  );
  return [
    ...sameAccount.map((group) => ({ by: 'account', payments: group }) as const),
    ...sameHolder.map((group) => ({ by: 'holder', payments: group }) as const),
  ];
}

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  return [...Map.groupBy(items, keyOf).values()].filter((group) => group.length > 1);
}
