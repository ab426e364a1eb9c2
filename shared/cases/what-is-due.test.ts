import { describe, expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { contentFor, person, seedOf, smallStaff } from '../../test/support/small-union.ts';
import { addMs, asInstant, type Instant, lastDayBefore } from '../kernel/time.ts';
import { can } from './can.ts';
import type { ScheduledItem } from './scheduled-item.ts';

/** A Tuesday night in October 2016, as the fire of the union's real year. */
const fireNight = asInstant('2016-10-11T14:30:00.000Z');
const identity = ['call-out-receipt', 'id-card', 'bank-card'] as const;

function fire(world: World = emptyWorld()): Story {
  world.now = fireNight;
  return begin(world, 'fire-damage');
}

function advanced(world: World = emptyWorld()): Story {
  const story = fire(world);
  story.vote('officer-1', 'approve', { yuan: 3_000 });
  story.vote('officer-2', 'approve', { yuan: 3_000 });
  return story;
}

function payOut(story: Story): void {
  for (const status of ['ordered', 'sent'] as const) {
    story.file().payouts.forEach((payout, index) => {
      if (payout.status !== status) return;
      if (status === 'ordered') story.release('finance-1', index);
      else story.confirm('finance-2', index);
    });
  }
}

function onNotice(story: Story): void {
  story.vote('member-1', 'recommend', { yuan: 4_000, visited: '2016-10-11' });
  story.vote('officer-3', 'approve', { yuan: 4_000 });
  story.vote('vice-1', 'approve', { yuan: 4_000 });
  expect(story.status()).toBe('on-notice');
}

function paidIllness(world: World): Story {
  const story = begin(world, 'major-illness-relief');
  story.vote('member-1', 'recommend', { yuan: 3_000 });
  story.vote('leader-1', 'recommend', { yuan: 3_000 });
  story.vote('officer-1', 'approve', { yuan: 3_000 });
  story.until(story.file().case.noticeUntil!);
  payOut(story);
  expect(story.status()).toBe('paid');
  return story;
}

const dueDays = (story: Story) =>
  Object.fromEntries(
    story
      .file()
      .scheduled.filter(({ status }) => status === 'waiting')
      .map(({ itemId, dueAt }) => [itemId.slice(story.caseId.length + 1), lastDayBefore(dueAt)]),
  );
const statuses = (story: Story) =>
  Object.fromEntries(
    story.file().scheduled.map(({ itemId, status }) => [itemId.slice(story.caseId.length + 1), status]),
  );
const advanceItem = ({ caseId }: Story) => `advance-payment.${caseId}.1`;
const chainItem = ({ caseId }: Story) => `chain.${caseId}.1`;
const overdue = (world: World, { caseId }: Story) =>
  (world.audit.get(caseId) ?? [])
    .filter(({ event, details }) => event === 'overdue' && details.kind !== undefined)
    .map(({ details }) => details.kind);

/** Every hour until a moment, as the schedule does. */
function sweepUntil(world: World, story: Story, to: Instant): void {
  for (let at = world.now; at < to; at = addMs(at, 6 * 3_600_000)) {
    story.until(at);
    story.sweep();
  }
  story.until(to);
  story.sweep();
}

describe('what comes due on a case', () => {
  test('after a fire was let in: the papers that may follow, each on its own day', () => {
    expect(dueDays(fire())).toEqual({
      'paper.call-out-receipt': '2016-10-18',
      'paper.id-card': '2016-10-18',
      'paper.bank-card': '2016-10-18',
      'paper.fire-certificate': '2016-12-10',
    });
  });

  test('after its advance: the payment by finance’s rungs, the chain within 15 working days', () => {
    const story = advanced();
    expect(dueDays(story)).toMatchObject({ [chainItem(story)]: '2016-11-01', 'paper.id-card': '2016-10-18' });
    expect(story.item(advanceItem(story))).toMatchObject({
      dueAt: '2016-10-12T14:30:00.000Z',
      rungs: [{ rung: 'remind' }, { rung: 'overdue' }],
    });
  });

  test('papers that cannot be put off are due five working days after the advance at the latest; a certificate keeps its day', () => {
    const world = emptyWorld();
    // A Saturday and a Sunday on which people worked: five working days end before the week does.
    world.now = asInstant('2016-10-08T02:00:00.000Z');
    const story = begin(world, 'fire-damage', { answers: { incidentDate: '2016-10-07' } });
    expect(dueDays(story)).toMatchObject({ 'paper.id-card': '2016-10-15', 'paper.fire-certificate': '2016-12-07' });
    story.vote('officer-1', 'approve', { yuan: 3_000 });
    story.vote('officer-2', 'approve', { yuan: 3_000 });
    expect(dueDays(story)).toMatchObject({ 'paper.id-card': '2016-10-13', 'paper.fire-certificate': '2016-12-07' });
  });

  test('papers that came with the application are not waited for', () => {
    const story = begin(emptyWorld(), 'major-illness-relief');
    expect(story.file().scheduled).toEqual([]);
  });

  test('scheduled twice is one: a change that goes through intake again schedules nothing anew', () => {
    const world = emptyWorld();
    const story = fire(world);
    const before = story.file().scheduled;
    world.now = addMs(world.now, 3_600_000);
    expect(story.edit(contentFor(seedOf('fire-damage')))).toBe('done');
    expect(story.status()).toBe('in-advance');
    expect(story.file().scheduled).toEqual(before);
  });

  test('after the last payment: the programme’s visits, counted from it', () => {
    const story = paidIllness(emptyWorld());
    expect(dueDays(story)).toEqual({ 'visit.1': '2016-11-17' });
  });
});

describe('what is due is done', () => {
  test('when its papers come, also by a correction, and the advance and the chain when they are paid', () => {
    const story = advanced();
    expect(story.bring('id-card')).toBe('done');
    expect(statuses(story)).toMatchObject({ 'paper.id-card': 'done', 'paper.bank-card': 'waiting' });
    payOut(story);
    expect(statuses(story)).toMatchObject({ [advanceItem(story)]: 'done', [chainItem(story)]: 'waiting' });

    story.vote('member-1', 'return');
    const content = contentFor(seedOf('fire-damage'));
    const brought = identity.map((paperId) => ({ ...content.papers[0]!, paperId, fileId: paperId }));
    expect(story.resubmit({ ...content, papers: [...content.papers, ...brought] })).toBe('done');
    expect(statuses(story)).toMatchObject({ 'paper.bank-card': 'done', 'paper.call-out-receipt': 'done' });
    onNotice(story);
    story.until(story.file().case.noticeUntil!);
    payOut(story);
    expect(statuses(story)).toEqual({
      'bank-answer.case-1.1.1.1': 'done',
      'bank-answer.case-1.1.2.1': 'done',
      'bank-answer.case-1.1.3.1': 'done',
      'bank-answer.case-1.2.1.1': 'done',
      'bank-answer.case-1.2.2.1': 'done',
      'bank-answer.case-1.2.3.1': 'done',
      'paper.call-out-receipt': 'done',
      'paper.id-card': 'done',
      'paper.bank-card': 'done',
      'paper.fire-certificate': 'waiting',
      [advanceItem(story)]: 'done',
      [chainItem(story)]: 'done',
      'home-visit.1': 'cancelled',
      'home-visit.2': 'done',
      'visit.1': 'waiting',
    });
    expect(story.bring('fire-certificate')).toBe('done');
    expect(statuses(story)).toMatchObject({ 'paper.fire-certificate': 'done' });
  });

  test('and due again where a correction leaves a paper out that had come', () => {
    const story = advanced();
    story.bring('id-card');
    story.vote('member-1', 'return');
    story.resubmit(contentFor(seedOf('fire-damage')));
    expect(statuses(story)).toMatchObject({ 'paper.id-card': 'waiting' });
  });

  test('a withdrawn case cancels everything', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.withdraw();
    expect(new Set(Object.values(statuses(story)))).toEqual(new Set(['cancelled']));
    sweepUntil(world, story, addMs(world.now, 90 * 86_400_000));
    expect(overdue(world, story)).toEqual([]);
    expect(story.mailed('paper-due')).toEqual([]);
  });

  test('a lapsed case cancels it, and taken up again it is due again', () => {
    const world = emptyWorld();
    const story = advanced(world);
    payOut(story);
    story.vote('member-1', 'return');
    story.workingDays(10);
    expect(story.status()).toBe('lapsed');
    expect(statuses(story)).toMatchObject({ 'paper.id-card': 'cancelled', [chainItem(story)]: 'cancelled' });
    story.reopen();
    story.resubmit(contentFor(seedOf('fire-damage')));
    expect(statuses(story)).toMatchObject({ 'paper.id-card': 'waiting', [chainItem(story)]: 'waiting' });
  });

  test('what is with the bank when a case is declined is waited for until it is confirmed', () => {
    const story = advanced();
    story.release('finance-1', 0);
    story.vote('member-1', 'decline');
    expect(story.status()).toBe('declined');
    expect(statuses(story)).toMatchObject({ [advanceItem(story)]: 'waiting', 'paper.id-card': 'cancelled' });
    story.confirm('finance-2', 0);
    expect(statuses(story)).toMatchObject({ [advanceItem(story)]: 'done' });
  });
});

