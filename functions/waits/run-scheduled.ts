import { climbScheduled } from '../../shared/cases/climb-scheduled.ts';
import { log } from '../../shared/log.ts';
import { itemsToClimb, nextToClimb } from '../../shared/store/scheduled-store.ts';
import { type ActDeps, actOnCase, awardsNothing } from '../middleware/act-on-case.ts';
import { eventHandler, type JobDone } from '../middleware/event-handler.ts';
import { theActDeps } from '../middleware/wiring.ts';
import { tellOfFunds } from './tell-of-funds.ts';

/** What one run takes on; the next begins an hour later. */
const mostItems = 200;
const sideBySide = 4;

/** One or more items could not be climbed; the others were. Thrown at the end, so that the alarm of this function rings. */
class ScheduledItemsFailed extends Error {
  override readonly name = 'ScheduledItemsFailed';
  readonly code = 'scheduled-items-failed';
}

/**
 * Reminds of what is due outside of the workflow and hands over what is overdue, oldest first; tells of funds that end. What fails stops
 * nothing else.
 */
export async function runScheduled(act: ActDeps): Promise<JobDone> {
  const now = act.now();
  const funds = await tellOfFunds(act).catch((error: unknown) => {
    log.error('the end of a fund could not be told of', { error });
    return undefined;
  });
  const items = await itemsToClimb(act.store, now, mostItems);
  if (items.length === 0 && funds?.told === 0) {
    const [nextAt = null] = [await nextToClimb(act.store, now), funds.nextAt]
      .filter((each) => each !== null)
      .toSorted();
    return { count: 0, outcome: '0 climbed', nextAt };
  }
  let climbed = 0;
  let failed = funds === undefined ? 1 : 0;
  const queue = items.values();
  const worker = async () => {
    for (const { caseId, itemId } of queue) {
      try {
        const outcome = await actOnCase(
          act,
          caseId,
          (file, around) => climbScheduled(file, around, itemId),
          awardsNothing,
        );
        if (outcome.kind === 'done') climbed += 1;
      } catch (error) {
        failed += 1;
        log.error('a scheduled item could not be climbed', { caseId, error });
      }
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, worker));
  if (failed > 0) throw new ScheduledItemsFailed(`${failed} of ${items.length} scheduled items could not be climbed`);
  return { count: items.length, outcome: `${climbed} climbed` };
}

export const handler = eventHandler({ name: 'run-scheduled', run: () => runScheduled(theActDeps()) });
