import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { begin } from '../../test/support/case-story.ts';
import { emptyWorld } from '../../test/support/case-world.ts';
import { addHours } from '../kernel/time.ts';
import { climbRung } from './climb-rung.ts';

/**
 * `repeat`: the task ran, its answer was lost, so it runs again; `wait`: the workflow comes to wait anew, with another token; `jump`:
 * the clock is further on, over several rungs perhaps, before anybody looks.
 */
const happenings = fc.array(
  fc.oneof(
    fc.record({ what: fc.constantFrom('climb', 'repeat', 'wait', 'answer'), who: fc.nat(9) }),
    fc.record({ what: fc.constant('jump'), hours: fc.integer({ min: 1, max: 300 }) }),
  ),
  { minLength: 10, maxLength: 40, size: 'max' },
);

test('promise 19: at most one reminder a request, rung and person is recorded, whatever is done twice, is lost or comes late, and none after the answer', () => {
  let reminded = 0;
  fc.assert(
    fc.property(fc.constantFrom('major-illness-relief', 'fire-damage'), happenings, (programme, all) => {
      const world = emptyWorld();
      const story = begin(world, programme);
      const rungs = () => (world.audit.get(story.caseId) ?? []).filter(({ event }) => event === 'rung-climbed');
      const nameOf = (of: string, more: unknown): string => `${of} ${String(more)}`;
      for (const each of all) {
        const [rungsBefore, sentBefore] = [rungs().length, world.sent.length];
        const answered = story.file().votes.map(({ requestId, personId }) => nameOf(requestId, personId));
        if ('hours' in each) world.now = addHours(world.now, each.hours);
        else if (each.what === 'wait') story.runWorkflow();
        else if (each.what === 'answer') {
          const open = story.file().requests.find(({ status }) => status === 'open');
          const asked = open === undefined ? [] : story.asked();
          const who = asked[each.who % Math.max(1, asked.length)];
          if (who !== undefined) story.vote(who, open?.purpose === 'review' ? 'recommend' : 'approve', { yuan: 100 });
        } else for (let times = each.what === 'repeat' ? 2 : 1; times > 0; times -= 1) story.step(climbRung);

        const climbed = rungs()
          .slice(rungsBefore)
          .map(({ details }) => String(details['requestId']));
        const reminders = new Map<string, number>();
        for (const item of world.sent.slice(sentBefore)) {
          if (item.kind !== 'mail' || item.template !== 'reminder' || item.to === 'applicant' || !('person' in item.to))
            continue;
          const name = nameOf(String(item.requestId), item.to.person);
          reminders.set(name, (reminders.get(name) ?? 0) + 1);
          expect(reminders.get(name)).toBeLessThanOrEqual(climbed.filter((id) => id === item.requestId).length);
          expect(answered).not.toContain(name);
          reminded += 1;
        }
      }
      const names = rungs().map(({ details }) => nameOf(String(details['requestId']), details['rung']));
      expect(names).toEqual([...new Set(names)]);
    }),
    { numRuns: 50, seed: 2016 },
  );
  // Histories in which nobody is reminded would say nothing.
  expect(reminded).toBeGreaterThan(100);
}, 60_000);
