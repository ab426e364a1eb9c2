import type { Changes } from '../cases/case-file.ts';
import { isWaiting, type ScheduledItem } from '../cases/scheduled-item.ts';
import { type CaseId, caseIdSchema, type ScheduledItemId, scheduledItemIdSchema } from '../kernel/ids.ts';
import { addMs, asInstant, type Instant } from '../kernel/time.ts';
import { openScheduledOutline, sealScheduledItem } from './case-part-sealing.ts';
import { type Part, partOf } from './case-writes.ts';
import { knownCursor, type Page, pageOf } from './cursor.ts';
import type { Store } from './open-store.ts';

/** Where an item lies that has climbed all its rungs: it is still due, and no sweep finds it again. */
const never = asInstant('9999-12-31T00:00:00.000Z');
const waiting = 'waiting';

/** Scheduled items, each put whole with its places in the two indexes. The case's version guards them. */
export function scheduledWrites(store: Store, changes: Changes): Promise<Part[]> {
  const { caseId, patchId, beneficiaryId } = changes.case;
  return Promise.all(
    (changes.scheduled ?? []).map(async (item): Promise<Part> => {
      const { itemId, dueAt, kind, rungs, climbed } = item;
      const scheduled = isWaiting(item) ? waiting : 'over';
      const nextAt = (isWaiting(item) ? rungs[climbed]?.at : item.doneAt) ?? never;
      const sealed = await sealScheduledItem(store.keyRing, beneficiaryId, item);
      const put = { caseId, itemId, scheduled, nextAt, dueAt, patchId, kind, body: sealed };
      return partOf('scheduled-item', put, (entities) => entities.scheduledItem.put(put).commit());
    }),
  );
}

/** Items of which a rung has come, oldest first. Read from an index, so a moment late: the rule decides on the case's own. */
export async function itemsToClimb(
  store: Store,
  now: Instant,
  limit: number,
): Promise<{ caseId: CaseId; itemId: ScheduledItemId }[]> {
  const { data } = await store.entities.scheduledItem.query
    .byNext({ scheduled: waiting })
    .lt({ nextAt: addMs(now, 1) })
    .go({ limit, pages: 'all', count: limit });
  return data.map(({ caseId, itemId }) => ({
    caseId: caseIdSchema.parse(caseId),
    itemId: scheduledItemIdSchema.parse(itemId),
  }));
}

/** When the next rung of any item comes, later than now; null if there is none. */
export async function nextToClimb(store: Store, now: Instant): Promise<Instant | null> {
  const { data } = await store.entities.scheduledItem.query
    .byNext({ scheduled: waiting })
    .gt({ nextAt: now })
    .go({ limit: 1 });
  const [first] = data;
  return first === undefined || first.nextAt === never ? null : asInstant(first.nextAt);
}

export type DueListing = {
  readonly cursor?: string | undefined;
  readonly limit: number;
  /** The visits of these patches alone; absent, everything. */
  readonly visitsOf?: readonly string[] | undefined;
};

/** What waits, in the order in which it is due, without the words that are sealed. Give the cursor back to go on. */
export async function itemsDue(store: Store, { cursor, limit, visitsOf }: DueListing): Promise<Page<ScheduledItem>> {
  const all = store.entities.scheduledItem.query.byDue({ scheduled: waiting });
  const query =
    visitsOf === undefined
      ? all
      : all.where(({ kind, patchId }, { eq }) => {
          const ofPatch = visitsOf.map((id) => eq(patchId, id)).join(' OR ');
          return `(${eq(kind, 'visit')} OR ${eq(kind, 'home-visit')} OR ${eq(kind, 'payment-check')}) AND (${ofPatch})`;
        });
  const page = await query.go({ cursor: knownCursor(cursor), count: limit, pages: 'all' });
  const items = page.data.map(({ body }) => openScheduledOutline(body));
  return pageOf(items, page.cursor);
}
