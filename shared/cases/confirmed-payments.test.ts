import { describe, expect, test } from 'vitest';
import { advanced, inPayment, onNotice } from '../../test/support/case-stages.ts';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { asInstant } from '../kernel/time.ts';

const released = (story: Story): Story => {
  story.file().payouts.forEach((_, index) => expect(story.release('finance-1', index)).toBe('done'));
  return story;
};

describe('a bank reference', () => {
  test('is of one payout: another of the same case cannot carry it, however it is typed', () => {
    const story = released(advanced(emptyWorld()));
    expect(story.confirm('finance-2', 0, { reference: 'YH2016 0001' })).toBe('done');
    for (const reference of ['YH2016 0001', 'yh20160001', ' ＹＨ２０１６0001 ']) {
      expect(story.confirm('finance-2', 1, { reference })).toBe('bank-reference-used');
    }
    expect(story.file().payouts.map(({ status }) => status)).toEqual(['paid', 'sent', 'sent']);
    expect(story.confirm('finance-2', 1, { reference: 'YH2016 0002' })).toBe('done');
    expect(story.file().payouts[0]).toMatchObject({ bankReference: 'YH2016 0001' });
  });

  test('is of one payout: another case cannot carry it', () => {
    const world = emptyWorld();
    const first = released(advanced(world));
    const second = begin(world, 'start-up-funding', { household: 'household-2' });
    second.vote('member-1', 'recommend', { yuan: 2_000, visited: '2016-10-10' });
    second.vote('leader-1', 'recommend', { yuan: 2_000, visited: '2016-10-10' });
    second.vote('officer-1', 'approve', { yuan: 2_000 });
    second.vote('chair-1', 'approve', { yuan: 2_000 });
    second.until(second.file().case.noticeUntil!);
    released(second);
    expect(first.confirm('finance-2', 0, { reference: 'YH-7' })).toBe('done');
    expect(second.confirm('finance-2', 0, { reference: 'yh-7' })).toBe('bank-reference-used');
    expect(second.status()).toBe('in-payment');
    expect(second.confirm('finance-2', 0, { reference: 'YH-8' })).toBe('done');
    expect(second.status()).toBe('paid');
  });
});

describe('the day of a payment', () => {
  test('is not in the future and not before the order was handed to the bank', () => {
    const world = emptyWorld();
    const story = inPayment(world);
    world.now = asInstant('2016-10-20T02:00:00.000Z');
    released(story);
    world.now = asInstant('2016-10-24T02:00:00.000Z');
    for (const paidOn of ['2016-10-25', '2017-10-20', '2016-10-19', '2015-10-21']) {
      expect(story.confirm('finance-2', 0, { paidOn })).toBe('paid-on-impossible');
    }
    expect(story.status()).toBe('in-payment');
    expect(story.confirm('finance-2', 0, { paidOn: '2016-10-20' })).toBe('done');
    expect(story.file().payouts[0]).toMatchObject({ status: 'paid', paidOn: '2016-10-20' });
  });

  test('may be the day of the release, by the wall clock of the union', () => {
    const world = emptyWorld();
    const story = onNotice(world);
    story.until(story.file().case.noticeUntil!);
    // Half past one at night on the 21st in China is still the 20th in London.
    world.now = asInstant('2016-10-20T17:30:00.000Z');
    released(story);
    expect(story.confirm('finance-2', 0, { paidOn: '2016-10-20' })).toBe('paid-on-impossible');
    expect(story.confirm('finance-2', 0, { paidOn: '2016-10-21' })).toBe('done');
  });
});
