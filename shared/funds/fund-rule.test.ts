import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type FundId, fundIdSchema } from '../kernel/ids.ts';
import { addFen, fen, yuan } from '../kernel/money.ts';
import type { FundRule } from '../programmes/programme-version.ts';
import { checkShares, type FundShare, fundsOf, shareOut } from './fund-rule.ts';

const fund = (id: string): FundId => fundIdSchema.parse(id);
const [a, b, c] = [fund('a'), fund('b'), fund('c')];
const inTurn: FundRule = { kind: 'in-turn', funds: [a, b] };
const byShares: FundRule = {
  kind: 'by-shares',
  shares: [
    { fund: a, percent: 50 },
    { fund: b, percent: 30 },
    { fund: c, percent: 20 },
  ],
};
const holding = (amounts: Record<string, number>) =>
  new Map(Object.entries(amounts).map(([id, amount]) => [fund(id), yuan(amount)]));
const paid = (...shares: [FundId, number][]): FundShare[] =>
  shares.map(([fundId, amount]) => ({ fundId, amountFen: yuan(amount) }));

describe('funds in turn', () => {
  test('pay from the first while it lasts', () => {
    expect(shareOut(inTurn, yuan(3_000), holding({ a: 3_000, b: 9_000 }))).toEqual({
      kind: 'shared',
      shares: paid([a, 3_000]),
    });
  });

  test('pay the rest from the next', () => {
    expect(shareOut(inTurn, yuan(3_000), holding({ a: 1_000, b: 9_000 }))).toEqual({
      kind: 'shared',
      shares: paid([a, 1_000], [b, 2_000]),
    });
    expect(shareOut(inTurn, yuan(3_000), holding({ a: 0, b: 3_000 }))).toEqual({
      kind: 'shared',
      shares: paid([b, 3_000]),
    });
  });

  test('that do not reach say how much is missing, and what there is', () => {
    expect(shareOut(inTurn, yuan(3_000), holding({ a: 1_000, b: 500 }))).toEqual({
      kind: 'short',
      missingFen: yuan(1_500),
      proposed: paid([a, 1_000], [b, 500]),
    });
    expect(shareOut(inTurn, yuan(1), new Map())).toEqual({ kind: 'short', missingFen: yuan(1), proposed: [] });
  });
});

describe('funds by shares', () => {
  test('pay their percentage each, the odd fen from the first', () => {
    const full = holding({ a: 9_000, b: 9_000, c: 9_000 });
    expect(shareOut(byShares, yuan(6_000), full)).toEqual({
      kind: 'shared',
      shares: paid([a, 3_000], [b, 1_800], [c, 1_200]),
    });
    expect(shareOut(byShares, fen(101), full)).toEqual({ kind: 'shared', shares: paid([a, 0.51], [b, 0.3], [c, 0.2]) });
    expect(shareOut(byShares, fen(1), full)).toEqual({ kind: 'shared', shares: paid([a, 0.01]) });
  });

  test('of which one is short go to the approver, with a proposal that the others can pay', () => {
    expect(shareOut(byShares, yuan(6_000), holding({ a: 3_500, b: 1_000, c: 9_000 }))).toEqual({
      kind: 'short',
      missingFen: yuan(800),
      proposed: paid([a, 3_500], [b, 1_000], [c, 1_500]),
    });
  });

  test('never draw on a fund that is overdrawn', () => {
    expect(shareOut(byShares, yuan(100), holding({ a: -5, b: 60, c: 60 }))).toEqual({
      kind: 'short',
      missingFen: yuan(50),
      proposed: paid([b, 60], [c, 40]),
    });
  });
});

test('whatever the rule, shares add up to the award or to all that there is, and no fund gives more than it has', () => {
  const anyFen = fc.integer({ min: 0, max: 1_000_000 }).map(fen);
  fc.assert(
    fc.property(fc.constantFrom(inTurn, byShares), anyFen, anyFen, anyFen, anyFen, (rule, amount, inA, inB, inC) => {
      const available = new Map([
        [a, inA],
        [b, inB],
        [c, inC],
      ]);
      const mine = new Map(fundsOf(rule).map((each) => [each, available.get(each)!]));
      const result = shareOut(rule, amount, available);
      const shares = result.kind === 'shared' ? result.shares : result.proposed;
      expect(addFen(...shares.map((share) => share.amountFen))).toBe(Math.min(amount, addFen(...mine.values())));
      const canBeReserved = checkShares(shares, amount, mine).length === 0;
      expect(canBeReserved).toBe(addFen(...mine.values()) >= amount);
      expect(result.kind === 'short' ? result.missingFen > 0 : canBeReserved).toBe(true);
    }),
  );
});

describe('the approver’s own choice', () => {
  const available = holding({ a: 1_000, b: 500 });
  const check = (...shares: [FundId, number][]) => checkShares(paid(...shares), yuan(1_200), available);

  test('may be reserved if it adds up and every fund has the money', () => {
    expect(check([a, 700], [b, 500])).toEqual([]);
  });

  test('is told of too little and of too much', () => {
    expect(check([a, 700])).toEqual([{ kind: 'does-not-add-up', missingFen: yuan(500) }]);
    expect(check([a, 1_000], [b, 300])).toEqual([{ kind: 'does-not-add-up', missingFen: fen(-10_000) }]);
  });

  test('is told of a fund that has not enough', () => {
    expect(check([a, 600], [b, 600])).toEqual([{ kind: 'fund-short', fundId: b, missingFen: yuan(100) }]);
  });

  test('is told of a fund that is not for this programme', () => {
    expect(check([a, 1_000], [c, 200])).toEqual([{ kind: 'not-for-this-programme', fundId: c }]);
  });

  test('is told of a fund named twice, so that it is not drawn on twice', () => {
    expect(check([a, 600], [a, 600])).toEqual([{ kind: 'named-twice', fundId: a }]);
  });

  test('is told of a share that pays nothing or less', () => {
    expect(check([a, 1_000], [b, 200])).toEqual([]);
    const withNothing = paid([a, 1_000], [b, 0]);
    expect(checkShares(withNothing, yuan(1_000), available)).toEqual([{ kind: 'not-positive', fundId: b }]);
    expect(checkShares([{ fundId: b, amountFen: fen(-1) }], fen(-1), available)).toEqual([
      { kind: 'not-positive', fundId: b },
    ]);
  });
});