describe('the hourly sweep', () => {
  test('reminds once before the day and hands over once on it, and nothing moves the case', () => {
    const world = emptyWorld();
    const story = fire(world);
    sweepUntil(world, story, asInstant('2016-10-16T00:59:00.000Z'));
    expect(story.mailed('paper-due')).toEqual([]);
    sweepUntil(world, story, asInstant('2016-10-16T01:00:00.000Z'));
    expect(story.mailed('paper-due')).toEqual(['applicant']);
    sweepUntil(world, story, asInstant('2016-10-18T15:59:00.000Z'));
    expect(story.mailed('paper-overdue')).toEqual([]);
    sweepUntil(world, story, asInstant('2016-11-30T00:00:00.000Z'));
    expect(story.mailed('paper-due')).toEqual(['applicant']);
    expect(story.mailed('paper-overdue')).toEqual(['applicant']);
    expect(story.mailed('item-overdue')).toEqual(['office-1', 'office-2']);
    expect(overdue(world, story).filter((kind) => kind === 'paper')).toHaveLength(3);
    expect(story.status()).toBe('in-advance');
  });

  test('tells papers that are due at once in one mail, and one that is put off or brought not at all', () => {
    const world = emptyWorld();
    const story = fire(world);
    story.bring('id-card');
    story.extend('office-1', 'fire-certificate', '2017-02-28');
    sweepUntil(world, story, asInstant('2016-12-31T00:00:00.000Z'));
    expect(story.mailed('paper-due')).toHaveLength(1);
    expect(overdue(world, story)).toEqual(['paper', 'paper']);
    expect(statuses(story)).toMatchObject({ 'paper.id-card': 'done', 'paper.bank-card': 'waiting' });
    expect(story.item('paper.fire-certificate').climbed).toBe(0);
  });

  test('mails nothing after what was due is done', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.bring(...identity);
    payOut(story);
    story.vote('member-1', 'recommend', { yuan: 4_000, visited: '2016-10-11' });
    sweepUntil(world, story, asInstant('2016-10-24T00:00:00.000Z'));
    for (const template of ['paper-due', 'paper-overdue', 'advance-unpaid', 'item-overdue'] as const) {
      expect(story.mailed(template)).toEqual([]);
    }
  });

  test('tells only the later of two rungs that have passed at once', () => {
    const world = emptyWorld();
    const story = fire(world);
    world.now = asInstant('2016-10-20T00:00:00.000Z');
    expect(story.sweep()).toBe(true);
    expect(story.mailed('paper-due')).toEqual([]);
    expect(story.mailed('paper-overdue')).toEqual(['applicant']);
    const { climbed, rungs } = story.item('paper.id-card');
    expect(climbed).toBe(rungs.length);
    expect(story.sweep()).toBe(false);
  });

  test('reminds finance of an unpaid advance while the case is under review, and hands it over a day later', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.bring(...identity);
    sweepUntil(world, story, addMs(fireNight, 5 * 3_600_000));
    expect(story.mailed('advance-unpaid')).toEqual(['finance-1', 'finance-2']);
    sweepUntil(world, story, addMs(fireNight, 25 * 3_600_000));
    expect(overdue(world, story)).toContain('advance-payment');
    expect(story.mailed('advance-unpaid')).toHaveLength(2);
  });

  test('of a chain that takes too long reminds whoever is asked, and the office', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.bring(...identity);
    payOut(story);
    story.vote('member-1', 'recommend', { yuan: 4_000, visited: '2016-10-11' });
    world.now = asInstant('2016-10-25T01:00:00.000Z');
    const before = story.mailed('reminder').length;
    expect(story.sweep()).toBe(true);
    expect(story.mailed('chain-due')).toEqual(['office-1', 'office-2']);
    expect(story.mailed('reminder').slice(before)).toEqual(story.asked());
    world.now = asInstant('2016-11-02T00:00:00.000Z');
    story.sweep();
    expect(overdue(world, story)).toContain('chain');
    expect(story.status()).toBe('in-approval');
  });

  test('reminds the patch member of a visit; where that is a relative, the deputy', () => {
    for (const [related, visitor] of [
      ['nobody', 'member-1'],
      ['member-1', 'deputy-1'],
    ] as const) {
      const world = emptyWorld();
      const story = paidIllness(world);
      world.ties.set(related, 'sibling');
      sweepUntil(world, story, asInstant('2016-11-17T00:00:00.000Z'));
      expect(story.mailed('visit-due')).toEqual([visitor]);
      sweepUntil(world, story, asInstant('2016-11-18T00:00:00.000Z'));
      expect(overdue(world, story)).toEqual(['visit']);
    }
  });
});

