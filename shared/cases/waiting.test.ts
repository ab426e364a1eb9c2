import { expect, test } from 'vitest';
import { begin, type Story } from '../../test/support/case-story.ts';
import { emptyWorld, type World } from '../../test/support/case-world.ts';
import type { Told } from '../../test/support/case-world.ts';
import { seedOf } from '../../test/support/small-union.ts';
import type { ProgrammeVersion } from '../programmes/programme-version.ts';
import { castVote } from './cast-vote.ts';
import type { Verdict } from './decision-request.ts';

/** Whom the case says it waits for in the write of the vote, before the workflow has opened the next request. */
function rolesAfterVote(story: Story, personId: string, verdict: Verdict, yuan: number): readonly string[] {
  const { requestId } = story.open();
  const decided = castVote(story.file(), story.around(), story.ballot(personId, verdict, { yuan, requestId }));
  if (decided.kind !== 'changed') throw new Error(decided.code);
  return decided.changes.case.waiting?.roles ?? [];
}

const recommended = (world: World, programme: string | ProgrammeVersion): Story => {
  const story = begin(world, programme);
  const told: Told = story.vote('member-1', 'recommend', { yuan: 3_000, visited: '2016-10-10' });
  expect(told).toBe('done');
  return story;
};

test('a further level waits for those whom the level itself seats', () => {
  const world = emptyWorld();
  const story = recommended(world, 'start-up-funding');
  story.vote('leader-1', 'recommend', { yuan: 3_000 });
  expect(rolesAfterVote(story, 'officer-1', 'approve', 3_000)).toEqual(['chair']);

  const seed = seedOf('start-up-funding');
  const officersLast: ProgrammeVersion = {
    ...seed,
    stages: seed.stages.map((stage) =>
      stage.kind === 'approval'
        ? { ...stage, tiers: stage.tiers.map((tier) => ({ ...tier, levels: tier.levels.toReversed() })) }
        : stage,
    ),
  };
  const other = recommended(emptyWorld(), officersLast);
  expect(rolesAfterVote(other, 'leader-1', 'recommend', 3_000)).toEqual(['chair']);
  other.vote('leader-1', 'recommend', { yuan: 3_000 });
  expect(rolesAfterVote(other, 'chair-1', 'approve', 3_000)).toEqual(['officer']);
});
