import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { engineInMemory } from '../../infra/local/step-functions/in-memory.ts';
import { lambdaTasks } from '../../infra/local/step-functions/task-runner.ts';

/**
 * The whole way of one case through our own definition, event by event: an intake, a review that a person answers after a step
 * had to be tried again, an approval whose time runs out so that a rung is climbed, the payment (no notice before it: by the choice), the end.
 */
type Event = { id: number; previousEventId: number; type: string; timestamp: number; [detail: string]: unknown };
type Called = { step: string; payload: { caseId: string; taskToken?: string; onward?: string } };

const file = join(import.meta.dirname, '../../workflows/relief-application/relief-application.asl.json');
const definition = readFileSync(file, 'utf8').replaceAll(
  'arn:aws:lambda:region:000000000000',
  'arn:aws:lambda:us-east-1:111111111111',
);
const calls: Called[] = [];
const answers: Record<string, object> = {
  'check-application': { next: 'review', timeoutSeconds: 3_600 },
  'climb-rung': { next: 'approval', timeoutSeconds: 7_200 },
  'close-case': { next: 'end', timeoutSeconds: 1 },
};
let busy = 1;
const opened = engineInMemory(
  lambdaTasks(
    async (arn, payload) => {
      const step = arn.split(':').at(-1) ?? '';
      calls.push({ step, payload: payload as Called['payload'] });
      if (step === 'request-review' && busy > 0) {
        busy -= 1;
        return { kind: 'failed', errorType: 'RetryUnlimited', errorMessage: 'the store is busy' };
      }
      return { kind: 'returned', payload: answers[step] ?? {} };
    },
    { accountId: '111111111111', region: 'us-east-1' },
  ),
);
afterAll(() => opened.close());

let executionArn: string;
let events: Event[];
beforeAll(async () => {
  const roleArn = 'arn:aws:iam::111111111111:role/r';
  await opened.call('CreateStateMachine', { name: 'relief', definition, roleArn });
  const stateMachineArn = 'arn:aws:states:us-east-1:111111111111:stateMachine:relief';
  const input = JSON.stringify({ caseId: 'BF-2016-000001' });
  ({ executionArn } = (await opened.call('StartExecution', { stateMachineArn, name: 'case', input })) as {
    executionArn: string;
  });
  const move = async (seconds: number) => {
    await opened.engine.idle();
    opened.clock.move(seconds);
    await opened.engine.idle();
  };
  const wake = async (step: string, next: string) => {
    const { taskToken, onward } = calls.findLast((call) => call.step === step)?.payload ?? {};
    const route = JSON.stringify({ next, timeoutSeconds: 3_600 });
    await (next === onward
      ? opened.call('SendTaskSuccess', { taskToken, output: route })
      : opened.call('SendTaskFailure', { taskToken, error: 'Elsewhere', cause: route }));
    await opened.engine.idle();
  };
  await move(60);
  await wake('request-review', 'approval');
  await move(3_600);
  await wake('request-approval', 'disbursement');
  await wake('request-payment', 'end');
  ({ events } = (await opened.call('GetExecutionHistory', { executionArn, maxResults: 1000 })) as { events: Event[] });
});

/** `type` with the name of its state or resource, where it has one. */
function told(event: Event): string {
  const detail = Object.values(event).find((value): value is { name?: string } => typeof value === 'object') ?? {};
  return detail.name === undefined ? event.type : `${event.type} ${detail.name}`;
}

test('its history has AWS’s events in AWS’s order', () => {
  const task = (name: string, ...events: string[]) => [
    `TaskStateEntered ${name}`,
    'TaskScheduled',
    'TaskStarted',
    ...events,
  ];
  const answered = (name: string) => task(name, 'TaskSucceeded', `TaskStateExited ${name}`);
  const woken = (name: string) => task(name, 'TaskSubmitted', 'TaskSucceeded', `TaskStateExited ${name}`);
  expect(events.map(told)).toEqual([
    'ExecutionStarted',
    ...answered('CheckIntake'),
    // Tried again: the attempt failed, and the next one is scheduled within the same state.
    ...task('AwaitReview', 'TaskFailed', 'TaskScheduled', 'TaskStarted'),
    ...['TaskSubmitted', 'TaskSucceeded', 'TaskStateExited AwaitReview'],
    ...task('AwaitApproval', 'TaskSubmitted', 'TaskTimedOut', 'TaskStateExited AwaitApproval'),
    ...answered('ClimbApproval'),
    ...task('AwaitApproval', 'TaskSubmitted', 'TaskFailed', 'TaskStateExited AwaitApproval'),
    'ChoiceStateEntered Route',
    'ChoiceStateExited Route',
    ...woken('AwaitPayment'),
    'ExecutionSucceeded',
  ]);
});

test('its events are numbered from 1, each after the one before, and never back in time', () => {
  expect(events.map(({ id }) => id)).toEqual(events.map((_, index) => index + 1));
  // AWS gives the first two events of an execution the same predecessor: none.
  expect(events.map(({ previousEventId }) => previousEventId)).toEqual(
    events.map((_, index) => (index < 2 ? 0 : index)),
  );
  const times = events.map(({ timestamp }) => timestamp);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
});

test('what each event tells', () => {
  const detail = (type: string, nth = 0) => {
    const {
      id: _id,
      previousEventId: _previous,
      timestamp: _at,
      ...rest
    } = events.filter((event) => event.type === type)[nth] ?? {};
    return rest;
  };
  expect(detail('ExecutionStarted')).toMatchObject({
    executionStartedEventDetails: {
      input: '{"caseId":"BF-2016-000001"}',
      inputDetails: { truncated: false },
      roleArn: 'arn:aws:iam::111111111111:role/r',
    },
  });
  expect(detail('TaskStateEntered')).toMatchObject({ stateEnteredEventDetails: { name: 'CheckIntake' } });
  expect(detail('TaskScheduled')).toMatchObject({
    taskScheduledEventDetails: {
      resourceType: 'lambda',
      resource: 'invoke',
      region: 'us-east-1',
      timeoutInSeconds: 300,
      parameters: expect.stringContaining('check-application'),
    },
  });
  expect(detail('TaskSucceeded')).toMatchObject({
    taskSucceededEventDetails: { resourceType: 'lambda', resource: 'invoke', outputDetails: { truncated: false } },
  });
  expect(detail('TaskStateExited')).toMatchObject({
    stateExitedEventDetails: {
      name: 'CheckIntake',
      output: '{}',
      assignedVariables: { next: '"review"', timeoutSeconds: '3600' },
    },
  });
  expect(detail('TaskFailed')).toMatchObject({
    taskFailedEventDetails: {
      resource: 'invoke.waitForTaskToken',
      error: 'RetryUnlimited',
      cause: '{"errorType":"RetryUnlimited","errorMessage":"the store is busy","trace":[]}',
    },
  });
  expect(detail('TaskTimedOut')).toMatchObject({
    taskTimedOutEventDetails: { resource: 'invoke.waitForTaskToken', error: 'States.Timeout' },
  });
  expect(detail('ExecutionSucceeded')).toMatchObject({ executionSucceededEventDetails: { output: '{}' } });
});

test('every wait has a token of its own', () => {
  const tokens = calls.flatMap(({ payload }) => payload.taskToken ?? []);
  expect(tokens).toHaveLength(5);
  expect(new Set(tokens).size).toBe(5);
});