describe('the home visit of a review', () => {
  const homeVisit = (story: Story, version = 1) => statuses(story)[`home-visit.${version}`];

  test('is due within the programme’s working days; the patch member is reminded, then the office sees to it', () => {
    const world = emptyWorld();
    const story = advanced(world);
    // Advanced on Tuesday night the 11th: three working days are over with Friday.
    expect(dueDays(story)).toMatchObject({ 'home-visit.1': '2016-10-14' });
    sweepUntil(world, story, asInstant('2016-10-13T03:00:00.000Z'));
    expect(story.mailed('home-visit-due')).toEqual(['member-1']);
    sweepUntil(world, story, asInstant('2016-10-14T15:00:00.000Z'));
    expect(overdue(world, story)).not.toContain('home-visit');
    sweepUntil(world, story, asInstant('2016-10-15T00:00:00.000Z'));
    expect(overdue(world, story)).toContain('home-visit');
    expect([story.status(), story.mailed('home-visit-due')]).toEqual(['in-review', ['member-1']]);
  });

  test('is done by the answer that brings its day, and cancelled when the review ends without one', () => {
    const visited = advanced();
    visited.vote('member-1', 'recommend', { yuan: 4_000, visited: '2016-10-11' });
    expect([homeVisit(visited), visited.status()]).toEqual(['done', 'in-approval']);
    const returned = advanced();
    returned.vote('member-1', 'return');
    expect([homeVisit(returned), returned.status()]).toEqual(['cancelled', 'returned']);
  });

  test('is due anew for a corrected application: what was seen before it counts no more', () => {
    const world = emptyWorld();
    const story = advanced(world);
    story.vote('member-1', 'return', { visited: '2016-10-11' });
    expect(homeVisit(story)).toBe('done');
    world.now = asInstant('2016-10-17T02:00:00.000Z');
    story.resubmit(contentFor(seedOf('fire-damage')));
    expect([homeVisit(story), homeVisit(story, 2)]).toEqual(['done', 'waiting']);
    expect(dueDays(story)).toMatchObject({ 'home-visit.2': '2016-10-20' });
  });

  test('is not waited for where no sum could ask for one, nor where the programme names no days', () => {
    expect(homeVisit(begin(emptyWorld(), 'major-illness-relief'))).toBeUndefined();
    const seed = seedOf('fire-damage');
    const stages = seed.stages.map((stage) =>
      stage.kind === 'review' ? { ...stage, homeVisit: { ...stage.homeVisit, aboveFen: 1_000_000_00 } } : stage,
    );
    const story = begin(emptyWorld(), { ...seed, stages });
    story.vote('officer-1', 'decline');
    story.vote('officer-2', 'decline');
    expect([story.status(), homeVisit(story)]).toEqual(['in-review', undefined]);
  });

  test('cannot have been before the application, nor after today; after a fire, not before its day', () => {
    const said = (visited: string) => ({ yuan: 3_000, visited });
    const illness = begin(emptyWorld(), 'major-illness-relief');
    for (const day of ['2016-10-09', '2016-10-11', '1900-01-01']) {
      expect(illness.vote('member-1', 'recommend', said(day))).toBe('visit-date-impossible');
    }
    expect(illness.vote('member-1', 'recommend', said('2016-10-10'))).toBe('done');
    const burnt = advanced();
    expect(burnt.vote('member-1', 'recommend', said('2016-10-08'))).toBe('visit-date-impossible');
    expect(burnt.vote('member-1', 'recommend', said('2016-10-09'))).toBe('done');
  });
});

