import { describe, expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { staffWith } from '../../test/support/small-union.ts';
import type { Tie } from '../register/household.ts';
import type { Verdict } from './decision-request.ts';

const sum = { yuan: 3_000, visited: '2016-10-10' };
const reviewed = (story: Story) => {
  story.vote('member-1', 'recommend', sum);
  story.vote('leader-1', 'recommend', sum);
  return story;
};
const illness = (world: World) => begin(world, 'major-illness-relief');
const objectedTo = (world: World) => {
  const story = reviewed(illness(world));
  story.vote('officer-1', 'approve', sum);
  story.object();
  return story;
};

const stages: [string, string, Verdict, (world: World) => Story][] = [
  ['patch member reviewing', 'member-1', 'recommend', illness],
  ['leading group reviewing', 'leader-1', 'recommend', illness],
  ['officer advancing', 'officer-1', 'approve', (world) => begin(world, 'fire-damage')],
  ['officer approving', 'officer-1', 'approve', (world) => reviewed(illness(world))],
  [
    'chair approving',
    'chair-1',
    'approve',
    (world) => {
      const story = reviewed(begin(world, 'start-up-funding'));
      story.vote('officer-1', 'approve', sum);
      return story;
    },
  ],
  ['office admitting an objection', 'office-1', 'admit', objectedTo],
  [
    'officer settling an objection',
    'officer-2',
    'dismiss',
    (world) => {
      const story = objectedTo(world);
      story.vote('office-1', 'admit');
      return story;
    },
  ],
];
const ties: Tie[] = ['self', 'same-household', 'spouse', 'in-law', 'other-kin', 'paired', 'entered-it'];

describe.each(stages)('%s', (_what, who, verdict, come) => {
  test.each(ties)('promise 6: is barred by the tie "%s" found after the link went out', (tie) => {
    const world = emptyWorld();
    const story = come(world);
    expect(story.asked()).toContain(who);
    const before = story.file().votes.length;
    world.ties.set(who, tie);
    expect(story.vote(who, verdict, sum)).toBe('barred-by-interest');
    expect(story.file().votes).toHaveLength(before);
    expect(story.vote(who, 'recuse')).toBe('done');
  });

  test('promise 6: may answer without a tie, but not after the appointment has ended', () => {
    const world = emptyWorld();
    const story = come(world);
    const { staff } = world;
    world.staff = staff.map((each) => (each.personId === who ? staffWith(who, 'auditor') : each));
    expect(story.vote(who, verdict, sum)).toBe('not-allowed');
    world.staff = staff;
    expect(story.vote(who, verdict, sum)).toBe('done');
  });
});

describe('one person with two roles', () => {
  const alsoOfficer = (world: World, who: string) => {
    world.staff = world.staff.map((each) =>
      each.personId === who
        ? { ...each, appointments: [...each.appointments, ...staffWith(who, 'officer').appointments] }
        : each,
    );
  };

  test('promise 6: does not approve what they reviewed', () => {
    const world = emptyWorld();
    alsoOfficer(world, 'member-1');
    const story = reviewed(illness(world));
    expect(story.asked()).toEqual(['officer-1', 'officer-2', 'officer-3']);
    expect(story.reassign('office-1', 'member-1')).toBe('not-allowed');
    expect(story.vote('member-1', 'approve', sum)).toBe('not-your-turn');
  });

  test('promise 6: does not ratify the advance that they signed, nor sign two levels', () => {
    const world = emptyWorld();
    const story = begin(world, 'fire-damage');
    story.vote('officer-1', 'approve', sum);
    story.vote('officer-2', 'approve', sum);
    story.vote('member-1', 'recommend', sum);
    expect(story.asked()).toEqual(['officer-3', 'vice-1']);
    expect(story.vote('officer-1', 'approve', sum)).toBe('not-your-turn');

    const other = emptyWorld();
    other.ties.set('officer-2', 'in-law').set('officer-3', 'in-law');
    const startUp = reviewed(begin(other, 'start-up-funding'));
    startUp.vote('officer-1', 'approve', sum);
    expect(startUp.reassign('office-1', 'officer-1')).toBe('not-allowed');
  });

  test('promise 6: does not settle an objection to what they approved', () => {
    const story = objectedTo(emptyWorld());
    story.vote('office-1', 'admit');
    expect(story.asked()).toEqual(['officer-2', 'officer-3']);
    expect(story.vote('officer-1', 'dismiss')).toBe('not-your-turn');
  });

  test('promise 6: does not decide on the whole when they had a hand in paying its advance', () => {
    const world = emptyWorld();
    world.staff = world.staff.map((each) =>
      each.personId === 'officer-3'
        ? { ...each, appointments: [...each.appointments, ...staffWith('officer-3', 'finance').appointments] }
        : each,
    );
    const story = begin(world, 'fire-damage');
    for (const who of ['officer-1', 'officer-2']) expect(story.vote(who, 'approve', sum)).toBe('done');
    expect([story.release('finance-1', 0), story.confirm('officer-3', 0)]).toEqual(['done', 'done']);
    expect(story.vote('member-1', 'recommend', sum)).toBe('done');
    expect(story.asked()).toEqual(['vice-1']);
  });
});
