import { randomBytes } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import * as z from 'zod';
import type { Execution, HistoryEvent, Thread } from './execution.ts';
import { phaseSchema, statusSchema, threadBodySchema } from './execution.ts';
import type { Run } from './run.ts';
import { storeSchema } from './store-schema.ts';

const text = z.string().nullable();
const executionRow = z
  .object({
    id: z.number(),
    arn: z.string(),
    name: z.string(),
    machine_arn: z.string(),
    machine_name: z.string(),
    role_arn: z.string(),
    definition_id: z.number(),
    status: statusSchema,
    input: z.string(),
    output: text,
    error: text,
    cause: text,
    started_at: z.number(),
    stopped_at: z.number().nullable(),
    due: z.number().nullable(),
    next_event: z.number(),
    next_thread: z.number(),
  })
  .transform(
    (row): Execution => ({
      id: row.id,
      arn: row.arn,
      name: row.name,
      machineArn: row.machine_arn,
      machineName: row.machine_name,
      roleArn: row.role_arn,
      definitionId: row.definition_id,
      status: row.status,
      input: row.input,
      output: row.output,
      error: row.error,
      cause: row.cause,
      startedAt: row.started_at,
      stoppedAt: row.stopped_at,
      due: row.due,
      nextEvent: row.next_event,
      nextThread: row.next_thread,
    }),
  );
const threadRow = z
  .object({
    id: z.number(),
    parent_id: z.number().nullable(),
    phase: phaseSchema,
    due: z.number().nullable(),
    body: z.string(),
  })
  .transform((row): Thread => {
    const body = threadBodySchema.parse(JSON.parse(row.body));
    return { ...body, id: row.id, parentId: row.parent_id, phase: row.phase, due: row.due };
  });
const eventRow = z
  .object({ id: z.number(), previous: z.number(), type: z.string(), at: z.number(), detail: text })
  .transform(({ detail, ...row }): HistoryEvent => ({ ...row, detail: detail === null ? null : JSON.parse(detail) }));
const idRow = z.object({ execution_id: z.number() });
const dueRow = z.object({ execution_id: z.number(), thread_id: z.number().nullable() });
const leastRow = z.object({ due: z.number().nullable() });

export type Store = ReturnType<typeof openStore>;

/** What a new execution begins with; its numbers are given by the store. */
export type NewExecution = Omit<Execution, 'id'>;

/**
 * Opens the file that holds every execution. What a call has written is on the disk when it returns
 * (`synchronous = FULL`), and each call is one transaction.
 */
