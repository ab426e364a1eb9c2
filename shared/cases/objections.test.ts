import { describe, expect, test } from 'vitest';
import { allFree, counted, inPayment, money, onNotice, payoutStatuses } from '../../test/support/case-stages.ts';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { addMs, asInstant } from '../kernel/time.ts';
import { mailTemplates } from './case-file.ts';
import { mostPendingObjections } from './raise-objection.ts';

const objectionMails = mailTemplates.filter((each) => each.startsWith('objection-') && each !== 'objection-stopped');

describe('an objection', () => {
  test('that is rejected says why, and the notice ends when it would have', () => {
    const story = onNotice(emptyWorld());
    const { noticeUntil } = story.file().case;
    expect(story.object()).toBe('done');
    expect(story.status()).toBe('under-objection');
    expect(story.asked()).toEqual(['office-1', 'office-2']);
    expect(story.vote('office-1', 'reject', { note: ' ' })).toBe('reason-missing');
    expect(story.vote('office-1', 'reject', { note: '匿名' })).toBe('done');
    expect(story.status()).toBe('on-notice');
    expect(story.file().objections).toMatchObject([{ status: 'rejected', answer: '匿名', decidedBy: 'office-1' }]);
    expect(story.file().case.noticeUntil).toBe(noticeUntil);
    expect(story.mailed('objection-stopped')).toEqual([]);
    story.until(noticeUntil!);
    expect(story.status()).toBe('in-payment');
  });

  test('that nobody has admitted by the end of the notice stops nothing, and the office hears of it', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    const { noticeUntil } = story.file().case;
    story.object();
    const { requestId } = story.open();
    story.workingDays(2);
    expect(story.status()).toBe('under-objection');
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2']);
    story.until(noticeUntil!);
    expect(story.status()).toBe('in-payment');
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2', 'office-1', 'office-2']);
    // The request is closed in the same write: a mail bound to it would never go out.
    const last = world.sent.filter((item) => item.kind === 'mail' && item.template === 'overdue-office').slice(-2);
    expect(last.every((item) => item.kind === 'mail' && item.requestId === undefined)).toBe(true);
    expect(story.mailed('overdue-applicant')).toHaveLength(1);
    expect(payoutStatuses(story)).toEqual(['ordered']);
    expect(story.vote('office-1', 'admit', { requestId })).toBe('request-closed');
    expect(story.object()).toBe('notice-over');
  });

  test('that is admitted stops the clock; dismissed by another officer, the notice has the days it had left', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    story.workingDays(2);
    story.object();
    expect(story.vote('office-1', 'admit')).toBe('done');
    expect(story.file().case.noticeStoppedAt).toBe(world.now);
    expect(story.mailed('objection-stopped')).toEqual(['applicant']);
    expect(story.asked()).toEqual(['officer-2', 'officer-3']);
    story.until(story.file().case.noticeUntil!);
    story.hours(1);
    expect(story.status()).toBe('under-objection');
    expect(story.file().payouts).toEqual([]);
    expect(story.vote('officer-1', 'dismiss')).toBe('not-your-turn');
    expect(story.vote('officer-2', 'dismiss')).toBe('done');
    expect(story.status()).toBe('on-notice');
    expect(story.file().case).not.toHaveProperty('noticeStoppedAt');
    // Stopped on Wednesday the 12th with three working days to go; dismissed on Tuesday the 18th.
    expect(story.file().case.noticeUntil).toBe('2016-10-21T16:00:00.000Z');
    story.until(story.file().case.noticeUntil!);
    expect(story.status()).toBe('in-payment');
  });

  test('that is upheld ends the case and gives the money back', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    story.object();
    story.vote('office-1', 'admit');
    expect(story.vote('officer-2', 'uphold', { note: '查实' })).toBe('done');
    expect(story.status()).toBe('declined');
    expect(story.file().case.reasons).toEqual([{ zh: '查实', en: '查实' }]);
    expect(story.file().objections).toMatchObject([{ status: 'upheld' }]);
    expect(money(world)).toEqual(allFree);
    expect(counted(world)).toEqual([]);
    expect(story.object()).toBe('notice-over');
  });

  test('of two at once, each is answered before the notice goes on', () => {
    const story = onNotice(emptyWorld());
    const { noticeUntil } = story.file().case;
    expect(story.object()).toBe('done');
    expect(story.object()).toBe('done');
    story.vote('office-1', 'reject');
    expect(story.status()).toBe('under-objection');
    expect(story.file().objections.map(({ status }) => status)).toEqual(['rejected', 'raised']);
    story.vote('office-1', 'reject');
    expect(story.status()).toBe('on-notice');
    expect(story.file().case.noticeUntil).toBe(noticeUntil);
  });

  test('of two at once, one admitted after the other, stops the clock twice and takes no day from the notice', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    story.object();
    story.object();
    story.vote('office-1', 'admit');
    expect(story.object()).toBe('done');
    story.workingDays(1);
    story.vote('officer-2', 'dismiss');
    expect(story.status()).toBe('under-objection');
    expect(story.open().purpose).toBe('objection-admission');
    // All five working days again, from Tuesday the 11th on.
    expect(story.file().case.noticeUntil).toBe('2016-10-18T16:00:00.000Z');
    expect(story.file().case).not.toHaveProperty('noticeStoppedAt');
    expect(story.vote('office-2', 'admit')).toBe('done');
    expect(story.file().case.noticeStoppedAt).toBe(world.now);
    story.workingDays(1);
    expect(story.vote('officer-2', 'dismiss')).toBe('done');
    story.vote('office-2', 'reject');
    expect(story.status()).toBe('on-notice');
    expect(story.file().objections.map(({ status }) => status)).toEqual(['dismissed', 'dismissed', 'rejected']);
    expect(story.file().case.noticeUntil).toBe('2016-10-19T16:00:00.000Z');
  });

  test('is one, however often its button is pressed, also when it has been answered or the notice is over', () => {
    const story = onNotice(emptyWorld());
    expect(story.object('pressed')).toBe('done');
    expect(story.object('pressed')).toBe('objected-before');
    expect(story.file().objections).toHaveLength(1);
    story.vote('office-1', 'reject');
    expect(story.object('pressed')).toBe('objected-before');
    expect(story.status()).toBe('on-notice');
    story.until(story.file().case.noticeUntil!);
    expect(story.object('pressed')).toBe('objected-before');
    expect(story.object('another')).toBe('notice-over');
  });

  test('is told its answer, each time once', () => {
    const answers = [
      ['reject', undefined, ['objection-rejected']],
      ['admit', 'dismiss', ['objection-admitted', 'objection-dismissed']],
      ['admit', 'uphold', ['objection-admitted', 'objection-upheld']],
    ] as const;
    for (const [first, second, mails] of answers) {
      const story = onNotice(emptyWorld());
      story.object('one');
      story.vote('office-1', first);
      if (second !== undefined) story.vote('officer-2', second);
      for (const mail of mails) expect(story.mailed(mail)).toEqual(['objection one']);
      expect(objectionMails.flatMap((mail) => story.mailed(mail))).toHaveLength(mails.length);
    }
  });

  test('that waits when another is upheld is overtaken, admitted or not, and whoever raised it is told', () => {
    const story = onNotice(emptyWorld());
    for (const id of ['one', 'two', 'three']) story.object(id);
    story.vote('office-1', 'admit');
    story.vote('officer-2', 'uphold');
    expect(story.status()).toBe('declined');
    expect(story.file().objections.map(({ status }) => status)).toEqual(['upheld', 'overtaken', 'overtaken']);
    expect(story.mailed('objection-overtaken')).toEqual(['objection two', 'objection three']);
    expect(story.mailed('objection-upheld')).toEqual(['objection one']);
  });

  test('that nobody admitted is overtaken by the end of the notice, and the money goes out', () => {
    const story = onNotice(emptyWorld());
    story.object('one');
    story.object('two');
    story.until(story.file().case.noticeUntil!);
    expect(story.status()).toBe('in-payment');
    expect(story.file().objections).toMatchObject([
      { status: 'overtaken', settledAt: story.file().case.stageEnteredAt },
      { status: 'overtaken' },
    ]);
    expect(story.mailed('objection-overtaken')).toEqual(['objection one', 'objection two']);
  });

  test('is overtaken when the applicant withdraws', () => {
    const story = onNotice(emptyWorld());
    story.object('one');
    story.vote('office-1', 'admit');
    story.withdraw();
    expect(story.file().objections).toMatchObject([{ status: 'overtaken' }]);
    expect(story.mailed('objection-overtaken')).toEqual(['objection one']);
  });

  test('waits with no more than a write can answer at once', () => {
    const story = onNotice(emptyWorld());
    const told = Array.from({ length: mostPendingObjections + 1 }, () => story.object());
    expect(told.slice(0, -1)).toEqual(Array.from({ length: mostPendingObjections }, () => 'done'));
    expect(told.at(-1)).toBe('objections-many');
    story.vote('office-1', 'reject');
    expect(story.object()).toBe('done');
    expect(story.withdraw()).toBe('done');
    const { objections } = story.file();
    expect(objections.filter(({ status }) => status === 'overtaken')).toHaveLength(mostPendingObjections);
  });

  test('is not taken in before or after the notice', () => {
    const world = emptyWorld();
    const early = begin(world, 'start-up-funding');
    expect(early.object()).toBe('notice-over');
    expect(inPayment(world).object()).toBe('notice-over');
  });
});

