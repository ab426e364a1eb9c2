import { describe, expect, test } from 'vitest';
import { asLocalDate } from '../kernel/time.ts';
import type { FormField } from '../programmes/form-field.ts';
import type { FieldError, TypedForm } from './field-error.ts';
import { type ReadingFacts, readAnswers } from './read-answers.ts';

const here: ReadingFacts = { today: asLocalDate('2016-10-08'), standing: 'none', isOnRegister: false };
const words = { zh: '问', en: 'question' };
const shape = { label: words, required: true };

const read = (form: readonly FormField[], typed: TypedForm) => readAnswers(form, typed, here);
const readOne = (field: FormField, text: string) => read([field], { [field.name]: text });
const errorOf = (field: FormField, text: string): FieldError | undefined => readOne(field, text).errors[0];
const valueOf = (field: FormField, text: string) => readOne(field, text).answers[field.name];

const name: FormField = { ...shape, name: 'name', type: 'text', maxLength: 10 };
const story: FormField = { ...shape, name: 'story', type: 'long-text', maxLength: 20 };
const cost: FormField = { ...shape, name: 'costFen', type: 'money', minFen: 100, maxFen: 100_000 };
const heads: FormField = { ...shape, name: 'heads', type: 'count', min: 1, max: 20 };
const day: FormField = { ...shape, name: 'day', type: 'date', mayLieInFuture: false };
const cause: FormField = {
  ...shape,
  name: 'cause',
  type: 'choice',
  options: [
    { value: 'illness', label: words },
    { value: 'fight', label: words },
  ],
};
const isLiable: FormField = { ...shape, name: 'isLiable', type: 'yes-no' };
describe('one field', () => {
  test('of text keeps emoji and tags as they are, on one line, without what cannot be seen', () => {
    expect(valueOf(name, '  王小明😀 ')).toBe('王小明😀');
    expect(valueOf({ ...name, maxLength: 40 }, '<script>alert(1)</script>')).toBe('<script>alert(1)</script>');
    expect(valueOf(name, 'a\u0000\u001bb\u202Ec\uD800')).toBe('abc');
    expect(valueOf(name, 'a\r\n b')).toBe('a b');
    expect(errorOf(name, '\u200B\u00AD')?.code).toBe('required');
    expect(valueOf(story, 'a\r\n\u0007b')).toBe('a\nb');
  });

  test('of text counts characters as people do', () => {
    expect(valueOf(name, '😀'.repeat(10))).toBe('😀'.repeat(10));
    expect(errorOf(name, '字'.repeat(11))).toEqual({ field: 'name', code: 'too-long', params: { max: 10 } });
    expect(errorOf(story, '字'.repeat(21))?.code).toBe('too-long');
  });

  test('with a pattern must fit it in whole', () => {
    const licence: FormField = { ...name, pattern: '[0-9A-Z]{4}' };
    expect(valueOf(licence, 'ＡＢ１２')).toBe('AB12');
    expect(errorOf(licence, 'AB123')).toEqual({ field: 'name', code: 'wrong-form' });
  });

  test.each([
    ['１，０００．５', 100_050],
    ['12', 1_200],
  ])('of money reads %s', (text, fen) => {
    expect(valueOf({ ...cost, maxFen: 1_000_000 }, text)).toBe(fen);
  });

  test.each([
    ['lots', { code: 'not-money' }],
    ['1.001', { code: 'too-many-decimals' }],
    ['1000.01', { code: 'too-much', params: { maxFen: 100_000 } }],
    ['9'.repeat(60), { code: 'too-much', params: { maxFen: 100_000 } }],
    ['0.99', { code: 'too-little', params: { minFen: 100 } }],
  ])('of money refuses %s', (text, error) => {
    expect(errorOf(cost, text)).toEqual({ field: 'costFen', ...error });
  });

  test.each([
    ['４', 4],
    [' 1 2 ', 12],
  ])('of a count reads %s', (text, count) => {
    expect(valueOf(heads, text)).toBe(count);
  });

  test.each([
    ['four', { code: 'not-a-count' }],
    ['1.5', { code: 'not-a-count' }],
    ['-1', { code: 'not-a-count' }],
    ['21', { code: 'too-much', params: { max: 20 } }],
    ['0', { code: 'too-little', params: { min: 1 } }],
  ])('of a count refuses %s', (text, error) => {
    expect(errorOf(heads, text)).toEqual({ field: 'heads', ...error });
  });

  test.each([
    '2016-10-08',
    '2016/10/8',
    '2016.10.8',
    '20161008',
    '2016年10月8日',
    '２０１６－１０－０８',
    ' 2016 - 10 - 08 ',
  ])('of a date reads %s', (text) => {
    expect(valueOf(day, text)).toBe('2016-10-08');
  });

  test.each([
    ['2016-02-30', 'not-a-date'],
    ['0016-02-03', 'not-a-date'],
    ['8.10.2016', 'not-a-date'],
    ['yesterday', 'not-a-date'],
    ['2016-10-09', 'in-the-future'],
  ])('of a date refuses %s as %s', (text, code) => {
    expect(errorOf(day, text)).toEqual({ field: 'day', code });
  });

  test('of a date may lie ahead where the programme says so', () => {
    expect(valueOf({ ...day, mayLieInFuture: true }, '2016-10-09')).toBe('2016-10-09');
  });

  test('of a choice takes only what is offered', () => {
    expect(valueOf(cause, 'fight')).toBe('fight');
    expect(errorOf(cause, 'weather')).toEqual({ field: 'cause', code: 'not-an-option' });
    expect(valueOf(isLiable, 'no')).toBe(false);
    expect(errorOf(isLiable, 'maybe')).toEqual({ field: 'isLiable', code: 'not-an-option' });
  });

  test('must be filled in only if it is required', () => {
    expect(errorOf(name, '  ')).toEqual({ field: 'name', code: 'required' });
    expect(readOne({ ...name, required: false }, '')).toEqual({ answers: {}, errors: [] });
  });

  test('sent more than once counts with its first value', () => {
    expect(read([cause], { cause: ['fight', 'illness'] }).answers).toEqual({ cause: 'fight' });
    expect(read([cause], { cause: [] }).errors).toEqual([{ field: 'cause', code: 'required' }]);
  });
});