export function openStore(file: string) {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 1000;');
  db.exec(storeSchema);
  const insertEvent = db.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
  const upsertThread = db.prepare(
    `INSERT INTO threads VALUES (?, ?, ?, ?, ?, ?)
     ON CONFLICT (execution_id, id) DO UPDATE SET phase = excluded.phase, due = excluded.due, body = excluded.body`,
  );
  const deleteThread = db.prepare('DELETE FROM threads WHERE execution_id = ? AND id = ?');
  const updateExecution = db.prepare(
    `UPDATE executions SET status = ?, output = ?, error = ?, cause = ?, stopped_at = ?, due = ?, next_event = ?,
     next_thread = ? WHERE id = ?`,
  );
  const insertExecution = db.prepare(
    `INSERT INTO executions (arn, name, machine_arn, machine_name, role_arn, definition_id, status, input, started_at, due,
     next_event, next_thread) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const selectExecution = db.prepare('SELECT * FROM executions WHERE id = ?');
  const selectByArn = db.prepare('SELECT * FROM executions WHERE arn = ?');
  const selectThreads = db.prepare('SELECT * FROM threads WHERE execution_id = ? ORDER BY id');
  const selectDue = db.prepare(
    `SELECT * FROM (SELECT execution_id, id AS thread_id, due FROM threads WHERE due <= ?1 ORDER BY due LIMIT ?2)
     UNION ALL SELECT * FROM (SELECT id, NULL, due FROM executions WHERE due <= ?1 ORDER BY due LIMIT ?2)
     ORDER BY due LIMIT ?2`,
  );
  const selectNextDue = db.prepare(
    `SELECT min(due) AS due FROM (SELECT min(due) AS due FROM threads WHERE due IS NOT NULL
     UNION ALL SELECT min(due) FROM executions WHERE due IS NOT NULL)`,
  );

  function transaction<T>(work: () => T): T {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      // A full disk has rolled back already.
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  function writeThread(executionId: number, thread: Thread): void {
    const { id, parentId, phase, due, ...body } = thread;
    upsertThread.run(executionId, id, parentId, phase, due, JSON.stringify(body));
  }

  function writeEvents(executionId: number, events: readonly HistoryEvent[]): void {
    for (const event of events) {
      const detail = event.detail === null ? null : JSON.stringify(event.detail);
      insertEvent.run(executionId, event.id, event.previous, event.type, event.at, detail);
    }
  }

  function writeRun(run: Run): void {
    const { execution } = run;
    writeEvents(execution.id, run.events);
    for (const id of run.removed) deleteThread.run(execution.id, id);
    for (const id of run.changed) {
      const thread = run.threads.get(id);
      if (thread !== undefined) writeThread(execution.id, thread);
    }
    const { status, output, error, cause, stoppedAt, due, nextEvent, nextThread } = execution;
    updateExecution.run(status, output, error, cause, stoppedAt, due, nextEvent, nextThread, execution.id);
  }

  const first = <T>(schema: z.ZodType<T>, row: unknown): T | null => (row === undefined ? null : schema.parse(row));

  return {
    db,
    transaction,

    /** A value made once for this file, such as the key that signs task tokens. */
    secret(): Buffer {
      const make = db.prepare("INSERT INTO meta VALUES ('secret', ?) ON CONFLICT (key) DO NOTHING");
      make.run(randomBytes(32).toString('base64'));
      const row = z
        .object({ value: z.string() })
        .parse(db.prepare("SELECT value FROM meta WHERE key = 'secret'").get());
      return Buffer.from(row.value, 'base64');
    },

    /** Writes a new execution; within a transaction of the caller's. */
    insertExecution(fields: NewExecution, root: Thread, events: readonly HistoryEvent[]): Execution {
      const { arn, name, machineArn, machineName, roleArn, definitionId, status, input, startedAt, due } = fields;
      const inserted = insertExecution.run(
        arn,
        name,
        machineArn,
        machineName,
        roleArn,
        definitionId,
        status,
        input,
        startedAt,
        due,
        fields.nextEvent,
        fields.nextThread,
      );
      const id = Number(inserted.lastInsertRowid);
      writeThread(id, root);
      writeEvents(id, events);
      return { ...fields, id };
    },

    /** Writes all that a run has changed since it was last on the disk; within a transaction of the caller's. */
    writeRun,

    load(id: number): { execution: Execution; threads: Thread[] } | null {
      const execution = first(executionRow, selectExecution.get(id));
      return execution === null ? null : { execution, threads: z.array(threadRow).parse(selectThreads.all(id)) };
    },

    executionByArn: (arn: string): Execution | null => first(executionRow, selectByArn.get(arn)),

    /** Executions that go on by themselves, as after a restart. */
    runnable(): number[] {
      const rows = db.prepare("SELECT DISTINCT execution_id FROM threads WHERE phase IN ('ready', 'calling')").all();
      return z
        .array(idRow)
        .parse(rows)
        .map((row) => row.execution_id);
    },

    /** What fell due by `now`, the oldest first; without a thread it is the execution's own time-out. */
    due(now: number, limit: number): { executionId: number; threadId: number | null }[] {
      const rows = z.array(dueRow).parse(selectDue.all(now, limit));
      return rows.map((row) => ({ executionId: row.execution_id, threadId: row.thread_id }));
    },

    nextDue: (): number | null => leastRow.parse(selectNextDue.get()).due,

    /** A page of executions, the newest first. */
    executions(machineArn: string, status: string | null, before: number, limit: number): Execution[] {
      const rows =
        status === null
          ? db
              .prepare('SELECT * FROM executions WHERE machine_arn = ? AND id < ? ORDER BY id DESC LIMIT ?')
              .all(machineArn, before, limit)
          : db
              .prepare(
                'SELECT * FROM executions WHERE machine_arn = ? AND status = ? AND id < ? ORDER BY id DESC LIMIT ?',
              )
              .all(machineArn, status, before, limit);
      return z.array(executionRow).parse(rows);
    },

    /** A page of an execution's history, beyond the event `after` in the wanted direction. */
    events(executionId: number, after: number, limit: number, isReversed: boolean): HistoryEvent[] {
      const rows = isReversed
        ? db
            .prepare('SELECT * FROM events WHERE execution_id = ? AND id < ? ORDER BY id DESC LIMIT ?')
            .all(executionId, after, limit)
        : db
            .prepare('SELECT * FROM events WHERE execution_id = ? AND id > ? ORDER BY id LIMIT ?')
            .all(executionId, after, limit);
      return z.array(eventRow).parse(rows);
    },

    close: (): void => db.close(),
  };
}
