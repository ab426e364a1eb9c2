import * as z from 'zod';

/** The longest that AWS waits for anything, in seconds: a little over three years. */
export const mostSeconds = 99_999_999;

/** How long AWS lets an execution run at most, in seconds: one year, whatever its definition says. */
export const mostExecutionSeconds = 31_536_000;

/** A field that takes a whole number of seconds or the like, or an expression that gives one. */
const expression = z.string().regex(/^\{%[\s\S]*%\}$/, 'must be a number or a {% … %} expression');
const count = z.union([z.number().int().nonnegative(), expression]);
const seconds = z.union([z.number().int().nonnegative().max(mostSeconds), expression]);
const timeLimit = z.union([z.number().int().positive().max(mostSeconds), expression]);
/** ISO 8601 with seconds and a zone, as RFC 3339 has it: `2016-03-01T09:00:00+08:00`; a day that the calendar has. */
export const timestamp = z.iso.datetime({ offset: true });
const jsonata = { Comment: z.string().optional(), QueryLanguage: z.enum(['JSONata', 'JSONPath']).optional() };
const stateName = z.string().min(1).max(80);
const onward = { Next: stateName.optional(), End: z.boolean().optional() };
const results = { Output: z.unknown().optional(), Assign: z.record(z.string(), z.unknown()).optional() };
const errorNames = z.array(z.string().min(1)).min(1);

const retrier = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  IntervalSeconds: z.number().int().positive().max(mostSeconds).optional(),
  MaxAttempts: z.number().int().nonnegative().max(99_999_999).optional(),
  BackoffRate: z.number().min(1).optional(),
  MaxDelaySeconds: z.number().int().positive().lt(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).optional(),
});
const catcher = z.strictObject({
  Comment: z.string().optional(),
  ErrorEquals: errorNames,
  Next: stateName,
  ...results,
});
const recovery = { Retry: z.array(retrier).optional(), Catch: z.array(catcher).optional() };

const passState = z.strictObject({ Type: z.literal('Pass'), ...jsonata, ...onward, ...results });
const succeedState = z.strictObject({ Type: z.literal('Succeed'), ...jsonata, Output: z.unknown().optional() });
const failState = z.strictObject({
  Type: z.literal('Fail'),
  ...jsonata,
  Error: z.string().optional(),
  Cause: z.string().optional(),
});
const waitState = z.strictObject({
  Type: z.literal('Wait'),
  ...jsonata,
  ...onward,
  ...results,
  Seconds: seconds.optional(),
  Timestamp: z.union([timestamp, expression]).optional(),
});
const choiceState = z.strictObject({
  Type: z.literal('Choice'),
  ...jsonata,
  ...results,
  Choices: z
    .array(
      z.strictObject({
        Comment: z.string().optional(),
        Condition: z.union([z.boolean(), expression]),
        Next: stateName,
        ...results,
      }),
    )
    .min(1),
  Default: stateName.optional(),
});
const taskState = z.strictObject({
  Type: z.literal('Task'),
  ...jsonata,
  ...onward,
  ...results,
  ...recovery,
  Resource: z.string().min(1),
  Arguments: z.unknown().optional(),
  TimeoutSeconds: timeLimit.optional(),
  HeartbeatSeconds: timeLimit.optional(),
  Credentials: z.strictObject({ RoleArn: z.string() }).optional(),
});

const branch = z.strictObject({
  Comment: z.string().optional(),
  StartAt: stateName,
  get States() {
    return statesSchema;
  },
});
const parallelState = z.strictObject({
  Type: z.literal('Parallel'),
  ...jsonata,
  ...onward,
  ...results,
  ...recovery,
  Arguments: z.unknown().optional(),
  get Branches() {
    return z.array(branch).min(1);
  },
});
const processor = z.strictObject({
  Comment: z.string().optional(),
  ProcessorConfig: z.strictObject({ Mode: z.literal('INLINE') }).optional(),
  StartAt: stateName,
  get States() {
    return statesSchema;
  },
});
const mapState = z.strictObject({
  Type: z.literal('Map'),
  ...jsonata,
  ...onward,
  ...results,
  ...recovery,
  Items: z.union([z.array(z.unknown()), expression]).optional(),
  ItemSelector: z.unknown().optional(),
  MaxConcurrency: count.optional(),
  ToleratedFailureCount: count.optional(),
  ToleratedFailurePercentage: z.union([z.number().min(0).max(100), expression]).optional(),
  get ItemProcessor() {
    return processor;
  },
});

type PlainState = z.infer<
  typeof passState | typeof succeedState | typeof failState | typeof waitState | typeof choiceState | typeof taskState
>;
type States = Record<string, State>;
export type Branch = { Comment?: string | undefined; StartAt: string; States: States };
type Processor = Branch & { ProcessorConfig?: { Mode: 'INLINE' } | undefined };
type Common = Omit<
  z.infer<typeof taskState>,
  'Type' | 'Resource' | 'Arguments' | 'TimeoutSeconds' | 'HeartbeatSeconds' | 'Credentials'
>;

export type TaskState = z.infer<typeof taskState>;
export type ParallelState = Common & { Type: 'Parallel'; Arguments?: unknown; Branches: Branch[] };
export type MapState = Common & {
  Type: 'Map';
  Items?: unknown[] | string | undefined;
  ItemSelector?: unknown;
  MaxConcurrency?: number | string | undefined;
  ToleratedFailureCount?: number | string | undefined;
  ToleratedFailurePercentage?: number | string | undefined;
  ItemProcessor: Processor;
};
export type State = PlainState | ParallelState | MapState;
export type Retrier = z.infer<typeof retrier>;

const statesSchema: z.ZodType<States> = z.record(
  stateName,
  z.lazy(() =>
    z.discriminatedUnion('Type', [
      passState,
      succeedState,
      failState,
      waitState,
      choiceState,
      taskState,
      parallelState,
      mapState,
    ]),
  ),
);

/** A state machine in the Amazon States Language, as far as this engine runs it: JSONata only. */
export const machineSchema = z.strictObject({
  ...jsonata,
  Version: z.literal('1.0').optional(),
  StartAt: stateName,
  States: statesSchema,
  TimeoutSeconds: z.number().int().positive().max(mostSeconds).optional(),
});

export type Machine = z.infer<typeof machineSchema>;

/** Where a thread's states lie: the Parallel or Map states around it, each with the branch's number (0 for a Map). */
export type Place = readonly (readonly [state: string, branch: number])[];

/** The states that a thread at this place walks through. */
export function branchAt(machine: Machine, place: Place): Branch {
  let found: Branch = machine;
  for (const [name, index] of place) {
    const state = found.States[name];
    const inner =
      state?.Type === 'Parallel' ? state.Branches[index] : state?.Type === 'Map' ? state.ItemProcessor : undefined;
    if (inner === undefined) throw new Error(`the definition has no branch ${index} in '${name}'`);
    found = inner;
  }
  return found;
}