describe('an objection raised in the last hours of a notice', () => {
  const hour = 3_600_000;
  /** Two in the afternoon of the last day, Monday the 17th; the office has until two on Tuesday. */
  const lastAfternoon = (world: World): Story => {
    const story = onNotice(world);
    story.until(addMs(story.file().case.noticeUntil!, -10 * hour));
    return story;
  };

  test('keeps the notice from ending until the office’s working day is over; then silence ends it as ever', () => {
    const world = emptyWorld();
    const story = lastAfternoon(world);
    const { noticeUntil } = story.file().case;
    const raisedAt = world.now;
    expect(story.object('late')).toBe('done');
    story.until(addMs(noticeUntil!, 13 * hour));
    expect([story.status(), payoutStatuses(story)]).toEqual(['under-objection', []]);
    expect(story.file().case).toMatchObject({ noticeUntil, waiting: { until: addMs(raisedAt, 24 * hour) } });
    expect(story.file().case).not.toHaveProperty('noticeStoppedAt');
    story.until(addMs(raisedAt, 24 * hour));
    expect([story.status(), payoutStatuses(story)]).toEqual(['in-payment', ['ordered']]);
    expect(story.mailed('objection-overtaken')).toEqual(['objection late']);
    expect(story.mailed('overdue-office')).toEqual(['office-1', 'office-2']);
    expect(story.mailed('overdue-applicant')).toEqual([]);
  });

  test('that is rejected after the last day ends the notice with the answer', () => {
    const story = lastAfternoon(emptyWorld());
    story.object();
    story.until(addMs(story.file().case.noticeUntil!, 10 * hour));
    expect(story.vote('office-1', 'reject')).toBe('done');
    story.hours(1);
    expect(story.status()).toBe('in-payment');
    expect(story.file().objections).toMatchObject([{ status: 'rejected' }]);
  });

  test('that is admitted after the last day stops the payment; dismissed, the notice can be seen for a day more', () => {
    const story = lastAfternoon(emptyWorld());
    story.object();
    story.until(addMs(story.file().case.noticeUntil!, 10 * hour));
    expect(story.vote('office-1', 'admit')).toBe('done');
    story.workingDays(2);
    expect([story.status(), payoutStatuses(story)]).toEqual(['under-objection', []]);
    story.vote('officer-2', 'dismiss');
    expect([story.status(), story.file().case.noticeUntil]).toEqual(['on-notice', '2016-10-21T16:00:00.000Z']);
  });

  test('puts the end off by a working day at most, however many follow; after the last day nobody objects', () => {
    const world = emptyWorld();
    const story = lastAfternoon(world);
    const { noticeUntil } = story.file().case;
    story.object('one');
    story.until(addMs(noticeUntil!, -hour));
    expect(story.object('two')).toBe('done');
    expect(story.open().rungs.at(-1)).toEqual({ rung: 'overdue', at: addMs(noticeUntil!, 23 * hour) });
    story.until(noticeUntil!);
    expect(story.object('three')).toBe('notice-over');
    expect(story.vote('office-1', 'reject')).toBe('done');
    // The second is still in its time, and is asked about next.
    expect([story.status(), story.open().purpose]).toEqual(['under-objection', 'objection-admission']);
    story.until(addMs(noticeUntil!, 22 * hour));
    expect(story.status()).toBe('under-objection');
    story.until(addMs(noticeUntil!, 23 * hour));
    expect(story.status()).toBe('in-payment');
    expect(story.file().objections.map(({ status }) => status)).toEqual(['rejected', 'overtaken']);
  });

  test('raised before a holiday is waited for over it', () => {
    const world = emptyWorld();
    world.now = asInstant('2016-09-23T02:00:00.000Z');
    const story = onNotice(world);
    // Its five working days end with Friday the 30th; the next working day is Saturday the 8th of October.
    expect(story.file().case.noticeUntil).toBe('2016-09-30T16:00:00.000Z');
    story.until(asInstant('2016-09-30T08:00:00.000Z'));
    story.object();
    story.until(asInstant('2016-10-08T07:59:00.000Z'));
    expect(story.status()).toBe('under-objection');
    story.until(asInstant('2016-10-08T08:00:00.000Z'));
    expect(story.status()).toBe('in-payment');
  });

  test('is waited for too where its request was opened by an earlier release, which ended it with the notice', () => {
    const world = emptyWorld();
    const story = lastAfternoon(world);
    const { noticeUntil } = story.file().case;
    story.object();
    const file = story.file();
    const rungs = file.requests.map((request) =>
      request.status === 'open'
        ? { ...request, rungs: [...request.rungs.slice(0, 1), { rung: 'overdue' as const, at: noticeUntil! }] }
        : request,
    );
    world.files.set(story.caseId, { ...file, requests: rungs });
    story.until(addMs(noticeUntil!, 13 * hour));
    expect([story.status(), story.mailed('overdue-office')]).toEqual(['under-objection', []]);
    story.until(addMs(noticeUntil!, 14 * hour));
    expect([story.status(), payoutStatuses(story)]).toEqual(['in-payment', ['ordered']]);
  });
});
