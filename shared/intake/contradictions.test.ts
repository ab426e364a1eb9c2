import { describe, expect, test } from 'vitest';
import { seedOf } from '../../test/support/small-union.ts';
import { yuan } from '../kernel/money.ts';
import { asLocalDate } from '../kernel/time.ts';
import type { Answers } from '../programmes/form-field.ts';
import { contradictionsIn } from './contradictions.ts';
import type { FieldError } from './field-error.ts';

const told = (programme: string, answers: Answers, errors: FieldError[] = [], householdHeads = 3) => {
  const facts = { standing: 'none', isOnRegister: false, today: asLocalDate('2016-10-08') } as const;
  return contradictionsIn(seedOf(programme), { ...facts, answers, householdHeads }, errors).map(({ field }) => field);
};

describe('answers that cannot be true together', () => {
  test('an illness that ended before it began; the same day, or an end that is left open, is possible', () => {
    const cost = { totalCostFen: yuan(100) };
    expect(told('major-illness-relief', { ...cost, treatedFrom: '2016-02-01', treatedUntil: '2016-01-31' })).toEqual([
      'treatedUntil',
    ]);
    expect(told('major-illness-relief', { ...cost, treatedFrom: '2016-02-01', treatedUntil: '2016-02-01' })).toEqual(
      [],
    );
    expect(told('major-illness-relief', { ...cost, treatedFrom: '2016-02-01' })).toEqual([]);
  });

  test('insurances that paid more than all of it cost; exactly all is possible, and what others gave may be more', () => {
    const paid = { totalCostFen: yuan(100), paidByBasicFen: yuan(60), paidBySeriousFen: yuan(40) };
    expect(told('major-illness-relief', { ...paid, paidByMutualFen: 1 })).toEqual(['paidByBasicFen']);
    expect(told('major-illness-relief', { ...paid, paidByOthersFen: yuan(56_000) })).toEqual([]);
  });

  test('a list that comes to nothing', () => {
    const nothing = [{ item: '床', estimateFen: 0 }];
    expect(told('fire-damage', { damage: nothing })).toEqual(['damage']);
    expect(told('fire-damage', { damage: [...nothing, { item: '柜', estimateFen: 1 }] })).toEqual([]);
    expect(told('start-up-funding', { costs: [{ item: '冰柜', costFen: 0 }] })).toEqual(['costs']);
    expect(told('start-up-funding', { costs: [{ item: '冰柜', costFen: 1 }] })).toEqual([]);
  });

  test('more people hurt than live in the household', () => {
    const damage = [{ item: '床', estimateFen: 1 }];
    expect(told('fire-damage', { damage, peopleHurt: 4 })).toEqual(['peopleHurt']);
    expect(told('fire-damage', { damage, peopleHurt: 3 })).toEqual([]);
  });

  test('are not concluded from an answer that is wrong by itself', () => {
    const unreadable: FieldError[] = [{ field: 'totalCostFen', code: 'not-money' }];
    expect(told('major-illness-relief', { paidByBasicFen: yuan(60) }, unreadable)).toEqual([]);
    expect(told('fire-damage', {}, [{ field: 'damage.0.estimateFen', code: 'not-money' }])).toEqual([]);
  });

  test('are none under a version of before there were any', () => {
    const facts = {
      standing: 'none',
      isOnRegister: false,
      today: asLocalDate('2016-10-08'),
      householdHeads: 1,
    } as const;
    expect(contradictionsIn({}, { ...facts, answers: { peopleHurt: 9 } }, [])).toEqual([]);
  });
});
