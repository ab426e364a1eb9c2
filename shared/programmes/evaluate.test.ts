import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fen, yuan } from '../kernel/money.ts';
import { asLocalDate } from '../kernel/time.ts';
import type { Amount, Condition } from './condition.ts';
import { amountOf, type Facts, holds } from './evaluate.ts';

const facts = (over: Partial<Facts> = {}): Facts => ({
  answers: {},
  standing: 'none',
  isOnRegister: false,
  householdHeads: 3,
  today: asLocalDate('2016-10-08'),
  ...over,
});
const label = { zh: '行', en: 'line' };
const cost: Amount = { kind: 'field', field: 'costFen' };
const costing = (costFen: number, over: Partial<Facts> = {}) => facts({ answers: { costFen }, ...over });

describe('a condition', () => {
  test('on a field holds for its very value only', () => {
    const isYes: Condition = { kind: 'field-is', field: 'burnt', value: true };
    expect(holds(isYes, facts({ answers: { burnt: true } }))).toBe(true);
    expect(holds(isYes, facts({ answers: { burnt: false } }))).toBe(false);
    expect(holds(isYes, facts())).toBe(false);
  });

  test('knows a filled field from one left empty', () => {
    const isFilled: Condition = { kind: 'field-filled', field: 'damage' };
    expect(holds(isFilled, facts({ answers: { damage: [{ item: 'bed' }] } }))).toBe(true);
    expect(holds(isFilled, facts({ answers: { damage: false } }))).toBe(true);
    expect(holds(isFilled, facts({ answers: { damage: [] } }))).toBe(false);
    expect(holds(isFilled, facts({ answers: { damage: '' } }))).toBe(false);
    expect(holds(isFilled, facts())).toBe(false);
  });

  test('on the register looks at the household', () => {
    const isPoor: Condition = { kind: 'standing-in', standings: ['low-income', 'special-hardship'] };
    expect(holds(isPoor, facts({ standing: 'special-hardship' }))).toBe(true);
    expect(holds(isPoor, facts({ standing: 'hardship' }))).toBe(false);
    expect(holds({ kind: 'on-register' }, facts({ isOnRegister: true }))).toBe(true);
    expect(holds({ kind: 'on-register' }, facts())).toBe(false);
  });

  test('on an amount begins above the limit', () => {
    const isOver: Condition = { kind: 'amount-over', amount: cost, limitFen: 100 };
    expect(holds(isOver, costing(101))).toBe(true);
    expect(holds(isOver, costing(100))).toBe(false);
  });

  test('on an age begins the day after the months are over', () => {
    const isOld: Condition = { kind: 'older-than-months', dateField: 'startedOn', months: 12 };
    expect(holds(isOld, facts({ answers: { startedOn: '2015-10-07' } }))).toBe(true);
    expect(holds(isOld, facts({ answers: { startedOn: '2015-10-08' } }))).toBe(false);
    expect(holds(isOld, facts({ answers: { startedOn: 'once' } }))).toBe(false);
    expect(holds(isOld, facts())).toBe(false);
  });

  test('can be joined and turned round', () => {
    const yes: Condition = { kind: 'not', of: { kind: 'on-register' } };
    const no: Condition = { kind: 'on-register' };
    expect(holds({ kind: 'all', of: [yes, no] }, facts())).toBe(false);
    expect(holds({ kind: 'all', of: [yes, yes] }, facts())).toBe(true);
    expect(holds({ kind: 'any', of: [no, yes] }, facts())).toBe(true);
    expect(holds({ kind: 'any', of: [no, no] }, facts())).toBe(false);
  });
});

describe('an amount', () => {
  test('of an unanswered field is nothing', () => {
    expect(amountOf(cost, facts())).toEqual({ amountFen: 0, lines: [] });
    expect(amountOf({ kind: 'sum-of-list', field: 'damage', column: 'estimateFen' }, facts()).amountFen).toBe(0);
  });

  test('adds the column of a list, a sum a head and a fixed sum', () => {
    const answers = { damage: [{ item: 'bed', estimateFen: 100 }, { item: 'pot' }, { estimateFen: 50 }] };
    const amount: Amount = {
      kind: 'sum',
      of: [
        { kind: 'sum-of-list', field: 'damage', column: 'estimateFen' },
        { kind: 'per-head', fen: 7 },
        { kind: 'fixed', fen: 1_000 },
      ],
    };
    expect(amountOf(amount, facts({ answers })).amountFen).toBe(150 + 21 + 1_000);
  });

  test('takes away, but never below nothing', () => {
    const amount: Amount = { kind: 'less', from: { kind: 'fixed', fen: 500 }, minus: [cost, cost] };
    expect(amountOf(amount, costing(100)).amountFen).toBe(300);
    expect(amountOf(amount, costing(400)).amountFen).toBe(0);
  });

  test('exactly on a band’s limit belongs to that band, and above the last one to none', () => {
    const bands: Amount = {
      kind: 'bands',
      of: cost,
      bands: [
        { upToFen: 10, fen: 1 },
        { upToFen: 20, fen: 2 },
      ],
    };
    expect([10, 11, 20, 21].map((each) => amountOf(bands, costing(each)).amountFen)).toEqual([1, 2, 2, 0]);
  });

  test('is raised only where the condition holds', () => {
    const raised: Amount = { kind: 'raised', percent: 20, when: { kind: 'on-register' }, of: cost };
    expect(amountOf(raised, costing(yuan(1_000), { isOnRegister: true })).amountFen).toBe(yuan(1_200));
    expect(amountOf(raised, costing(yuan(1_000))).amountFen).toBe(yuan(1_000));
  });

  test('explains each labelled step in order, and limits only where they changed something', () => {
    const amount: Amount = {
      label: { zh: '至多', en: 'at most' },
      kind: 'at-most',
      limit: { kind: 'fixed', fen: 900 },
      of: {
        label: { zh: '至少', en: 'at least' },
        kind: 'at-least',
        fen: 300,
        of: {
          label: { zh: '一半', en: 'half' },
          kind: 'percent',
          percent: 50,
          of: { ...cost, label: { zh: '费用', en: 'cost' } },
        },
      },
    };
    const linesFor = (costFen: number) =>
      amountOf(amount, costing(costFen)).lines.map((line) => [line.label.en, line.amountFen]);
    expect(linesFor(1_000)).toEqual([
      ['cost', 1_000],
      ['half', 500],
    ]);
    expect(linesFor(100)).toEqual([
      ['cost', 100],
      ['half', 50],
      ['at least', 300],
    ]);
    expect(linesFor(5_000)).toEqual([
      ['cost', 5_000],
      ['half', 2_500],
      ['at most', 900],
    ]);
  });

  test('is never negative and never a fraction, whatever was answered', () => {
    const part = fc.oneof(
      fc.record({ kind: fc.constant('fixed' as const), fen: fc.nat(1_000_000) }),
      fc.constant(cost),
      fc.record({ kind: fc.constant('per-head' as const), fen: fc.nat(10_000) }),
    );
    fc.assert(
      fc.property(
        part,
        part,
        fc.integer({ min: -1_000, max: 1_000_000 }),
        fc.nat(100),
        (one, two, costFen, percent) => {
          const amount: Amount = {
            label,
            kind: 'percent',
            percent: percent + 1,
            of: { label, kind: 'less', from: one, minus: [two] },
          };
          const { amountFen, lines } = amountOf(amount, costing(costFen));
          expect(fen(amountFen)).toBeGreaterThanOrEqual(0);
          expect(lines).toHaveLength(2);
          expect(lines.at(-1)?.amountFen).toBe(amountFen);
        },
      ),
    );
  });
});
