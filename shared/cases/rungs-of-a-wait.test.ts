import { describe, expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { contentFor, person, seedOf } from '../../test/support/small-union.ts';
import { asInstant, localDateOf } from '../kernel/time.ts';

const climbed = (world: World, { caseId }: Story) =>
  (world.audit.get(caseId) ?? [])
    .filter(({ event }) => event === 'rung-climbed')
    .map(({ at, details }) => [localDateOf(at), details.rung]);
const alarms = (world: World, { caseId }: Story) =>
  (world.audit.get(caseId) ?? []).filter(({ event }) => event === 'overdue').map(({ at }) => localDateOf(at));
const agreed = (story: Story) => {
  story.vote('member-1', 'recommend', { yuan: 3_000 });
  story.vote('leader-1', 'recommend', { yuan: 3_000 });
};

describe('a wait that nobody answers', () => {
  test('promise 18: reminds, asks the deputy, then the head, goes to the office, rings again every 5 working days and never decides', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.workingDays(2);
    expect(story.mailed('reminder')).toEqual(['member-1', 'leader-1']);
    expect(story.asked()).toEqual(['member-1', 'leader-1']);
    story.workingDays(2);
    expect(story.asked()).toEqual(['member-1', 'leader-1', 'deputy-1']);
    story.workingDays(3);
    expect(story.asked()).toEqual(['member-1', 'leader-1', 'deputy-1', 'head-1']);
    expect(story.mailed('stand-in')).toEqual(['deputy-1', 'head-1']);
    expect(story.mailed('overdue-office')).toEqual([]);
    expect(story.file().case.waiting?.isOverdue).toBe(false);
    story.workingDays(2);
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2']);
    expect(story.mailed('overdue-applicant')).toEqual(['applicant']);
    expect(story.file().case.waiting?.isOverdue).toBe(true);
    expect(climbed(world, story)).toEqual([
      ['2016-10-12', 'remind'],
      ['2016-10-14', 'deputy'],
      ['2016-10-19', 'head'],
      ['2016-10-21', 'overdue'],
    ]);
    story.workingDays(15);
    expect(alarms(world, story)).toEqual(['2016-10-21', '2016-10-28', '2016-11-04', '2016-11-11']);

    story.until(asInstant('2017-10-10T02:00:00.000Z'));
    expect(story.status()).toBe('in-review');
    expect(story.file().votes).toEqual([]);
    expect(story.file().requests.map(({ status }) => status)).toEqual(['open']);
    expect(alarms(world, story).length).toBeGreaterThan(45);
    expect(story.mailed('overdue-applicant')).toEqual(['applicant']);
  });

  test('promise 19: mails one reminder a rung to each who was asked before it and has not answered', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.workingDays(9);
    const reminders = (who: string) => story.mailed('reminder').filter((each) => each === who).length;
    expect(['member-1', 'leader-1', 'deputy-1', 'head-1'].map(reminders)).toEqual([4, 4, 2, 1]);
    expect(story.mailed('decide')).toEqual(['member-1', 'leader-1']);
    story.runWorkflow();
    story.runWorkflow();
    expect(['member-1', 'leader-1', 'deputy-1', 'head-1'].map(reminders)).toEqual([4, 4, 2, 1]);
  });

  test('promise 19: does not remind who has answered, and a reminder carries the same link', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.vote('member-1', 'recommend', { yuan: 3_000 });
    story.workingDays(4);
    expect(story.mailed('reminder')).toEqual(['leader-1', 'leader-1']);
    expect(world.links.filter(({ personId }) => personId === person('leader-1'))).toHaveLength(1);
  });

  test('promise 18: takes an answer as well after it has become overdue', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.workingDays(30);
    expect(story.vote('member-1', 'recommend', { yuan: 3_000 })).toBe('done');
    expect(story.vote('head-1', 'recommend', { yuan: 3_000 })).toBe('done');
    expect(story.status()).toBe('in-approval');
    expect(story.file().case.waiting?.isOverdue).toBe(false);
  });

  test('promise 18: counts clock hours after a fire, nights and weekends included', () => {
    const world = emptyWorld();
    world.now = asInstant('2016-10-14T10:00:00.000Z');
    const story = begin(world, 'fire-damage');
    story.hours(4);
    expect(story.mailed('reminder')).toEqual(['officer-1', 'officer-2', 'officer-3']);
    story.hours(20);
    expect(story.asked()).toContain('vice-1');
    story.hours(12);
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2']);
    expect(story.status()).toBe('in-advance');
  });

  test('promise 18: at finance reminds them, goes to the office, and pays nothing', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    agreed(story);
    story.vote('officer-1', 'approve', { yuan: 3_000 });
    story.until(story.file().case.noticeUntil!);
    expect(story.status()).toBe('in-payment');
    story.workingDays(30);
    expect(story.status()).toBe('in-payment');
    expect(story.mailed('reminder').filter((who) => who === 'finance-1').length).toBeGreaterThan(0);
    expect(story.mailed('overdue-office').length).toBeGreaterThan(4);
    expect(story.file().payouts.map(({ status }) => status)).toEqual(['ordered']);
  });
});

