import { describe, expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import { staffWith } from '../../test/support/small-union.ts';
import { can } from './can.ts';

const sum = { yuan: 3_000, visited: '2016-10-10' };
const inReview = (world: World) => begin(world, 'major-illness-relief');
const auditOf = (world: World, story: Story) => world.audit.get(story.caseId) ?? [];
const generationOf = (story: Story, who: string) =>
  story.open().seats.find(({ personId }) => personId === who)?.generation;

/** What the office does to a case, as a rule of its own: nobody has asked `can` before. */
const actions: [string, (story: Story, who: string) => string][] = [
  ['asking one more person', (story, who) => story.reassign(who, 'deputy-1')],
  ['mailing somebody a new link', (story, who) => story.reissueLink('member-1', who)],
  ['issuing a new tracking code', (story, who) => story.reissueCode(who)],
];

describe.each(actions)('%s', (_what, act) => {
  test.each(['officer-1', 'finance-1', 'leader-1', 'chair-1', 'nobody'])(
    'is refused to %s by the rule itself',
    (who) => {
      const world = emptyWorld();
      const story = inReview(world);
      const before = story.file();
      expect(act(story, who)).toBe('not-allowed');
      expect(story.file()).toEqual(before);
    },
  );

  test('is refused to one of the office who is tied to the household, or whose term has ended', () => {
    const world = emptyWorld();
    const story = inReview(world);
    world.ties.set('office-1', 'in-law');
    expect(act(story, 'office-1')).toBe('barred-by-interest');
    expect(act(story, 'office-2')).toBe('done');
    world.ties.clear();
    world.staff = world.staff.map((each) => (each.personId === 'office-1' ? staffWith('office-1', 'auditor') : each));
    expect(act(story, 'office-1')).toBe('not-allowed');
  });
});

describe('a re-issued link', () => {
  test('is audited as done by the one of the office who did it', () => {
    const world = emptyWorld();
    const story = inReview(world);
    expect(story.reissueLink('member-1', 'office-2')).toBe('done');
    expect(auditOf(world, story).slice(-2)).toMatchObject([
      { event: 'seat-asked', by: 'office-2', details: { personId: 'member-1' } },
      { event: 'link-reissued', by: 'office-2', details: { personId: 'member-1' } },
    ]);
  });

  test('that its holder asked for is audited as theirs', () => {
    const world = emptyWorld();
    const story = inReview(world);
    expect(story.reissueLink('member-1')).toBe('done');
    expect(auditOf(world, story).at(-1)).toMatchObject({ event: 'link-reissued', by: 'member-1' });
  });
});

test('a seat that was left as barred and is asked again has a link of its own: the old one does not live again', () => {
  const world = emptyWorld();
  const story = inReview(world);
  story.reissueLink('member-1');
  const before = generationOf(story, 'member-1') ?? 0;
  world.ties.set('member-1', 'in-law');
  story.workingDays(3);
  expect(story.asked()).not.toContain('member-1');
  world.ties.clear();
  expect(story.reassign('office-1', 'member-1')).toBe('done');
  expect(before).toBe(2);
  expect(generationOf(story, 'member-1')).toBe(3);
  expect(world.links.at(-1)).toMatchObject({ personId: 'member-1', generation: 3 });
  expect(story.vote('member-1', 'recommend', sum)).toBe('done');
});

test('the objector is named to the office and the auditor, but to nobody tied to the beneficiary', () => {
  const world = emptyWorld();
  world.staff = [...world.staff, staffWith('auditor-1', 'auditor')];
  const story = inReview(world);
  const seenBy = (who: string) => {
    const member = world.staff.find(({ personId }) => personId === who)!;
    const wish = { action: 'see-objector', file: story.file(), around: story.around() } as const;
    return can({ kind: 'staff', member }, wish);
  };
  for (const who of ['office-1', 'auditor-1']) {
    expect(seenBy(who)).toEqual({ allowed: true });
    world.ties.set(who, 'in-law');
    expect(seenBy(who)).toEqual({ allowed: false, code: 'barred-by-interest' });
  }
  for (const who of ['officer-1', 'finance-1']) expect(seenBy(who)).toEqual({ allowed: false, code: 'not-allowed' });
});
