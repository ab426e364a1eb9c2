import { describe, expect, test } from 'vitest';
import { inPayment } from '../../test/support/case-stages.ts';
import { emptyWorld } from '../../test/support/case-world.ts';

const finance = ['finance-1', 'finance-2'];
const sent = () => {
  const story = inPayment(emptyWorld());
  story.release('finance-1');
  return { story, item: () => story.item(`bank-answer.${story.file().payouts[0]?.payoutId ?? ''}`) };
};
const status = ({ story }: ReturnType<typeof sent>) => story.file().payouts.map((each) => each.status);

describe('a bank that stays silent', () => {
  test('finance is reminded after two working days, and the payment is unknown after five: office and finance are told', () => {
    const told = sent();
    const { story } = told;
    story.workingDays(1);
    expect(story.sweep()).toBe(false);
    story.workingDays(1);
    expect(story.sweep()).toBe(true);
    expect(story.mailed('bank-silent')).toEqual(finance);
    expect(status(told)).toEqual(['sent']);
    story.workingDays(3);
    story.sweep();
    expect(status(told)).toEqual(['unknown']);
    expect(story.mailed('bank-silent')).toEqual([...finance, ...finance, 'office-1', 'office-2']);
    expect(told.item().status).toBe('done');
  });

  test('is never told to pay again by itself: the statement settles it', () => {
    const told = sent();
    told.story.workingDays(6);
    told.story.sweep();
    told.story.workingDays(40);
    told.story.sweep();
    expect(status(told)).toEqual(['unknown']);
    expect(told.story.confirm('finance-2')).toBe('done');
    expect(told.story.status()).toBe('paid');
  });

  test('that has answered is not waited for', () => {
    const told = sent();
    told.story.confirm('finance-2');
    expect(told.item().status).toBe('done');
    told.story.workingDays(10);
    expect(told.story.mailed('bank-silent')).toEqual([]);
  });

  test('is waited for anew, from that day on, once a wrong answer was taken back', () => {
    const told = sent();
    const { story } = told;
    story.workingDays(10);
    story.confirm('finance-2');
    story.undo('finance-1');
    expect(told.item()).toMatchObject({ status: 'waiting', climbed: 0 });
    story.sweep();
    expect(status(told)).toEqual(['sent']);
    story.workingDays(5);
    story.sweep();
    expect(status(told)).toEqual(['unknown']);
  });

  test('whom finance has already marked as unknown, nobody is reminded of', () => {
    const told = sent();
    told.story.silence('finance-1');
    expect(told.item().status).toBe('done');
  });
});