describe('a returned application', () => {
  const returned = () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.vote('member-1', 'return');
    expect(story.status()).toBe('returned');
    return story;
  };

  test('promise 18: lapses 10 working days later, not before, and can be taken up once', () => {
    const story = returned();
    story.workingDays(9);
    expect(story.status()).toBe('returned');
    story.workingDays(1);
    expect(story.status()).toBe('lapsed');
    expect(story.mailed('lapsed')).toEqual(['applicant']);
    expect(story.reopen()).toBe('done');
    expect(story.status()).toBe('returned');
    story.workingDays(10);
    expect(story.status()).toBe('lapsed');
    expect(story.reopen()).toBe('reopened-before');
    expect(story.status()).toBe('lapsed');
  });

  test('corrected after it was taken up again goes back to the reviewers', () => {
    const story = returned();
    story.workingDays(10);
    story.reopen();
    expect(story.resubmit(contentFor(seedOf('major-illness-relief')))).toBe('done');
    expect(story.status()).toBe('in-review');
    expect(story.asked()).toEqual(['member-1', 'leader-1']);
  });
});

describe('where those who were asked cannot agree', () => {
  test('two who differ have the deputy asked at once', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    story.vote('member-1', 'recommend', { yuan: 3_000 });
    expect(story.asked()).not.toContain('deputy-1');
    story.vote('leader-1', 'decline');
    expect(story.asked()).toEqual(['member-1', 'leader-1', 'deputy-1']);
    expect(story.mailed('decide')).toEqual(['member-1', 'leader-1', 'deputy-1']);
    expect(story.vote('deputy-1', 'recommend', { yuan: 3_000 })).toBe('done');
    expect(story.status()).toBe('in-approval');
  });

  test('who steps aside is followed by the next at once, and is reminded no more', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    expect(story.vote('leader-1', 'recuse')).toBe('done');
    expect(story.asked()).toEqual(['member-1', 'deputy-1']);
    story.workingDays(2);
    expect(story.mailed('reminder')).toEqual(['member-1', 'deputy-1']);
    expect(story.vote('leader-1', 'recommend', { yuan: 3_000 })).toBe('decided-before');
  });

  test('a barred chair is followed by the vice-chair at once', () => {
    const world = emptyWorld();
    world.ties.set('chair-1', 'sibling');
    const story = begin(world, 'start-up-funding');
    story.vote('member-1', 'recommend', { yuan: 3_000, visited: '2016-10-10' });
    story.vote('leader-1', 'recommend', { yuan: 3_000, visited: '2016-10-10' });
    story.vote('officer-1', 'approve', { yuan: 3_000 });
    expect(story.asked()).toEqual(['vice-1']);
    expect(story.mailed('overdue-office')).toEqual([]);
  });

  test('promise 18: nobody eligible is the office’s matter at once, and it can add a signer', () => {
    const world = emptyWorld();
    for (const who of ['officer-1', 'officer-2', 'officer-3', 'vice-1']) world.ties.set(who, 'other-kin');
    const story = begin(world, 'major-illness-relief');
    agreed(story);
    expect(story.status()).toBe('in-approval');
    expect(story.asked()).toEqual([]);
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2']);
    expect(story.file().case.waiting?.isOverdue).toBe(true);
    expect(story.reassign('office-1', 'officer-1')).toBe('not-allowed');
    expect(story.reassign('office-1', 'member-1')).toBe('not-allowed');
    expect(story.reassign('office-1', 'chair-1')).toBe('done');
    expect(story.asked()).toEqual(['chair-1']);
    expect(story.vote('chair-1', 'approve', { yuan: 3_000 })).toBe('done');
    expect(story.status()).toBe('on-notice');
    expect(story.file().awards[0]!.signedBy).toEqual(['chair-1']);
  });

  test('promise 24: who is asked back after leaving for a tie that was a mistake gets a new link; the old one stays dead', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    world.ties.set('member-1', 'in-law');
    story.workingDays(3);
    expect(story.asked()).not.toContain('member-1');
    world.ties.delete('member-1');
    expect(story.reassign('office-1', 'member-1')).toBe('done');
    expect(story.asked()).toContain('member-1');
    const generations = world.links.filter(({ personId }) => personId === 'member-1').map((link) => link.generation);
    expect(generations).toEqual([1, 2]);
    expect(story.open().seats.find(({ personId }) => personId === 'member-1')!.generation).toBe(2);
  });
});
