import * as z from 'zod';
import type { Store } from './store.ts';

/** The attempt of a task that started a child execution: its execution, thread and TaskScheduled event. */
export type Caller = { executionId: number; threadId: number; scheduledEvent: number };

const linkRow = z
  .object({ parent_id: z.number(), thread_id: z.number(), scheduled_event: z.number(), child_id: z.number() })
  .transform((row) => ({
    caller: { executionId: row.parent_id, threadId: row.thread_id, scheduledEvent: row.scheduled_event },
    childId: row.child_id,
  }));
const columns = 'SELECT parent_id, thread_id, scheduled_event, child_id FROM children';

export type ChildLinks = ReturnType<typeof keepChildLinks>;

/**
 * Which attempt of which task started which execution. Written with the child itself, so that a call made again after a
 * crash finds the child it has started already. A link that is awaited goes when its task has gone on.
 */
export function keepChildLinks({ db }: Pick<Store, 'db'>) {
  const ofCaller = 'parent_id = ? AND thread_id = ? AND scheduled_event = ?';
  const selectOne = db.prepare(`${columns} WHERE ${ofCaller}`);
  const insert = db.prepare('INSERT OR REPLACE INTO children VALUES (?, ?, ?, ?, ?)');
  const selectAwaiting = db.prepare(`${columns} WHERE child_id = ? AND is_awaited = 1`);
  const selectAwaited = db.prepare(`${columns} WHERE parent_id = ? AND is_awaited = 1`);
  const deleteOne = db.prepare(`DELETE FROM children WHERE ${ofCaller}`);
  const keyOf = ({ executionId, threadId, scheduledEvent }: Caller) => [executionId, threadId, scheduledEvent] as const;
  const read = (rows: unknown) => z.array(linkRow).parse(rows);
  return {
    /** The child that this attempt has started, by its number. */
    find(caller: Caller): number | null {
      const row = selectOne.get(...keyOf(caller));
      return row === undefined ? null : linkRow.parse(row).childId;
    },
    link(caller: Caller, childId: number, isAwaited: boolean): void {
      insert.run(...keyOf(caller), childId, isAwaited ? 1 : 0);
    },
    /** Attempts that wait for the end of this execution. */
    awaiting: (childId: number) => read(selectAwaiting.all(childId)),
    /** Children that tasks of this execution wait for. */
    awaitedBy: (executionId: number) => read(selectAwaited.all(executionId)),
    allAwaited: () => read(db.prepare(`${columns} WHERE is_awaited = 1`).all()),
    remove(caller: Caller): void {
      deleteOne.run(...keyOf(caller));
    },
  };
}
