import { describe, expect, test } from 'vitest';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { yuan } from '../kernel/money.ts';
import { asInstant } from '../kernel/time.ts';
import { type Work, workOn } from './case-work.ts';
import { type Award, awardSchema } from './decision-request.ts';
import { takeBack, tallyCase } from './take-back.ts';

const december = asInstant('2015-12-30T02:00:00.000Z');
const [january, october] = [asInstant('2016-01-04T02:00:00.000Z'), asInstant('2016-10-10T02:00:00.000Z')];

const award = (number: number, over: Record<string, unknown> = {}): Award =>
  awardSchema.parse({
    awardId: `case-1.${number}`,
    caseId: 'case-1',
    kind: 'whole',
    amountFen: yuan(1_000),
    shares: [{ fundId: 'group-union', amountFen: yuan(1_000) }],
    signedBy: ['officer-1'],
    requestIds: ['request-1'],
    status: 'reserved',
    at: january,
    ...over,
  });

/** A case of today, a Monday in October 2016, with awards from before. */
function deskOf(
  awards: readonly Award[],
  {
    programme = 'major-illness-relief',
    tallyKey,
  }: { programme?: 'major-illness-relief' | 'fire-damage' | 'start-up-funding'; tallyKey?: string } = {},
) {
  const story = begin(emptyWorld(), programme);
  const file = story.file();
  const theCase = { ...file.case, ...(tallyKey === undefined ? {} : { tallyKey }) };
  return { work: workOn({ ...file, case: theCase, awards }, story.around(), 'officer-1'), around: story.around() };
}

const tallied = ({ work, around }: { work: Work; around: Parameters<typeof tallyCase>[1] }) => {
  tallyCase(work, around);
  return work.tally;
};

describe('a case counts against the cap of its household', () => {
  test('for all that its awards come to; one that was given back counts for nothing', () => {
    const awards = [award(1, { status: 'released' }), award(2, { status: 'paid' }), award(3)];
    const desk = deskOf(awards);
    expect(tallied(desk)).toEqual({
      capKey: desk.around.capKey,
      householdId: 'household-1',
      amountFen: 200_000,
      maxFen: 600_000,
      on: '2016-01-04',
      since: '2016-01-01',
    });
    expect(desk.work.case.tallyKey).toBe(desk.around.capKey);
  });

  test('in the year of the first award that stands, under the name of that year, also when it changes in the next', () => {
    const name = 'major-illness-relief/household-1/2015';
    const awards = [
      award(1, { status: 'released', at: october }),
      award(2, { at: december }),
      award(3, { at: october }),
    ];
    const desk = deskOf(awards, { tallyKey: name });
    expect(tallied(desk)).toMatchObject({ capKey: name, on: '2015-12-30', since: '2015-01-01' });
    expect(desk.work.case.tallyKey).toBe(name);
  });

  test('no more once every award was given back; in the year of the last of them, whose name is forgotten', () => {
    const name = 'major-illness-relief/household-1/2015';
    const awards = [award(1, { status: 'released', at: october }), award(2, { status: 'released', at: december })];
    const desk = deskOf(awards, { tallyKey: name });
    expect(tallied(desk)).toMatchObject({ capKey: name, amountFen: 0, on: '2015-12-30' });
    expect(desk.work.case.tallyKey).toBeUndefined();
  });

  test('from today on where it has no award', () => {
    expect(tallied(deskOf([]))).toMatchObject({ amountFen: 0, on: '2016-10-10', since: '2016-01-01' });
  });

  test('of a programme that caps by incident whatever the day, and of one that caps by months since so many months', () => {
    const byIncident = tallied(deskOf([award(1)], { programme: 'fire-damage' }));
    expect(byIncident).not.toHaveProperty('since');
    const byMonths = tallied(deskOf([award(1)], { programme: 'start-up-funding' }));
    expect(byMonths).toMatchObject({ on: '2016-01-04', since: '2013-01-04' });
  });
});

describe('taking back', () => {
  test('touches nothing where nothing was awarded', () => {
    const { work, around } = deskOf([]);
    takeBack(work, around);
    expect([work.tally, work.entries, work.case.owedFen]).toEqual([undefined, [], undefined]);
  });

  test('releases what no bank was told to pay: nothing is owed, and nothing counts', () => {
    const { work, around } = deskOf([award(1)]);
    takeBack(work, around);
    expect(work.entries.map(({ kind, amountFen }) => [kind, amountFen])).toEqual([['release', 100_000]]);
    expect(work.case.owedFen).toBeUndefined();
    expect(work.tally?.amountFen).toBe(0);
  });

  test('leaves what was paid: it is owed, and goes on counting', () => {
    const { work, around } = deskOf([award(1, { kind: 'advance', status: 'paid' }), award(2)]);
    takeBack(work, around);
    expect(work.case.owedFen).toBe(100_000);
    expect(work.tally?.amountFen).toBe(100_000);
  });
});

test('what is taken back of an award counts no more against the budget of the year in which it was made', () => {
  const desk = deskOf([award(1, { at: december }), award(2, { at: october })]);
  takeBack(desk.work, desk.around);
  expect(desk.work.entries.map(({ kind, awardId, budgetYear }) => [kind, awardId, budgetYear])).toEqual([
    ['release', 'case-1.1', 2015],
    ['release', 'case-1.2', 2016],
  ]);
});
