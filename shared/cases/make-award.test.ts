import { describe, expect, test } from 'vitest';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { seedOf } from '../../test/support/small-union.ts';
import type { FundShare } from '../funds/fund-rule.ts';
import type { Fund } from '../funds/fund.ts';
import { fundIdSchema, patchIdSchema, requestIdSchema } from '../kernel/ids.ts';
import { yuan } from '../kernel/money.ts';
import { asInstant, asLocalDate } from '../kernel/time.ts';
import type { Around } from './case-file.ts';
import { type Work, workOn } from './case-work.ts';
import { type Award, awardSchema, type DecisionRequest, type Vote, voteSchema } from './decision-request.ts';
import { makeAward } from './make-award.ts';

const at = asInstant('2016-10-10T02:00:00.000Z');
const share = (fundId: string, sum: number): FundShare => ({
  fundId: fundIdSchema.parse(fundId),
  amountFen: yuan(sum),
});
const [federation, union, power, administration] = [
  'municipal-federation',
  'group-union',
  'power-supply-company',
  'company-administration',
] as const;

type Desk = { readonly work: Work; readonly around: Around; readonly request: DecisionRequest };

/** A case on which an award is about to be made: what it holds already, and what its funds hold, in yuan. */
function deskOf(
  programme: 'major-illness-relief' | 'fire-damage',
  {
    budgets = {},
    awards = [],
    votes = [],
    around = {},
  }: {
    budgets?: Record<string, number>;
    awards?: readonly Award[];
    votes?: readonly Vote[];
    around?: Partial<Around>;
  } = {},
): Desk {
  const world = emptyWorld(budgets);
  const story = begin(world, programme);
  const request = { ...story.open(), requestId: requestIdSchema.parse('request-now'), purpose: 'approval' as const };
  const work = workOn({ ...story.file(), awards, votes }, story.around(), 'officer-1');
  return { work, around: { ...story.around(), ...around }, request };
}

/** The desk's funds, one of them on other terms. */
const withTerms = (desk: Desk, fundId: string, terms: Partial<Fund>): Fund[] =>
  desk.around.funds.map((fund) => (fund.fundId === fundId ? { ...fund, ...terms } : fund));
const everything = ['major-illness-relief', 'fire-damage', 'start-up-funding'].map((id) => seedOf(id).id);

const vote = (who: string, over: Record<string, unknown> = {}): Vote =>
  voteSchema.parse({
    caseId: 'case-1',
    requestId: 'request-now',
    personId: who,
    role: 'officer',
    purpose: 'approval',
    verdict: 'approve',
    contentVersion: 1,
    note: '',
    missing: [],
    at,
    ...over,
  });

const advance = (shares: readonly FundShare[], over: Record<string, unknown> = {}): Award =>
  awardSchema.parse({
    awardId: 'case-1.1',
    caseId: 'case-1',
    kind: 'advance',
    amountFen: shares.reduce((sum, { amountFen }) => sum + amountFen, 0),
    shares,
    signedBy: ['officer-1'],
    requestIds: ['request-before'],
    status: 'reserved',
    at,
    ...over,
  });

const made = ({ work }: Desk): Award => work.awards.at(-1)!;
const reserved = ({ work }: Desk): FundShare[] =>
  work.entries.filter(({ kind }) => kind === 'reserve').map(({ fundId, amountFen }) => ({ fundId, amountFen }));

describe('the cap of a household', () => {
  test('leaves what was not awarded yet, to the fen', () => {
    const desk = deskOf('major-illness-relief', { around: { awardedFen: yuan(5_000) } });
    const refusal = makeAward(desk.work, desk.around, desk.request, 'whole', yuan(1_000.01));
    expect(refusal).toEqual({ kind: 'refused', code: 'cap-passed', params: { leftFen: 100_000 } });
    expect(desk.work.awards).toEqual([]);
    expect(makeAward(desk.work, desk.around, desk.request, 'whole', yuan(1_000))).toBeUndefined();
    expect(made(desk).amountFen).toBe(100_000);
  });

  test('that has been passed leaves nothing, not less than nothing', () => {
    const desk = deskOf('major-illness-relief', { around: { awardedFen: yuan(7_000) } });
    const refusal = makeAward(desk.work, desk.around, desk.request, 'whole', yuan(1));
    expect(refusal).toEqual({ kind: 'refused', code: 'cap-passed', params: { leftFen: 0 } });
  });
});

