import { expect, test } from 'vitest';
import { illness } from '../../test/support/case-stages.ts';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { person, staffWith } from '../../test/support/small-union.ts';
import { enteredBy, staffMemberNamed } from './entered-by.ts';
import type { Content } from './submit-application.ts';

const filledInBy = (name: string): Content => ({
  ...illness,
  applicant: { ...illness.applicant, enteredBy: { name, phone: '13800000001', relation: '同事' } },
});

test('a name is taken to be that of the staff however it was typed', () => {
  const staff = [{ ...staffWith('officer-9', 'officer'), name: '潘汐辰' }];
  expect(staffMemberNamed(staff, ' 潘 汐辰')).toBe('officer-9');
  expect(staffMemberNamed(staff, '潘汐')).toBeUndefined();
  expect(staffMemberNamed(staff, undefined)).toBeUndefined();
});

test('whoever fills in a correction for another may not decide on it', () => {
  const story = begin(emptyWorld(), 'major-illness-relief');
  story.vote('member-1', 'return');
  expect(story.resubmit(filledInBy('leader-1'))).toBe('done');
  expect(story.file().case.enteredById).toBe('leader-1');
  expect(story.asked()).toEqual(['member-1', 'leader-2']);
});

test('a change does not make whoever filled it in before free to decide', () => {
  const world = emptyWorld();
  const story = begin(world, 'major-illness-relief', { enteredById: person('member-1') });
  expect(story.asked()).toEqual(['leader-1', 'deputy-1']);
  story.edit(filledInBy('leader-1'));
  expect(enteredBy(story.file().case)).toEqual(['leader-1', 'member-1']);
  expect(story.asked()).toEqual(['leader-2', 'deputy-1']);
  story.edit(illness);
  expect(story.file().case).not.toHaveProperty('enteredById');
  expect(enteredBy(story.file().case)).toEqual(['member-1', 'leader-1']);
  story.edit(filledInBy('member-1'));
  expect(enteredBy(story.file().case)).toEqual(['member-1', 'leader-1']);
});
