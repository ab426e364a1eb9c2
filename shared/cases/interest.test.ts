import { describe, expect, test } from 'vitest';
import { illness, inPayment, proof } from '../../test/support/case-stages.ts';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { asLocalDate } from '../kernel/time.ts';
import type { Payee } from './relief-case.ts';

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

describe('money that was to go to somebody bars them for good', () => {
  const other = { kind: 'self', holderName: '张三', bankName: '某银行', accountNumber: '6222000000000009' } as const;
  const failed = (world: World) => {
    const story = inPayment(world);
    story.release('finance-1');
    story.fail('finance-2');
    return story;
  };
  const kin = (holderName: string): Payee => ({ ...other, kind: 'next-of-kin', holderName, relation: '配偶' });

  test('as the holder of an account that another has taken the place of, in a correction or after a failed payment', () => {
    const world = emptyWorld();
    const story = begin(world, 'major-illness-relief');
    story.edit({ ...illness, payee: kin('吴一'), papers: [...illness.papers, proof()] });
    story.edit({ ...illness, papers: [...illness.papers, proof()] });
    expect(story.file().case).toMatchObject({ payee: { holderName: '张三' }, earlierHolders: ['张三', '吴一'] });
    called(world, 'member-1', '吴 一');
    expect(story.vote('member-1', 'recommend', sum)).toBe('barred-by-interest');

    const later = failed(emptyWorld());
    later.propose(kin('吴一'), [proof()]);
    later.decideAccount('office-1', true);
    later.release('finance-1', 1);
    later.fail('finance-2', 1);
    later.propose(kin('周二'), [proof('second')]);
    later.decideAccount('office-1', true);
    expect(later.file().case).toMatchObject({ payee: { holderName: '周二' }, earlierHolders: ['张三', '吴一'] });
  });

  test('as the holder of an account that was proposed and refused, or proposed before another', () => {
    const world = emptyWorld();
    const story = failed(world);
    story.propose(kin('吴一'), [proof()]);
    story.propose(kin('周二'), [proof('second')]);
    story.decideAccount('office-1', false, '证明不清楚');
    story.propose(other);
    for (const name of ['吴一', '周二']) {
      called(world, 'office-2', name);
      expect(story.decideAccount('office-2', true)).toBe('barred-by-interest');
    }
    expect(story.decideAccount('office-1', true)).toBe('done');
    called(world, 'finance-1', '周二');
    expect(story.release('finance-1', 1)).toBe('barred-by-interest');
  });

  test('and whoever decided on an account does not pay it', () => {
    const world = emptyWorld();
    const story = failed(world);
    world.staff = world.staff.map((each) =>
      each.personId === 'office-1'
        ? { ...each, appointments: [...each.appointments, { role: 'finance', from: asLocalDate('2016-01-01') }] }
        : each,
    );
    story.propose(other);
    story.decideAccount('office-1', true);
    expect(story.release('office-1', 1)).toBe('same-person');
    expect(story.release('finance-1', 1)).toBe('done');
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