describe('an award', () => {
  test('carries the signatures of those who approved this content for this purpose, and the requests they answered', () => {
    const votes = [
      vote('member-1', { purpose: 'review', verdict: 'recommend', requestId: 'review' }),
      vote('officer-1', { requestId: 'request-first-level' }),
      vote('officer-2', { contentVersion: 2 }),
      vote('officer-3', { verdict: 'decline' }),
      vote('vice-1', { purpose: 'advance' }),
      vote('chair-1'),
      vote('vice-2'),
    ];
    const desk = deskOf('major-illness-relief', { votes });
    expect(makeAward(desk.work, desk.around, desk.request, 'whole', yuan(3_000))).toBeUndefined();
    expect(made(desk)).toEqual({
      awardId: 'case-1.1',
      caseId: 'case-1',
      kind: 'whole',
      amountFen: 300_000,
      shares: [share(federation, 3_000)],
      signedBy: ['officer-1', 'chair-1', 'vice-2'],
      requestIds: ['request-first-level', 'request-now'],
      status: 'reserved',
      at: desk.around.now,
    });
    expect(reserved(desk)).toEqual([share(federation, 3_000)]);
    const details = { awardId: 'case-1.1', kind: 'whole', amountFen: 300_000, totalFen: 300_000 };
    expect(desk.work.facts).toEqual([{ event: 'award-made', details }]);
  });

  test('that no fund covers is not made, and says what is missing', () => {
    const desk = deskOf('major-illness-relief', { budgets: { [federation]: 1_000, [union]: 500 } });
    const refusal = makeAward(desk.work, desk.around, desk.request, 'whole', yuan(3_000));
    expect(refusal).toEqual({ kind: 'refused', code: 'funds-short', params: { missingFen: 150_000 } });
    expect(desk.work.entries).toEqual([]);
  });

  test('takes nothing from a fund that is not for its programme, though the rule names it', () => {
    const desk = deskOf('major-illness-relief');
    const funds = withTerms(desk, federation, { purpose: { programmes: [seedOf('fire-damage').id] } });
    expect(makeAward(desk.work, { ...desk.around, funds }, desk.request, 'whole', yuan(3_000))).toBeUndefined();
    expect(reserved(desk)).toEqual([share(union, 3_000)]);
  });

  test.each([
    ['whose days are over', { validity: { from: asLocalDate('2015-01-01'), until: asLocalDate('2016-10-09') } }],
    ['whose days have not come', { validity: { from: asLocalDate('2016-10-11') } }],
    ['without a budget in this year', { budgets: [{ year: 2015, amountFen: yuan(9_000) }] }],
    ['whose budget of this year is used up', { budgets: [{ year: 2016, amountFen: yuan(0) }] }],
    ['of another patch', { purpose: { programmes: everything, patches: [patchIdSchema.parse('elsewhere')] } }],
  ])('takes nothing from a fund %s', (_, terms) => {
    const desk = deskOf('major-illness-relief');
    const funds = withTerms(desk, federation, terms);
    expect(makeAward(desk.work, { ...desk.around, funds }, desk.request, 'whole', yuan(3_000))).toBeUndefined();
    expect(reserved(desk)).toEqual([share(union, 3_000)]);
  });

  test('takes no more from a fund than is left of its budget, and counts it against the year', () => {
    const desk = deskOf('major-illness-relief');
    const budgets = [{ year: 2016, amountFen: yuan(4_000) }];
    const funds = withTerms(desk, federation, { budgets, awarded: [{ year: 2016, amountFen: yuan(3_000) }] });
    expect(makeAward(desk.work, { ...desk.around, funds }, desk.request, 'whole', yuan(3_000))).toBeUndefined();
    expect(reserved(desk)).toEqual([share(federation, 1_000), share(union, 2_000)]);
    expect(desk.work.entries.map(({ kind, budgetYear }) => [kind, budgetYear])).toEqual([
      ['reserve', 2016],
      ['reserve', 2016],
    ]);
  });
});

describe('the approver’s own choice of funds', () => {
  const choosing = (shares: readonly FundShare[], over: Record<string, unknown> = {}, budgets = {}) =>
    deskOf('major-illness-relief', { votes: [vote('officer-1', { shares, ...over })], budgets });
  const award = (desk: Desk) => makeAward(desk.work, desk.around, desk.request, 'whole', yuan(3_000));
  const half = [share(federation, 1_000), share(union, 2_000)];

  test('counts instead of the programme’s order', () => {
    const desk = choosing(half);
    expect(award(desk)).toBeUndefined();
    expect(reserved(desk)).toEqual(half);
    expect(made(desk).shares).toEqual(half);
  });

  test.each([
    ['none was named', choosing([])],
    ['it was another request’s', choosing(half, { requestId: 'request-before' })],
    ['whoever named it declined', choosing(half, { verdict: 'decline' })],
  ])('does not count where %s', (_, desk) => {
    expect(award(desk)).toBeUndefined();
    expect(reserved(desk)).toEqual([share(federation, 3_000)]);
  });

  test('is that of the last who approved', () => {
    const votes = [vote('officer-1', { shares: half }), vote('officer-2', { shares: [share(union, 3_000)] })];
    const desk = deskOf('major-illness-relief', { votes });
    expect(award(desk)).toBeUndefined();
    expect(reserved(desk)).toEqual([share(union, 3_000)]);
  });

  test('is refused where a fund is short, and where the shares do not make the sum', () => {
    expect(award(choosing(half, {}, { [union]: 1_500 }))).toEqual({
      kind: 'refused',
      code: 'funds-short',
      params: { missingFen: 50_000, fundId: union, leftFen: 150_000 },
    });
    expect(award(choosing([share(union, 2_999)]))).toEqual({
      kind: 'refused',
      code: 'shares-do-not-add-up',
      params: { amountFen: 300_000 },
    });
  });

  test.each([
    ['expired', { validity: { from: asLocalDate('2015-01-01'), until: asLocalDate('2016-10-09') } }],
    ['no-budget-this-year', { budgets: [{ year: 2017, amountFen: yuan(9_000) }] }],
    ['not-for-this-programme', { purpose: { programmes: [seedOf('fire-damage').id] } }],
  ])('is refused with the reason where a chosen fund may not pay: %s', (why, terms) => {
    const desk = choosing(half);
    const funds = withTerms(desk, union, terms);
    expect(makeAward(desk.work, { ...desk.around, funds }, desk.request, 'whole', yuan(3_000))).toEqual({
      kind: 'refused',
      code: 'fund-may-not-pay',
      params: { fundId: union, why },
    });
    expect(desk.work.entries).toEqual([]);
  });

  test('of a fund that nobody has is refused as one that is not for this', () => {
    const unknown = choosing([{ fundId: fundIdSchema.parse('nowhere'), amountFen: yuan(3_000) }]);
    expect(award(unknown)).toMatchObject({ code: 'fund-may-not-pay', params: { why: 'not-for-this-programme' } });
  });
});

