import { assertNever } from '../kernel/result.ts';
import type { FormField } from './form-field.ts';
import type { Mention } from './mentions.ts';

/** What is wrong with the fields that `place` names: they are not in the form, or not of the kind that is needed there. */
export const mentionFaults = (place: string, mentions: readonly Mention[], form: readonly FormField[]): string[] =>
  mentions.flatMap((mention) => {
    const field = form.find(({ name }) => name === mention.field);
    if (field === undefined) return [`${place} names the field ${mention.field}, which the form does not have.`];
    const fault = misuse(mention, field);
    return fault === undefined ? [] : [`${place} ${fault}`];
  });

function misuse(mention: Mention, field: FormField): string | undefined {
  switch (mention.as) {
    case 'any':
      return undefined;
    case 'date':
      return field.type === 'date' ? undefined : `takes ${field.name} for a date, but it is ${field.type}.`;
    case 'count':
      return field.type === 'count'
        ? undefined
        : `takes ${field.name} for a number of people, but it is ${field.type}.`;
    case 'money':
      return field.type === 'money' ? undefined : `takes ${field.name} for money, but it is ${field.type}.`;
    case 'money-column': {
      if (field.type !== 'list') return `adds up ${field.name}, which is no list.`;
      const column = field.columns.find(({ name }) => name === mention.column);
      return column?.type === 'money'
        ? undefined
        : `adds up ${field.name}.${mention.column}, which is no column of money.`;
    }
    case 'value':
      return canBe(field, mention.value)
        ? undefined
        : `waits for ${field.name} to be ${String(mention.value)}, which it never is.`;
    default:
      return assertNever(mention);
  }
}

function canBe(field: FormField, value: string | boolean): boolean {
  if (field.type === 'yes-no') return typeof value === 'boolean';
  if (field.type === 'choice') return field.options.some((option) => option.value === value);
  return (field.type === 'text' || field.type === 'long-text') && typeof value === 'string';
}