describe('a payment of the whole award', () => {
  test('waits for the papers that cannot be put off; the advance does not, nor does anything wait for the certificate', () => {
    const world = emptyWorld();
    const story = advanced(world);
    payOut(story);
    expect(story.file().payouts.map(({ status }) => status)).toEqual(['paid', 'paid', 'paid']);
    onNotice(story);
    story.until(story.file().case.noticeUntil!);
    const { file, around } = { file: story.file(), around: story.around() };
    const member = world.staff.find(({ personId }) => personId === person('finance-1'))!;
    const payout = file.payouts.at(-1)!;
    const wish = { action: 'batch-payout', file, around, payout } as const;
    expect(can({ kind: 'staff', member }, wish)).toEqual({ allowed: false, code: 'papers-missing' });
    expect(story.release('finance-1', 3)).toBe('papers-missing');
    story.bring('call-out-receipt', 'id-card');
    expect(story.release('finance-1', 3)).toBe('papers-missing');
    story.bring('bank-card');
    expect(can({ kind: 'staff', member }, { ...wish, file: story.file() })).toEqual({ allowed: true });
    payOut(story);
    expect(story.status()).toBe('paid');
  });
});

describe('putting a paper off', () => {
  test('gives it a new day and a new reminder, and tells the applicant', () => {
    const world = emptyWorld();
    const story = fire(world);
    sweepUntil(world, story, asInstant('2016-12-12T00:00:00.000Z'));
    expect(story.item('paper.fire-certificate').climbed).toBe(2);
    expect(story.extend('office-1', 'fire-certificate', '2017-01-31')).toBe('done');
    expect(story.item('paper.fire-certificate')).toMatchObject({
      climbed: 0,
      extendedTimes: 1,
      reason: '消防部门尚未出具',
      dueAt: '2017-01-31T16:00:00.000Z',
    });
    expect(story.mailed('paper-extended')).toEqual(['applicant']);
    const reminded = story.mailed('paper-due').length;
    sweepUntil(world, story, asInstant('2017-01-25T00:00:00.000Z'));
    expect(story.mailed('paper-due')).toHaveLength(reminded + 1);
    const [fact] = world.audit.get(story.caseId)!.filter(({ event }) => event === 'paper-extended');
    expect(fact).toMatchObject({ by: 'office-1', details: { paperId: 'fire-certificate', until: '2017-01-31' } });
    expect(JSON.stringify(fact)).not.toContain('消防');
  });

  test.each([
    ['a paper that cannot be put off', 'id-card', '2016-11-30', '未办好', 'not-possible-now'],
    ['its present day', 'fire-certificate', '2016-12-10', '未办好', 'date-out-of-range'],
    ['a day that is past', 'fire-certificate', '2016-10-01', '未办好', 'date-out-of-range'],
    ['more than half a year from now', 'fire-certificate', '2017-04-10', '未办好', 'date-out-of-range'],
    ['no reason', 'fire-certificate', '2016-12-31', '  ', 'reason-missing'],
  ])('is refused for %s', (_, paperId, until, reason, code) => {
    const story = fire();
    expect(story.extend('office-1', paperId, until, reason)).toBe(code);
  });

  test('is refused to a relative, and once the paper is there', () => {
    const world = emptyWorld();
    const story = fire(world);
    world.ties.set('office-1', 'sibling');
    expect(story.extend('office-1', 'fire-certificate', '2016-12-31')).toBe('barred-by-interest');
    story.bring('fire-certificate');
    expect(story.extend('office-2', 'fire-certificate', '2016-12-31')).toBe('not-possible-now');
  });
});

