import { describe, expect, test } from 'vitest';
import { smallFunds } from '../../test/support/small-union.ts';
import { patchIdSchema, programmeIdSchema } from '../kernel/ids.ts';
import { yuan } from '../kernel/money.ts';
import { asLocalDate } from '../kernel/time.ts';
import type { Fund } from './fund.ts';
import { budgetLeft, mayPay, payableFunds, stateOfFund } from './fund-purpose.ts';

const today = asLocalDate('2016-10-10');
const day = (text: string) => asLocalDate(text);
const patch = (id: string) => patchIdSchema.parse(id);
const illness = programmeIdSchema.parse('major-illness-relief');
const need = { programmeId: illness, patchId: patch('patch-1') };
const fund = (over: Partial<Fund> = {}): Fund => ({
  ...smallFunds({ 'municipal-federation': 5_000 })[0]!,
  purpose: { programmes: [illness] },
  ...over,
});
const may = (over: Partial<Fund>, on = today) => mayPay(fund(over), need, on);

describe('dedicated money', () => {
  test('pays what it is for, as far as it goes', () => {
    expect(may({})).toEqual({ mayPay: true, leftFen: yuan(5_000), isByBudget: false });
    expect(may({ availableFen: yuan(0) })).toEqual({ mayPay: true, leftFen: yuan(0), isByBudget: false });
  });

  test('pays no other programme and no other patch', () => {
    const other = { purpose: { programmes: [programmeIdSchema.parse('fire-damage')] } };
    expect(may(other)).toEqual({ mayPay: false, why: 'not-for-this-programme' });
    const elsewhere = { purpose: { programmes: [illness], patches: [patch('patch-2')] } };
    expect(may(elsewhere)).toEqual({ mayPay: false, why: 'not-for-this-patch' });
    const here = { purpose: { programmes: [illness], patches: [patch('patch-2'), patch('patch-1')] } };
    expect(may(here)).toMatchObject({ mayPay: true });
  });

  test('pays from its first day to its last, both included', () => {
    const validity = { from: day('2016-10-01'), until: day('2016-10-20') };
    expect(may({ validity }, day('2016-09-30'))).toEqual({ mayPay: false, why: 'not-valid-yet' });
    expect(may({ validity }, day('2016-10-01'))).toMatchObject({ mayPay: true });
    expect(may({ validity }, day('2016-10-20'))).toMatchObject({ mayPay: true });
    expect(may({ validity }, day('2016-10-21'))).toEqual({ mayPay: false, why: 'expired' });
  });

  test('pays within the year’s budget, less what was awarded in that year', () => {
    const budgets = [
      { year: 2016, amountFen: yuan(3_000) },
      { year: 2017, amountFen: yuan(9_000) },
    ];
    const awarded = [{ year: 2016, amountFen: yuan(1_000) }];
    expect(may({ budgets, awarded })).toEqual({ mayPay: true, leftFen: yuan(2_000), isByBudget: true });
    expect(may({ budgets, awarded }, day('2017-01-01'))).toEqual({
      mayPay: true,
      leftFen: yuan(5_000),
      isByBudget: false,
    });
    expect(may({ budgets, awarded }, day('2018-01-01'))).toEqual({ mayPay: false, why: 'no-budget-this-year' });
  });

  test('whose budget was lowered below what was awarded pays nothing more', () => {
    const budgets = [{ year: 2016, amountFen: yuan(500) }];
    const awarded = [{ year: 2016, amountFen: yuan(1_000) }];
    expect(may({ budgets, awarded })).toEqual({ mayPay: true, leftFen: yuan(0), isByBudget: true });
  });

  test('says first what it is for, then when', () => {
    const programmes = [programmeIdSchema.parse('fire-damage')];
    const validity = { from: day('2015-01-01'), until: day('2016-01-01') };
    expect(may({ purpose: { programmes }, validity })).toEqual({ mayPay: false, why: 'not-for-this-programme' });
  });

  test('of all funds leaves those that may pay, each with what is left', () => {
    const [one, two] = [fund(), fund({ validity: { from: day('2017-01-01') } })];
    expect(payableFunds([one, two], need, today)).toEqual(new Map([[one.fundId, yuan(5_000)]]));
  });
});

test('a fund without budgets has none to pass', () => {
  expect(budgetLeft({ budgets: [], awarded: [] }, 2016)).toBeUndefined();
  expect(budgetLeft({ budgets: [{ year: 2015, amountFen: yuan(1) }], awarded: [] }, 2016)).toBe('none');
});

test.each([
  ['2016-09-30', 'early'],
  ['2016-10-01', 'open'],
  ['2016-10-31', 'open'],
  ['2016-11-01', 'ending'],
  ['2016-12-31', 'ending'],
  ['2017-01-01', 'over'],
])('on %s a fund of October to December is %s', (on, state) => {
  expect(stateOfFund({ validity: { from: day('2016-10-01'), until: day('2016-12-31') } }, day(on))).toBe(state);
});

test('a fund without a last day never ends', () => {
  expect(stateOfFund({ validity: { from: day('2016-10-01') } }, day('2099-01-01'))).toBe('open');
});
