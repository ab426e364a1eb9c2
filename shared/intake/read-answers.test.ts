import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asLocalDate } from '../kernel/time.ts';
import type { Answers, FormField } from '../programmes/form-field.ts';
import { seedProgrammes } from '../programmes/seeds/index.ts';
import type { TypedForm } from './field-error.ts';
import { type ReadingFacts, readAnswers, typedOf } from './read-answers.ts';

const here: ReadingFacts = { today: asLocalDate('2016-10-08'), standing: 'none', isOnRegister: false };
const words = { zh: '问', en: 'question' };
const shape = { label: words, required: true };

const read = (form: readonly FormField[], typed: TypedForm) => readAnswers(form, typed, here);

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
const damage: FormField = {
  ...shape,
  name: 'damage',
  type: 'list',
  maxRows: 3,
  columns: [
    { ...shape, name: 'item', type: 'text', maxLength: 10 },
    { ...shape, name: 'estimateFen', type: 'money', maxFen: 100_000 },
  ],
};

describe('a list', () => {
  test('is read row by row, empty rows skipped', () => {
    const { answers, errors } = read([damage], {
      'damage.0.item': '床',
      'damage.0.estimateFen': '500',
      'damage.1.item': ' ',
      'damage.1.estimateFen': '',
      'damage.2.item': '锅',
      'damage.2.estimateFen': '20.5',
    });
    expect(errors).toEqual([]);
    expect(answers).toEqual({
      damage: [
        { item: '床', estimateFen: 50_000 },
        { item: '锅', estimateFen: 2_050 },
      ],
    });
  });

  test('names the cells that are wrong by their number on the page', () => {
    const { errors } = read([damage], { 'damage.1.item': '床', 'damage.4.estimateFen': 'much' });
    expect(errors).toEqual([
      { field: 'damage.1.estimateFen', code: 'required' },
      { field: 'damage.4.item', code: 'required' },
      { field: 'damage.4.estimateFen', code: 'not-money' },
    ]);
  });

  test('takes no more rows than it has', () => {
    const typed = Object.fromEntries(
      [0, 1, 2, 3].flatMap((row) => [
        [`damage.${row}.item`, '床'],
        [`damage.${row}.estimateFen`, '1'],
      ]),
    );
    const { answers, errors } = read([damage], typed);
    expect(errors).toEqual([{ field: 'damage', code: 'too-many-rows', params: { max: 3 } }]);
    expect(answers['damage']).toHaveLength(3);
  });

  test('left empty is missed in its first cell', () => {
    expect(read([damage], { 'damage.0.item': '' }).errors).toEqual([{ field: 'damage.0.item', code: 'required' }]);
    expect(read([{ ...damage, required: false }], {})).toEqual({ answers: {}, errors: [] });
  });

  test('ignores cells that no page of ours has', () => {
    const strange = {
      'damage.-1.item': 'a',
      'damage.1e3.item': 'a',
      'damage.0.__proto__': 'a',
      'damage.0.item.x': 'a',
      'damage.01.item': 'a',
      'damage.1000.item': 'a',
    };
    expect(read([{ ...damage, required: false }], strange)).toEqual({ answers: {}, errors: [] });
  });
});

