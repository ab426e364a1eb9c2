import type { Words } from '../kernel/fen-schema.ts';
import { addFen, type Fen, fen, leastFen, mostFen, percentOf, zeroFen } from '../kernel/money.ts';
import { assertNever } from '../kernel/result.ts';
import { addLocalMonths, type LocalDate, localDateSchema } from '../kernel/time.ts';
import type { Amount, Condition, Standing } from './condition.ts';
import type { Answer, Answers } from './form-field.ts';
import type { PayeeKind } from './payee-kind.ts';

/** All that conditions and amounts may look at. `householdHeads` counts every member, the applicant too. */
export type Facts = {
  readonly answers: Answers;
  readonly standing: Standing;
  readonly isOnRegister: boolean;
  readonly householdHeads: number;
  /** Whose account was named; absent as long as none was. */
  readonly payee?: PayeeKind | undefined;
  readonly today: LocalDate;
};

/** One step of a calculation, in words, and what stood after it. */
export type ExplanationLine = { readonly label: Words; readonly amountFen: Fen };
export type ExplainedAmount = { readonly amountFen: Fen; readonly lines: readonly ExplanationLine[] };

/** Whether a claim is true of an application. An unanswered field is never equal to anything and never old. */
export function holds(condition: Condition, facts: Facts): boolean {
  switch (condition.kind) {
    case 'field-is':
      return facts.answers[condition.field] === condition.value;
    case 'field-filled':
      return isFilled(facts.answers[condition.field]);
    case 'standing-in':
      return condition.standings.includes(facts.standing);
    case 'on-register':
      return facts.isOnRegister;
    case 'amount-over':
      return amountOf(condition.amount, facts).amountFen > condition.limitFen;
    case 'payee-is':
      return facts.payee !== undefined && condition.payees.includes(facts.payee);
    case 'amount-above':
      return amountOf(condition.amount, facts).amountFen > amountOf(condition.than, facts).amountFen;
    case 'date-before': {
      const [date, than] = [condition.dateField, condition.than].map((field) =>
        localDateSchema.safeParse(facts.answers[field]),
      );
      return date?.success === true && than?.success === true && date.data < than.data;
    }
    case 'more-than-household': {
      const count = facts.answers[condition.field];
      return typeof count === 'number' && count > facts.householdHeads;
    }
    case 'older-than-months': {
      const date = localDateSchema.safeParse(facts.answers[condition.dateField]);
      return date.success && addLocalMonths(date.data, condition.months) < facts.today;
    }
    case 'all':
      return condition.of.every((each) => holds(each, facts));
    case 'any':
      return condition.of.some((each) => holds(each, facts));
    case 'not':
      return !holds(condition.of, facts);
    default:
      return assertNever(condition);
  }
}

const isFilled = (answer: Answer | undefined): boolean =>
  answer !== undefined && answer !== '' && !(Array.isArray(answer) && answer.length === 0);

/**
 * Works a sum out, in fen, never below zero; an unanswered money field counts as nothing. Each labelled step becomes a line
 * with the sum that stood after it; a floor, a limit or a raise is a line only where it changed something.
 */
export function amountOf(amount: Amount, facts: Facts): ExplainedAmount {
  const { amountFen, lines, hasChanged = true } = workOut(amount, facts);
  const own = amount.label !== undefined && hasChanged ? [{ label: amount.label, amountFen }] : [];
  return { amountFen, lines: [...lines, ...own] };
}

type Worked = ExplainedAmount & { readonly hasChanged?: boolean };

function workOut(amount: Amount, facts: Facts): Worked {
  switch (amount.kind) {
    case 'fixed':
      return { amountFen: fen(amount.fen), lines: [] };
    case 'field':
      return { amountFen: moneyOf(facts.answers[amount.field]), lines: [] };
    case 'sum-of-list':
      return { amountFen: addFen(...cellsOf(facts.answers[amount.field], amount.column)), lines: [] };
    case 'per-head':
      return { amountFen: fen(amount.fen * facts.householdHeads), lines: [] };
    case 'sum': {
      const parts = amount.of.map((each) => amountOf(each, facts));
      return { amountFen: addFen(...parts.map((part) => part.amountFen)), lines: parts.flatMap((part) => part.lines) };
    }
    case 'less': {
      const parts = [amount.from, ...amount.minus].map((each) => amountOf(each, facts));
      const [from = zeroFen, ...minus] = parts.map((part) => part.amountFen);
      return { amountFen: fen(Math.max(0, from - addFen(...minus))), lines: parts.flatMap((part) => part.lines) };
    }
    default:
      return adjust(amount, facts);
  }
}

type Adjustment = Extract<Amount, { kind: 'percent' | 'bands' | 'at-least' | 'at-most' | 'raised' }>;

/** The kinds that take one sum and make another of it. */
function adjust(amount: Adjustment, facts: Facts): Worked {
  const { amountFen: before, lines } = amountOf(amount.of, facts);
  const changedTo = (amountFen: Fen): Worked => ({ amountFen, lines, hasChanged: amountFen !== before });
  switch (amount.kind) {
    case 'percent':
      return { amountFen: percentOf(before, amount.percent), lines };
    case 'bands':
      return { amountFen: bandOf(amount.bands, before), lines };
    case 'at-least':
      return changedTo(mostFen(before, fen(amount.fen)));
    case 'at-most':
      return changedTo(leastFen(before, amountOf(amount.limit, facts).amountFen));
    case 'raised':
      return changedTo(holds(amount.when, facts) ? addFen(before, percentOf(before, amount.percent)) : before);
    default:
      return assertNever(amount);
  }
}

/** The first band whose limit the sum does not pass: a sum exactly on a limit still belongs to the lower band. */
const bandOf = (bands: Extract<Amount, { kind: 'bands' }>['bands'], of: Fen): Fen =>
  fen(bands.find(({ upToFen }) => upToFen === null || of <= upToFen)?.fen ?? 0);

const moneyOf = (answer: Answer | undefined): Fen => (typeof answer === 'number' ? fen(Math.max(0, answer)) : zeroFen);

const cellsOf = (answer: Answer | undefined, column: string): Fen[] =>
  typeof answer === 'object' ? answer.map((row) => moneyOf(row[column])) : [];
