import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod';
import { engineInMemory } from './in-memory.ts';
import { isRecord } from './json.ts';
import type { TaskRunner } from './task-runner.ts';

const caseSchema = z.looseObject({
  id: z.string(),
  tags: z.array(z.string()),
  definition: z.unknown(),
  input: z.unknown(),
  tasks: z.array(
    z.looseObject({
      state: z.string(),
      input: z.unknown(),
      result: z.unknown().optional(),
      error: z.string().optional(),
      cause: z.string().optional(),
      submitted: z.unknown().optional(),
    }),
  ),
  expected: z.looseObject({
    status: z.string(),
    output: z.unknown().optional(),
    error: z.string().optional(),
    cause: z.string().optional(),
  }),
  events: z.array(z.looseObject({ type: z.string(), concurrent: z.boolean().optional() })),
  masked: z.array(z.string()).optional(),
});

/** One run that was recorded on AWS; the shape is told in the README beside the cases. */
export type RecordedCase = z.infer<typeof caseSchema>;
/** `differences` are those that count; `causeDiffers` tells of a sentence that AWS words otherwise. */
export type Verdict = { id: string; differences: string[]; causeDiffers: string | null };

const described = z.looseObject({
  status: z.string(),
  output: z.string().optional(),
  error: z.string().optional(),
  cause: z.string().optional(),
});
const pageOfEvents = z.looseObject({ events: z.array(z.looseObject({ type: z.string() })) });
const started = z.looseObject({ executionArn: z.string() });
const created = z.looseObject({ stateMachineArn: z.string() });
/** Enough to let every wait and backoff of the recorded cases pass. */
const jumps = 20;

export function readCase(json: string): RecordedCase {
  return caseSchema.parse(JSON.parse(json));
}

/** Runs a recorded case and says where this engine ends otherwise than AWS did. */
export async function judge(recorded: RecordedCase): Promise<Verdict> {
  const differences: string[] = [];
  const left = [...recorded.tasks];
  const tasks: TaskRunner = {
    supports: () => true,
    async run(call) {
      const ofState = left.filter((entry) => entry.state === call.state);
      const entry = ofState.find((one) => isDeepStrictEqual(one.input, call.arguments)) ?? ofState[0];
      if (entry === undefined) {
        differences.push(`'${call.state}' called once more than on AWS`);
        return { kind: 'failed', error: 'NoEntry', cause: '' };
      }
      left.splice(left.indexOf(entry), 1);
      compare('input of a task', call.arguments, entry.input, differences);
      if (entry.error !== undefined) return { kind: 'failed', error: entry.error, cause: entry.cause ?? '' };
      return { kind: 'succeeded', output: entry.result, submitted: entry.submitted };
    },
  };
  const { clock, engine, call, close } = engineInMemory(tasks);
  try {
    const definition = JSON.stringify(recorded.definition);
    const { stateMachineArn } = created.parse(
      await call('CreateStateMachine', { name: 'recorded', definition, roleArn: 'arn:aws:iam::111111111111:role/r' }),
    );
    const { executionArn } = started.parse(
      await call('StartExecution', { stateMachineArn, input: JSON.stringify(recorded.input) }),
    );
    const describeRun = async () => described.parse(await call('DescribeExecution', { executionArn }));
    await engine.idle();
    for (let jump = 0; jump < jumps && (await describeRun()).status === 'RUNNING'; jump += 1) {
      clock.move(3600);
      await engine.idle();
    }
    const end = await describeRun();
    const history = pageOfEvents.parse(await call('GetExecutionHistory', { executionArn, maxResults: 1000 }));
    const { expected } = recorded;
    if (left.length > 0) differences.push(`${left.length} calls fewer than on AWS`);
    compare('status', end.status, expected.status, differences);
    compare('error', end.error, expected.error, differences);
    const output = end.output === undefined ? undefined : JSON.parse(end.output);
    const masked = recorded.masked ?? [];
    compare('output', without(masked, 'output', output), without(masked, 'output', expected.output), differences);
    compareOrder(
      history.events.map((event) => event.type),
      recorded.events,
      differences,
    );
    const isOurs = expected.error?.startsWith('States.') !== true;
    if (isOurs) compare('cause', end.cause, expected.cause, differences);
    const causeDiffers = !isOurs && end.cause !== expected.cause ? `${end.cause} ≠ ${expected.cause}` : null;
    return { id: recorded.id, differences, causeDiffers };
  } catch (error) {
    differences.push(error instanceof Error ? error.message : String(error));
    return { id: recorded.id, differences, causeDiffers: null };
  } finally {
    await close();
  }
}

function compare(what: string, found: unknown, expected: unknown, differences: string[]): void {
  if (isDeepStrictEqual(found, expected)) return;
  differences.push(`${what}: ${JSON.stringify(found)} ≠ ${JSON.stringify(expected)}`);
}

/** A value without the places that the recording hides; pointers are into `expected`, `/output/name`. */
function without(masked: readonly string[], root: string, value: unknown): unknown {
  const copy: unknown = value === undefined ? undefined : structuredClone(value);
  for (const pointer of masked) {
    const [first, ...path] = pointer.slice(1).split('/');
    const last = path.pop();
    if (first !== root || last === undefined) continue;
    let holder = copy;
    for (const part of path) holder = isRecord(holder) ? holder[part] : undefined;
    if (isRecord(holder)) delete holder[last];
  }
  return copy;
}

/** Events side by side with others are compared as a bag, stretch by stretch, all others in their place. */
function compareOrder(found: readonly string[], expected: RecordedCase['events'], differences: string[]): void {
  const sorted = (types: readonly string[]) => [...types].sort();
  let at = 0;
  while (at < expected.length) {
    let end = at + 1;
    if (expected[at]?.concurrent === true) while (expected[end]?.concurrent === true) end += 1;
    const wanted = expected.slice(at, end).map((event) => event.type);
    if (!isDeepStrictEqual(sorted(found.slice(at, end)), sorted(wanted))) {
      differences.push(`events from #${at + 1}: ${found.slice(at, end)} ≠ ${wanted}`);
      return;
    }
    at = end;
  }
  if (found.length > expected.length) differences.push(`events beyond the last: ${found.slice(expected.length)}`);
}