describe('a form', () => {
  test('names all of its faults at once, in its own order', () => {
    const { errors } = read([name, cost, heads, day, cause], { day: 'x', costFen: 'x', cause: 'x' });
    expect(errors.map(({ field, code }) => `${field} ${code}`)).toEqual([
      'name required',
      'costFen not-money',
      'heads required',
      'day not-a-date',
      'cause not-an-option',
    ]);
  });

  test('keeps what could be read beside what could not', () => {
    expect(read([name, cost], { name: '王', costFen: 'x' }).answers).toEqual({ name: '王' });
  });

  test('ignores what it does not know', () => {
    expect(read([name], { name: '王', isApproved: 'yes', __proto__: 'x' }).answers).toEqual({ name: '王' });
    expect(read([{ ...name, name: 'constructor' }], {}).errors).toEqual([{ field: 'constructor', code: 'required' }]);
  });

  test('neither reads nor misses a question that is not asked', () => {
    const why: FormField = { ...name, name: 'why', askedIf: { kind: 'field-is', field: 'isLiable', value: true } };
    expect(read([isLiable, why], { isLiable: 'no', why: 'hidden' })).toEqual({
      answers: { isLiable: false },
      errors: [],
    });
    expect(read([isLiable, why], { isLiable: 'yes' }).errors).toEqual([{ field: 'why', code: 'required' }]);
    const ask: FormField = { ...name, askedIf: { kind: 'on-register' } };
    expect(readAnswers([ask], {}, { ...here, isOnRegister: true }).errors).toHaveLength(1);
  });

  test('puts back into its controls what it has read', () => {
    const form = [name, story, cost, heads, day, cause, isLiable, damage];
    const answers: Answers = {
      name: '王小明',
      story: 'a\nb',
      costFen: 12_345,
      heads: 3,
      day: '2016-10-08',
      cause: 'fight',
      isLiable: false,
      damage: [{ item: '床', estimateFen: 1 }],
    };
    const typed = typedOf(form, answers);
    expect(typed).toMatchObject({ costFen: '123.45', isLiable: 'no', 'damage.0.estimateFen': '0.01' });
    expect(read(form, typed)).toEqual({ answers, errors: [] });
  });

  test('never breaks, whatever is typed, and reads its own answers again as they were', () => {
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('yes', 'self', '12.5', '2016-01-01', '１', '\u0000'),
    );
    for (const { form } of seedProgrammes) {
      const names = form.flatMap((field) =>
        field.type === 'list' ? field.columns.map((column) => `${field.name}.0.${column.name}`) : [field.name],
      );
      const typedForm = fc.dictionary(fc.constantFrom(...names), anyText);
      fc.assert(
        fc.property(typedForm, (typed) => {
          const { answers } = read(form, typed);
          expect(read(form, typedOf(form, answers)).answers).toEqual(answers);
        }),
      );
    }
  });
});

test('a filled form of each programme is read without a fault', () => {
  const [illness, fire, startUp] = seedProgrammes.map(({ form }) => form);
  const bill = {
    patientRelation: 'self',
    diagnosisClass: 'heart',
    cause: 'illness',
    isThirdPartyLiable: 'no',
    hospital: '市人民医院',
    hospitalGrade: 'third',
    treatedFrom: '2016-03-01',
    invoiceNumber: 'No. 0012-345（2016）',
    totalCostFen: '50,000',
    paidByBasicFen: '20000',
  };
  expect(read(illness!, bill).errors).toEqual([]);
  expect(read(illness!, { ...bill, patientRelation: 'spouse' }).errors).toEqual([
    { field: 'patientName', code: 'required' },
  ]);
  const burnt = {
    incidentDate: '2016-10-07',
    incidentPlace: '三号生活区 5 栋',
    incidentNumber: '消出字〔2016〕第 12 号',
    burnt: 'home',
    'damage.0.item': '床',
    'damage.0.estimateFen': '20000',
    peopleHurt: '0',
    sleepsAt: 'relatives',
    isInsured: 'no',
  };
  expect(read(fire!, burnt).errors).toEqual([]);
  // Dashes alone would name no incident, and so escape the rule of one relief a fire; words that several would write, everybody's.
  for (const incidentNumber of ['——', '不记得了', 'N/A']) {
    const wrong = [{ field: 'incidentNumber', code: 'wrong-form' }];
    expect(read(fire!, { ...burnt, incidentNumber }).errors).toEqual(wrong);
  }
  for (const invoiceNumber of ['没有', 'unknown', '——']) {
    const wrong = [{ field: 'invoiceNumber', code: 'wrong-form' }];
    expect(read(illness!, { ...bill, invoiceNumber }).errors).toEqual(wrong);
  }
  expect(read(illness!, { ...bill, invoiceNumber: '２０１６１００８－３５００' }).errors).toEqual([]);
  const shop = {
    isLaidOff: 'yes',
    trade: '早餐店',
    purpose: '买烤箱',
    'costs.0.item': '烤箱',
    'costs.0.costFen': '6000',
    ownMoneyFen: '0',
    licenceNumber: '9137 0000-MA3C1234-5X',
    isLicenceInForce: 'yes',
    startedOn: '2016-05-01',
    premises: '集贸市场 3 号',
    peopleHired: '1',
    hadHelpBefore: 'no',
  };
  expect(read(startUp!, shop).errors).toEqual([]);
  expect(read(startUp!, { ...shop, licenceNumber: '12345' }).errors).toEqual([
    { field: 'licenceNumber', code: 'wrong-form' },
  ]);
});
