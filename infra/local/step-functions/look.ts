import * as z from 'zod';
import type { Machine } from './definition.ts';
import type { Execution, ExecutionStatus, HistoryEvent, Thread } from './execution.ts';
import { statusSchema } from './execution.ts';
import type { Machines } from './machines.ts';
import type { Store } from './store.ts';

export type SeenMachine = {
  name: string;
  arn: string;
  definition: Machine;
  counts: Partial<Record<ExecutionStatus, number>>;
};
/** A thread that goes on by itself at `due`, unless it is answered before. */
export type Wait = {
  executionId: number;
  threadId: number;
  executionName: string;
  machineName: string;
  input: string;
  state: string;
  phase: string;
  due: number;
};
export type WaitPlace = Pick<Wait, 'due' | 'executionId' | 'threadId'>;
/** How often an execution went from one state into another; its first state was entered from none. */
export type Step = { from: string | null; to: string; count: number };

/** What whoever runs the machine may look at; it reads pages of bounded length by the store's indexes and changes nothing. */
export type Look = {
  machines(): SeenMachine[];
  /** Where the newest running executions stand, by state: at most `most` of them are counted. */
  standing(machineArn: string, most: number): ReadonlyMap<string, number>;
  executions(machineArn: string, status: ExecutionStatus | null, before: number, limit: number): Execution[];
  execution(id: number): { execution: Execution; threads: Thread[]; definition: Machine } | null;
  find(name: string): Execution | null;
  steps(executionId: number): Step[];
  events(executionId: number, after: number, limit: number): HistoryEvent[];
  waits(after: WaitPlace | null, limit: number): Wait[];
  waiting(): number;
};

const countRow = z.object({ status: statusSchema, count: z.number() });
const standingRow = z.object({ state: z.string(), count: z.number() });
const stepRow = z.object({ from: z.string().nullable(), to: z.string(), count: z.number() });
const waitRow = z.object({
  executionId: z.number(),
  threadId: z.number(),
  executionName: z.string(),
  machineName: z.string(),
  input: z.string(),
  state: z.string(),
  phase: z.string(),
  due: z.number(),
});

export function lookInto(store: Store, machines: Machines): Look {
  const { db } = store;
  const counts = db.prepare('SELECT status, count(*) AS count FROM executions WHERE machine_arn = ? GROUP BY status');
  const standing = db.prepare(
    `SELECT json_extract(body, '$.state') AS state, count(*) AS count FROM threads WHERE execution_id IN
     (SELECT id FROM executions WHERE machine_arn = ? AND status = 'RUNNING' ORDER BY id DESC LIMIT ?) GROUP BY 1`,
  );
  const steps = db.prepare(
    `SELECT json_extract(before.detail, '$.name') AS "from", json_extract(entered.detail, '$.name') AS "to",
     count(*) AS count FROM events entered LEFT JOIN events before
     ON before.execution_id = entered.execution_id AND before.id = entered.previous
     WHERE entered.execution_id = ? AND entered.type LIKE '%StateEntered' GROUP BY 1, 2`,
  );
  const waits = db.prepare(
    `SELECT t.execution_id AS executionId, t.id AS threadId, e.name AS executionName, e.machine_name AS machineName,
     e.input AS input, json_extract(t.body, '$.state') AS state, t.phase AS phase, t.due AS due
     FROM threads t CROSS JOIN executions e ON e.id = t.execution_id
     WHERE t.due >= ?1 AND (t.due, t.execution_id, t.id) > (?1, ?2, ?3)
     ORDER BY t.due, t.execution_id, t.id LIMIT ?4`,
  );
  const waiting = db.prepare('SELECT count(*) AS count FROM threads WHERE due IS NOT NULL');

  return {
    machines: () =>
      machines.list().map(({ name, arn, definitionId }) => ({
        name,
        arn,
        definition: machines.program(definitionId),
        counts: Object.fromEntries(
          z
            .array(countRow)
            .parse(counts.all(arn))
            .map(({ status, count }) => [status, count]),
        ),
      })),
    standing: (arn, most) =>
      new Map(
        z
          .array(standingRow)
          .parse(standing.all(arn, most))
          .map(({ state, count }) => [state, count]),
      ),
    executions: (arn, status, before, limit) => store.executions(arn, status, before, limit),
    execution(id) {
      const found = store.load(id);
      return found === null ? null : { ...found, definition: machines.program(found.execution.definitionId) };
    },
    find(name) {
      for (const { arn } of machines.list()) {
        const found = store.executionByArn(`${arn.replace(':stateMachine:', ':execution:')}:${name}`);
        if (found !== null) return found;
      }
      return null;
    },
    steps: (id) => z.array(stepRow).parse(steps.all(id)),
    events: (id, after, limit) => store.events(id, after, limit, false),
    waits: (after, limit) =>
      z.array(waitRow).parse(waits.all(after?.due ?? 0, after?.executionId ?? 0, after?.threadId ?? 0, limit)),
    waiting: () => z.object({ count: z.number() }).parse(waiting.get()).count,
  };
}
