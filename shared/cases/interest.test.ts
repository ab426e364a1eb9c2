import { describe, expect, test } from 'vitest';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';

const sum = { yuan: 1_000 };
const called = (world: World, who: string, name: string) => {
  world.staff = world.staff.map((each) => (each.personId === who ? { ...each, name } : each));
};

describe('money never goes to whoever decides on it', () => {
  test('an officer of the payee’s name is barred, however the name was typed', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.vote('member-1', 'recommend', sum);
    story.vote('leader-1', 'recommend', sum);
    const { holderName } = story.file().case.payee;
    called(world, 'officer-1', ` ${[...holderName].join(' ')} `);
    expect(story.asked()).toContain('officer-1');
    expect(story.vote('officer-1', 'approve', sum)).toBe('barred-by-interest');
    expect(story.vote('officer-2', 'approve', sum)).toBe('done');
  });

  test('one who has the payee’s name before anybody is asked is not asked', () => {
    const world = emptyWorld();
    called(world, 'member-1', '张三');
    const story = begin(world, 'major-illness-relief');
    expect(story.asked()).not.toContain('member-1');
  });

  test('finance of the payee’s name releases nothing', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.vote('member-1', 'recommend', sum);
    story.vote('leader-1', 'recommend', sum);
    story.vote('officer-1', 'approve', sum);
    story.until(story.file().case.noticeUntil!);
    called(world, 'finance-1', story.file().case.payee.holderName);
    expect(story.release('finance-1')).toBe('barred-by-interest');
    expect(story.release('finance-2')).toBe('done');
  });
});

test('whoever of the office has seen a code of the case approves no account for it; another does', () => {
  const world = emptyWorld();
  const story = begin(world, 'major-illness-relief');
  story.vote('member-1', 'recommend', sum);
  story.vote('leader-1', 'recommend', sum);
  story.vote('officer-1', 'approve', sum);
  story.until(story.file().case.noticeUntil!);
  story.release('finance-1');
  story.fail('finance-2');
  expect(story.reissueCode('office-1')).toBe('done');
  expect(
    story.propose({ kind: 'self', holderName: '张三', bankName: '某银行', accountNumber: '6222000000000009' }),
  ).toBe('done');
  expect(story.decideAccount('office-1', true)).toBe('same-person');
  expect(story.decideAccount('office-2', true)).toBe('done');
});
