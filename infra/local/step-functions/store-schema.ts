/**
 * One file holds everything. A thread is one walk through states: the execution itself, a branch of a Parallel, an
 * iteration of a Map. Only `ready` and `calling` threads need the processor, so only they are read at a start;
 * all others wait on disk for their due time or their callback.
 */
export const storeSchema = `
CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS definitions (id INTEGER PRIMARY KEY, text TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS machines (
  arn TEXT PRIMARY KEY, name TEXT NOT NULL, definition_id INTEGER NOT NULL, role_arn TEXT NOT NULL,
  logging_level TEXT NOT NULL, created_at INTEGER NOT NULL, revision TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS executions (
  id INTEGER PRIMARY KEY AUTOINCREMENT, arn TEXT NOT NULL UNIQUE, name TEXT NOT NULL, machine_arn TEXT NOT NULL,
  machine_name TEXT NOT NULL, role_arn TEXT NOT NULL, definition_id INTEGER NOT NULL, status TEXT NOT NULL,
  input TEXT NOT NULL, output TEXT, error TEXT, cause TEXT, started_at INTEGER NOT NULL, stopped_at INTEGER,
  due INTEGER, next_event INTEGER NOT NULL, next_thread INTEGER NOT NULL
);
CREATE INDEX IF NOT EXISTS executions_by_machine ON executions (machine_arn, id);
CREATE INDEX IF NOT EXISTS executions_by_status ON executions (machine_arn, status, id);
CREATE INDEX IF NOT EXISTS executions_due ON executions (due) WHERE due IS NOT NULL;
CREATE TABLE IF NOT EXISTS threads (
  execution_id INTEGER NOT NULL, id INTEGER NOT NULL, parent_id INTEGER, phase TEXT NOT NULL, due INTEGER,
  body TEXT NOT NULL, PRIMARY KEY (execution_id, id)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS threads_due ON threads (due) WHERE due IS NOT NULL;
CREATE INDEX IF NOT EXISTS threads_runnable ON threads (execution_id) WHERE phase IN ('ready', 'calling');
CREATE TABLE IF NOT EXISTS children (
  parent_id INTEGER NOT NULL, thread_id INTEGER NOT NULL, scheduled_event INTEGER NOT NULL, child_id INTEGER NOT NULL,
  is_awaited INTEGER NOT NULL, PRIMARY KEY (parent_id, thread_id, scheduled_event)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS children_by_child ON children (child_id);
CREATE TABLE IF NOT EXISTS events (
  execution_id INTEGER NOT NULL, id INTEGER NOT NULL, previous INTEGER NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL,
  detail TEXT, PRIMARY KEY (execution_id, id)
) WITHOUT ROWID;
`;