describe('recording a visit', () => {
  test('ends it, with its day, what was found and by whom', () => {
    const world = emptyWorld();
    const story = paidIllness(world);
    story.until(asInstant('2016-11-01T02:00:00.000Z'));
    expect(story.visit('member-1', 1, '2016-10-31')).toBe('done');
    expect(story.item('visit.1')).toMatchObject({
      status: 'done',
      visitedOn: '2016-10-31',
      note: '家中安好',
      by: 'member-1',
    });
    sweepUntil(world, story, asInstant('2016-12-01T00:00:00.000Z'));
    expect(story.mailed('visit-due')).toEqual([]);
    expect(story.visit('member-1', 1, '2016-10-31')).toBe('not-possible-now');
  });

  test.each([
    ['a day that has not come', '2016-10-19', '家中安好', 'date-out-of-range'],
    ['a day before all was paid', '2016-10-17', '家中安好', 'date-out-of-range'],
    ['no word of what was found', '2016-10-18', '', 'reason-missing'],
  ])('is refused for %s', (_, visitedOn, note, code) => {
    const story = paidIllness(emptyWorld());
    expect(story.visit('member-1', 1, visitedOn, note)).toBe(code);
  });

  test('is for the office and for those responsible for the patch, and for no relative', () => {
    const world = emptyWorld();
    const story = paidIllness(world);
    const item = story.item('visit.1');
    const may = (who: string, action: 'see-due' | 'record-visit' | 'extend-paper', about: ScheduledItem = item) => {
      const member = world.staff.find(({ personId }) => personId === person(who))!;
      return can({ kind: 'staff', member }, { action, file: story.file(), around: story.around(), item: about })
        .allowed;
    };
    const everybody = smallStaff().map(({ personId }) => String(personId));
    const visitors = ['member-1', 'deputy-1', 'head-1', 'office-1', 'office-2'];
    expect(everybody.filter((who) => may(who, 'record-visit'))).toEqual(visitors);
    expect(everybody.filter((who) => may(who, 'see-due'))).toEqual(visitors);
    expect(everybody.filter((who) => may(who, 'extend-paper'))).toEqual([]);
    world.ties.set('member-1', 'sibling');
    expect(may('member-1', 'record-visit')).toBe(false);
    world.staff = world.staff.map((each) => ({
      ...each,
      appointments: each.appointments.map((one) => ({ ...one, ...(one.patchId && { patchId: 'patch-2' as never }) })),
    }));
    expect(everybody.filter((who) => may(who, 'record-visit'))).toEqual(['office-1', 'office-2']);
  });
});