describe('after an advance', () => {
  const rule = [share(union, 1_500), share(power, 900), share(administration, 600)];
  const ratify = (desk: Desk, sum: number) => makeAward(desk.work, desk.around, desk.request, 'whole', yuan(sum));

  test('every fund pays its share of the whole less what it advanced, and the advance is ratified', () => {
    const desk = deskOf('fire-damage', { awards: [advance(rule)] });
    expect(ratify(desk, 6_000)).toBeUndefined();
    expect(made(desk)).toMatchObject({ awardId: 'case-1.2', amountFen: 300_000, shares: rule });
    expect(desk.work.awards[0]).toMatchObject({ kind: 'advance', ratifiedByAward: 'case-1.2' });
    expect(desk.work.case.owedFen).toBeUndefined();
  });

  test('a fund that advanced its whole share pays nothing more', () => {
    const desk = deskOf('fire-damage', { awards: [advance([share(union, 3_000)])] });
    expect(ratify(desk, 6_000)).toBeUndefined();
    expect(reserved(desk)).toEqual([share(power, 1_800), share(administration, 1_200)]);
  });

  test('a fund that advanced more than its share cannot get it back: the rest goes by the rule', () => {
    const desk = deskOf('fire-damage', { awards: [advance([share(union, 4_000)])] });
    expect(ratify(desk, 6_000)).toBeUndefined();
    expect(reserved(desk)).toEqual([share(union, 1_000), share(power, 600), share(administration, 400)]);
  });

  test('two advances count together', () => {
    const awards = [
      advance([share(union, 1_000)]),
      advance([share(union, 500), share(power, 300)], { awardId: 'case-1.2' }),
    ];
    const desk = deskOf('fire-damage', { awards });
    expect(ratify(desk, 6_000)).toBeUndefined();
    expect(reserved(desk)).toEqual([share(union, 1_500), share(power, 1_500), share(administration, 1_200)]);
    expect(desk.work.awards.map(({ ratifiedByAward }) => ratifiedByAward)).toEqual(['case-1.3', 'case-1.3', undefined]);
  });

  test('what a fund has advanced is not asked of it again', () => {
    const budgets = { [union]: 1_500, [power]: 900, [administration]: 600 };
    const desk = deskOf('fire-damage', { awards: [advance(rule)], budgets });
    expect(ratify(desk, 6_000)).toBeUndefined();
    expect(reserved(desk)).toEqual(rule);
    const short = deskOf('fire-damage', { awards: [advance(rule)], budgets: { ...budgets, [power]: 899 } });
    expect(ratify(short, 6_000)).toMatchObject({ code: 'funds-short' });
  });

  test('one that was taken back counts for nothing', () => {
    const desk = deskOf('fire-damage', { awards: [advance(rule, { status: 'released' })] });
    expect(ratify(desk, 6_000)).toBeUndefined();
    expect(made(desk).amountFen).toBe(600_000);
    expect(desk.work.awards[0]!.ratifiedByAward).toBeUndefined();
  });

  test('of a programme that pays in turn, the rest goes on in turn', () => {
    const desk = deskOf('major-illness-relief', {
      awards: [advance([share(federation, 1_000)])],
      budgets: { [federation]: 500 },
    });
    expect(ratify(desk, 3_000)).toBeUndefined();
    expect(reserved(desk)).toEqual([share(federation, 500), share(union, 1_500)]);
  });

  test.each([
    [3_000, undefined],
    [2_000, 100_000],
  ])('a whole award of %d yuan reserves nothing; what was advanced too much is owed', (sum, owedFen) => {
    const desk = deskOf('fire-damage', { awards: [advance(rule)] });
    expect(ratify(desk, sum)).toBeUndefined();
    expect(made(desk)).toMatchObject({ amountFen: 0, shares: [], status: 'paid' });
    expect(reserved(desk)).toEqual([]);
    expect(desk.work.case.owedFen).toBe(owedFen);
  });
});
