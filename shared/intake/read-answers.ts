import type { LocalDate } from '../kernel/time.ts';
import type { Standing } from '../programmes/condition.ts';
import { holds } from '../programmes/evaluate.ts';
import type { Answer, Answers, FormField, PlainAnswer } from '../programmes/form-field.ts';
import type { FieldError, TypedForm } from './field-error.ts';
import { readField, typedOfAnswer } from './read-field.ts';
import { typedText } from './typed-text.ts';

export type ReadingFacts = {
  readonly today: LocalDate;
  readonly standing: Standing;
  readonly isOnRegister: boolean;
  readonly householdHeads?: number;
};

type ListField = Extract<FormField, { type: 'list' }>;
type Row = Readonly<Record<string, PlainAnswer>>;

/**
 * Reads a programme's own questions from what was typed, and names every fault at once, in the order of the form. A question
 * that is not asked (its condition does not hold) is not read; names that the form does not know are ignored. `answers` holds
 * whatever could be read, even beside errors.
 */
export function readAnswers(
  form: readonly FormField[],
  typed: TypedForm,
  { today, standing, isOnRegister, householdHeads = 1 }: ReadingFacts,
): { answers: Answers; errors: FieldError[] } {
  const answers: Record<string, Answer> = {};
  const errors: FieldError[] = [];
  const facts = { answers, standing, isOnRegister, householdHeads, today };
  for (const field of form) {
    if (field.askedIf !== undefined && !holds(field.askedIf, facts)) continue;
    if (field.type === 'list') {
      const rows = readRows(field, typed, today, errors);
      if (rows.length > 0) answers[field.name] = rows;
      continue;
    }
    const text = typedText(typed, field.name);
    if (text === '') {
      if (field.required) errors.push({ field: field.name, code: 'required' });
      continue;
    }
    const read = readField(field, text, today);
    if (read.ok) answers[field.name] = read.value;
    else errors.push({ field: field.name, ...read.error });
  }
  return { answers, errors };
}

/** The rows of a list that hold anything; a row left empty in the middle is skipped, errors keep the numbers of the page. */
function readRows(field: ListField, typed: TypedForm, today: LocalDate, errors: FieldError[]): Row[] {
  const filled = filledRows(field, typed);
  if (filled.length === 0 && field.required) {
    errors.push({ field: cellName(field, 0, field.columns[0]?.name ?? ''), code: 'required' });
  }
  if (filled.length > field.maxRows) {
    errors.push({ field: field.name, code: 'too-many-rows', params: { max: field.maxRows } });
  }
  const rows = filled.slice(0, field.maxRows).map((index) => {
    const row: Record<string, PlainAnswer> = {};
    for (const column of field.columns) {
      const name = cellName(field, index, column.name);
      const text = typedText(typed, name);
      if (text === '') {
        if (column.required) errors.push({ field: name, code: 'required' });
        continue;
      }
      const read = readField(column, text, today);
      if (read.ok) row[column.name] = read.value;
      else errors.push({ field: name, ...read.error });
    }
    return row;
  });
  return rows.filter((row) => Object.keys(row).length > 0);
}

const cellName = (field: ListField, index: number, column: string): string => `${field.name}.${index}.${column}`;

/** Numbers of the rows in which something was typed, rising. Row numbers beyond 999 are no page of ours. */
function filledRows(field: ListField, typed: TypedForm): number[] {
  const columns = new Set(field.columns.map(({ name }) => name));
  const rows = new Set<number>();
  for (const name of Object.keys(typed)) {
    const [list, index = '', column = '', ...rest] = name.split('.');
    if (list !== field.name || rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(index) || !columns.has(column)) continue;
    if (typedText(typed, name) !== '') rows.add(Number(index));
  }
  return [...rows].sort((a, b) => a - b);
}

/** What to put back into the controls for editing: the inverse of `readAnswers`. */
export function typedOf(form: readonly FormField[], answers: Answers): TypedForm {
  const typed: Record<string, string> = {};
  for (const field of form) {
    const answer = answers[field.name];
    if (answer === undefined) continue;
    if (field.type !== 'list') {
      if (typeof answer !== 'object') typed[field.name] = typedOfAnswer(field, answer);
      continue;
    }
    const rows = typeof answer === 'object' ? answer : [];
    rows.forEach((row, index) => {
      for (const column of field.columns) {
        const cell = row[column.name];
        if (cell !== undefined) typed[cellName(field, index, column.name)] = typedOfAnswer(column, cell);
      }
    });
  }
  return typed;
}
