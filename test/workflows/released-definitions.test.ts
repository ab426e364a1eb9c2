import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { expect, test } from 'vitest';
import { engineInMemory } from '../../infra/local/step-functions/in-memory.ts';
import type { TaskRunner } from '../../infra/local/step-functions/task-runner.ts';
import {
  elsewhere,
  routeNames,
  stepPayloadSchema,
  type WaitPayload,
  waitPayloadSchema,
} from '../../workflows/relief-application/state.ts';

const workflow = join(import.meta.dirname, '../../workflows/relief-application');
const definitions = readdirSync(join(workflow, 'fixtures/definitions')).sort();
const read = (file: string): string => readFileSync(join(workflow, 'fixtures', file), 'utf8');

const created = z.looseObject({ stateMachineArn: z.string() });
const started = z.looseObject({ executionArn: z.string() });
const described = z.looseObject({ status: z.string(), error: z.string().optional() });
const invoked = z.looseObject({ FunctionName: z.string(), Payload: z.unknown() });

type Called = WaitPayload & { readonly step: string };

/** The step that waits on each route. */
const asks: Readonly<Record<string, string>> = {
  correction: 'request-correction',
  advance: 'request-advance',
  review: 'request-review',
  approval: 'request-approval',
  notice: 'post-notice',
  objection: 'request-objection',
  disbursement: 'request-payment',
};

/** Runs an old definition with the Lambdas of today, which send the case along these routes. */
async function walk(definition: string, routes: readonly string[]) {
  const calls: string[] = [];
  const left = [...routes];
  let waiting: Called | undefined;
  let route = { next: '', timeoutSeconds: 60 };
  const isWait = (resource: string) => resource.endsWith('.waitForTaskToken');
  const goOn = () => (route = { next: left.shift() ?? 'end', timeoutSeconds: 60 });
  const tasks: TaskRunner = {
    supports: (resource) => resource.includes(':::lambda:invoke'),
    async run({ resource, arguments: asked }) {
      const { FunctionName, Payload } = invoked.parse(asked);
      const step = FunctionName.split(':').at(-1) ?? '';
      calls.push(step);
      if (!isWait(resource)) {
        stepPayloadSchema.parse(Payload);
        return { kind: 'succeeded', output: { Payload: step === 'close-case' ? route : goOn() } };
      }
      waiting = { ...waitPayloadSchema.parse(Payload), step };
      return { kind: 'succeeded', output: {} };
    },
  };
  const { clock, engine, call, close } = engineInMemory(tasks);
  // As `answerTask` does.
  const answer = ({ taskToken, onward }: Called, to: typeof route) =>
    onward === undefined || onward === to.next
      ? call('SendTaskSuccess', { taskToken, output: JSON.stringify(to) })
      : call('SendTaskFailure', { taskToken, error: elsewhere, cause: JSON.stringify(to) });
  try {
    const machine = { name: 'released', definition, roleArn: 'arn:aws:iam::111111111111:role/r' };
    const { stateMachineArn } = created.parse(await call('CreateStateMachine', machine));
    const { executionArn } = started.parse(
      await call('StartExecution', { stateMachineArn, input: read('input.json').trim() }),
    );
    for (let waits = 0; waits < 40; waits += 1) {
      await engine.idle();
      const { status } = described.parse(await call('DescribeExecution', { executionArn }));
      if (status !== 'RUNNING') return { status, calls };
      const called = waiting;
      waiting = undefined;
      if (called === undefined) throw new Error('it waits for nobody');
      // One wait is answered, the next times out and climbs a rung. Where the case has gone elsewhere a step says so at once.
      if (asks[route.next] !== called.step) await answer(called, route);
      else if (waits % 2 === 0) await answer(called, goOn());
      else clock.move(61);
    }
    return { status: 'it does not end', calls };
  } finally {
    await close();
  }
}

test.each(definitions)(
  'promise 15: an execution of the released definition %s goes every way with the Lambdas of today',
  async (file) => {
    const waits = routeNames.filter((name) => name !== 'end' && name !== 'intake');
    const { status, calls } = await walk(read(`definitions/${file}`), [
      ...waits,
      'intake',
      ...waits.toReversed(),
      'end',
    ]);
    expect(status).toBe('SUCCEEDED');
    const steps = ['check-application', 'climb-rung', 'close-case'];
    expect([...new Set(calls)].sort()).toEqual([...steps, ...Object.values(asks)].sort());
  },
);

test('promise 15: the definition of today is among the released ones, so that the next one is held against it', () => {
  const today = readFileSync(join(workflow, 'relief-application.asl.json'), 'utf8');
  expect(definitions.map((file) => read(`definitions/${file}`))).toContain(today);
});
