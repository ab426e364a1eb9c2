import { fundSources, type FundTerms } from '../../../shared/funds/fund-terms.ts';
import type { Wanted } from '../../../shared/funds/proposal.ts';
import type { Voucher } from '../../../shared/funds/receipt.ts';
import type { FundWords } from '../../../shared/i18n/fund-words.ts';
import type { PageWords } from '../../../shared/i18n/page-words.ts';
import { cleaned, compact, lengthOf, oneLine } from '../../../shared/intake/typed-text.ts';
import { fundIdSchema, patchIdSchema, programmeIdSchema } from '../../../shared/kernel/ids.ts';
import { type Fen, parseYuan, zeroFen } from '../../../shared/kernel/money.ts';
import { type LocalDate, localDateSchema } from '../../../shared/kernel/time.ts';
import { parseDateText } from '../../../shared/web/date-text.ts';
import type { FormBody } from '../../../shared/web/form-body.ts';
import type { FormErrors } from '../../../shared/web/form-state.ts';

export type ReadWanted = { readonly wanted: Wanted } | { readonly errors: FormErrors };

/** `errors`: what may be said of any field, by its label. */
export type FormWords = { readonly fund: FundWords; readonly errors: PageWords['errors'] };

const longest = { line: 80, text: 500 } as const;

/**
 * Reads fields one after another and keeps what is wrong with each, so that all is said at once. Each sentence names its field: in the
 * summary several stand beneath each other.
 */
function reader(form: FormBody, { errors: say }: FormWords) {
  const errors: Record<string, string> = {};
  const wrong = (name: string, said: string) => void (errors[name] ??= said);
  return {
    errors,
    wrong,
    line(name: string, label: string, missing = say.required({ label })): string {
      const value = oneLine(cleaned(form.text(name)));
      if (value === '') wrong(name, missing);
      if (lengthOf(value) > longest.line) wrong(name, say.tooLong({ label, max: longest.line }));
      return value;
    },
    text(name: string, label: string, missing?: string): string {
      const value = cleaned(form.text(name));
      if (value === '' && missing !== undefined) wrong(name, missing);
      if (lengthOf(value) > longest.text) wrong(name, say.tooLong({ label, max: longest.text }));
      return value;
    },
    amount(name: string, label: string): Fen {
      const typed = form.text(name);
      const parsed = parseYuan(typed);
      if (!parsed.ok) wrong(name, typed === '' ? say.required({ label }) : say.notMoney({ label }));
      return parsed.ok ? parsed.value : zeroFen;
    },
    date(name: string, label: string): LocalDate | undefined {
      const parsed = localDateSchema.safeParse(parseDateText(form.text(name)));
      if (!parsed.success) wrong(name, say.notADate({ label }));
      return parsed.success ? parsed.data : undefined;
    },
  };
}
type FieldReader = ReturnType<typeof reader>;

const done = ({ errors }: FieldReader, wanted: Wanted | undefined): ReadWanted =>
  wanted === undefined || Object.keys(errors).length > 0 ? { errors } : { wanted };

function voucherOf(read: FieldReader, { fund }: FormWords): Voucher | undefined {
  const number = read.line('voucherNumber', fund.voucherNumber, fund.fault.voucherNumber);
  const date = read.date('voucherDate', fund.voucherDate);
  return date === undefined ? undefined : { number, date };
}

export function readReceipt(form: FormBody, words: FormWords): ReadWanted {
  const read = reader(form, words);
  const amountFen = read.amount('amount', words.fund.amount);
  const payer = read.line('payer', words.fund.payer, words.fund.fault.payer);
  const voucher = voucherOf(read, words);
  return done(read, voucher && { kind: 'receipt', amountFen, payer, voucher });
}

export function readHandBack(form: FormBody, words: FormWords): ReadWanted {
  const read = reader(form, words);
  const amountFen = read.amount('amount', words.fund.amount);
  const voucher = voucherOf(read, words);
  const reason = read.text('reason', words.fund.reason, words.fund.fault.reason);
  return done(read, voucher && { kind: 'hand-back', amountFen, voucher, reason });
}

export function readCarryOver(form: FormBody, words: FormWords): ReadWanted {
  const read = reader(form, words);
  const amountFen = read.amount('amount', words.fund.amount);
  const into = fundIdSchema.safeParse(form.text('into'));
  if (!into.success) read.wrong('into', words.fund.fault.into);
  const reason = read.text('reason', words.fund.reason, words.fund.fault.reason);
  return done(read, into.success ? { kind: 'carry-over', amountFen, into: into.data, reason } : undefined);
}

export const budgetField = (year: number): string => `budget-${year}`;

/** The terms of a fund. `source` is set where it cannot be chosen any more; `years` are those that the form asks a budget for. */
export function readTerms(
  form: FormBody,
  words: FormWords,
  { source: fixed, years }: { readonly source?: FundTerms['source'] | undefined; readonly years: readonly number[] },
): { readonly terms: FundTerms } | { readonly errors: FormErrors } {
  const { fund: say } = words;
  const { fault } = say;
  const read = reader(form, words);
  const names = { zh: read.line('nameZh', say.nameZh), en: read.line('nameEn', say.nameEn) };
  const source = fixed ?? fundSources.find((each) => each === form.text('source'));
  if (source === undefined) read.wrong('source', fault.source);
  const programmes = form.texts('programmes').flatMap((id) => programmeIdSchema.safeParse(id).data ?? []);
  if (programmes.length === 0) read.wrong('programmes', fault.programmes);
  const patches = form.texts('patches').flatMap((id) => patchIdSchema.safeParse(id).data ?? []);
  const from = read.date('from', say.from);
  const until = form.text('until') === '' ? undefined : read.date('until', say.until);
  const budgets = years.flatMap((year) =>
    form.text(budgetField(year)) === ''
      ? []
      : [{ year, amountFen: read.amount(budgetField(year), say.budgetYear({ year })) }],
  );
  const donorsWish = read.text('donorsWish', say.donorsWish);
  const payerAccount = readAccount(form, read, words);
  if (source === undefined || from === undefined || Object.keys(read.errors).length > 0) return { errors: read.errors };
  return {
    terms: {
      names,
      source,
      purpose: { programmes, ...(patches.length === 0 ? {} : { patches }) },
      validity: { from, ...(until === undefined ? {} : { until }) },
      budgets,
      ...(donorsWish === '' ? {} : { donorsWish }),
      ...(payerAccount === undefined ? {} : { payerAccount }),
    },
  };
}

/** All four or none: half an account would only show when the bank refuses the file. */
function readAccount(form: FormBody, read: FieldReader, { fund }: FormWords): FundTerms['payerAccount'] {
  const { account, fault } = fund;
  const names = ['holderName', 'bankName', 'accountNumber', 'clearingCode'] as const;
  if (names.every((name) => form.text(name) === '')) return undefined;
  const line = (name: (typeof names)[number]) =>
    read.line(name, account[name], fault.account({ label: account[name] }));
  const [holderName, bankName] = [line('holderName'), line('bankName')];
  const accountNumber = compact(line('accountNumber')).replaceAll('-', '');
  if (!/^\d*$/.test(accountNumber)) read.wrong('accountNumber', fault.accountNumber);
  const clearingCode = compact(line('clearingCode'));
  if (!/^\d{12}$/.test(clearingCode)) read.wrong('clearingCode', fault.clearingCode);
  return { holderName, bankName, accountNumber, clearingCode };
}
