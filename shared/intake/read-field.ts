import { formatYuan, fen, parseYuan } from '../kernel/money.ts';
import { assertNever, type Result } from '../kernel/result.ts';
import { type LocalDate, localDateSchema } from '../kernel/time.ts';
import type { PlainAnswer, PlainField } from '../programmes/form-field.ts';
import type { FieldError } from './field-error.ts';
import { compact, hasLetters, lengthOf, oneLine } from './typed-text.ts';

type Fault = Omit<FieldError, 'field'>;
const fault = (code: Fault['code'], params?: Fault['params']): Result<never, Fault> => ({
  ok: false,
  error: params === undefined ? { code } : { code, params },
});
const fine = (value: PlainAnswer): Result<PlainAnswer, Fault> => ({ ok: true, value });

/** Reads one typed, non-empty, cleaned value as the field wants it: money in fen, dates as YYYY-MM-DD. */
export function readField(field: PlainField, text: string, today: LocalDate): Result<PlainAnswer, Fault> {
  switch (field.type) {
    case 'text': {
      const line = oneLine(text);
      if (lengthOf(line) > field.maxLength) return fault('too-long', { max: field.maxLength });
      if (field.needsLetters === true && !hasLetters(line)) return fault('no-letters');
      if (field.pattern === undefined) return fine(line);
      return new RegExp(`^(?:${field.pattern})$`, 'u').test(line.normalize('NFKC'))
        ? fine(line.normalize('NFKC'))
        : fault('wrong-form');
    }
    case 'long-text':
      if (lengthOf(text) > field.maxLength) return fault('too-long', { max: field.maxLength });
      return field.needsLetters === true && !hasLetters(text) ? fault('no-letters') : fine(text);
    case 'money':
      return readMoney(field, text);
    case 'count': {
      const digits = compact(text);
      if (!/^\d{1,9}$/.test(digits)) return fault('not-a-count');
      const count = Number(digits);
      if (count > field.max) return fault('too-much', { max: field.max });
      return count < field.min ? fault('too-little', { min: field.min }) : fine(count);
    }
    case 'date': {
      const date = readDate(text);
      if (date === undefined) return fault('not-a-date');
      return date > today && !field.mayLieInFuture ? fault('in-the-future') : fine(date);
    }
    case 'choice':
      return field.options.some(({ value }) => value === text) ? fine(text) : fault('not-an-option');
    case 'yes-no':
      return text === 'yes' || text === 'no' ? fine(text === 'yes') : fault('not-an-option');
    default:
      return assertNever(field);
  }
}

function readMoney(field: Extract<PlainField, { type: 'money' }>, text: string): Result<PlainAnswer, Fault> {
  const amount = parseYuan(text);
  const highest = { maxFen: field.maxFen };
  if (!amount.ok) return amount.error === 'too-much' ? fault('too-much', highest) : fault(amount.error);
  if (amount.value > field.maxFen) return fault('too-much', highest);
  const least = field.minFen ?? 0;
  return amount.value < least ? fault('too-little', { minFen: least }) : fine(amount.value);
}

/** A day as people here write it: `2016-10-08`, `2016/10/8`, `2016.10.8`, `20161008`, `2016年10月8日`. */
function readDate(text: string): LocalDate | undefined {
  const plain = compact(text);
  const parts = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(plain) ?? /^(\d{4})(\d\d)(\d\d)$/.exec(plain);
  if (parts === null) return undefined;
  const [, year = '', month = '', day = ''] = parts;
  const date = localDateSchema.safeParse(`${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`);
  return date.success && date.data >= '1900-01-01' ? date.data : undefined;
}

/** The inverse of `readField`, for showing an answer in its control again. */
export function typedOfAnswer(field: PlainField, answer: PlainAnswer): string {
  if (typeof answer === 'boolean') return answer ? 'yes' : 'no';
  if (typeof answer === 'number') return field.type === 'money' ? formatYuan(fen(answer)) : String(answer);
  return answer;
}
