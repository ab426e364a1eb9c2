import * as z from 'zod';

/** Where a thread stands. `ready` and `calling` go on by themselves; the others wait for a time, a callback or each other. */
export const phaseSchema = z.enum([
  'ready',
  'calling',
  'awaiting-callback',
  'sleeping',
  'backing-off',
  'joining',
  'queued',
  'done',
]);
export type Phase = z.infer<typeof phaseSchema>;

const callSchema = z.object({
  /** The TaskScheduled event of this attempt; it tells one attempt's answer from another's. */
  scheduledEvent: z.number(),
  arguments: z.unknown(),
  timeoutAt: z.number().nullable(),
  heartbeatAt: z.number().nullable(),
  heartbeatSeconds: z.number().nullable(),
});

const joinSchema = z.object({
  length: z.number(),
  concurrency: z.number(),
  toleratedCount: z.number().nullable(),
  toleratedPercentage: z.number().nullable(),
  startedEvent: z.number(),
});

export const threadBodySchema = z.object({
  /** Position among its siblings: the branch's or the item's number. */
  ordinal: z.number(),
  place: z.array(z.tuple([z.string(), z.number()])),
  state: z.string(),
  input: z.unknown(),
  variables: z.record(z.string(), z.unknown()),
  lastEvent: z.number(),
  enteredEvent: z.number(),
  enteredAt: z.number(),
  /** Tries used, by index of the retrier in the state's Retry. */
  retries: z.array(z.number()),
  retryCount: z.number(),
  mapItem: z.object({ index: z.number(), value: z.unknown() }).nullable(),
  call: callSchema.nullable(),
  join: joinSchema.nullable(),
  output: z.unknown(),
  hasFailed: z.boolean(),
});

export type Thread = z.infer<typeof threadBodySchema> & {
  id: number;
  parentId: number | null;
  phase: Phase;
  /** Epoch ms at which the thread goes on by itself, or null. */
  due: number | null;
};

export const statusSchema = z.enum(['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED']);
export type ExecutionStatus = z.infer<typeof statusSchema>;

export type Execution = {
  id: number;
  arn: string;
  name: string;
  machineArn: string;
  machineName: string;
  roleArn: string;
  definitionId: number;
  status: ExecutionStatus;
  /** JSON text, as it came. */
  input: string;
  /** JSON text. */
  output: string | null;
  error: string | null;
  cause: string | null;
  startedAt: number;
  stoppedAt: number | null;
  due: number | null;
  nextEvent: number;
  nextThread: number;
};

/** An event of the history; `detail` is what AWS puts into `<type>EventDetails`. */
export type HistoryEvent = {
  id: number;
  previous: number;
  type: string;
  at: number;
  detail: Record<string, unknown> | null;
};

/** A new thread about to enter the first state of its branch. */
export function newThread(fields: {
  id: number;
  parentId: number | null;
  ordinal: number;
  place: [string, number][];
  state: string;
  input: unknown;
  variables: Record<string, unknown>;
  mapItem?: { index: number; value: unknown } | null;
  phase?: Phase;
  lastEvent?: number;
}): Thread {
  return {
    phase: 'ready',
    due: null,
    lastEvent: 0,
    enteredEvent: 0,
    enteredAt: 0,
    retries: [],
    retryCount: 0,
    mapItem: null,
    call: null,
    join: null,
    output: null,
    hasFailed: false,
    ...fields,
  };
}
