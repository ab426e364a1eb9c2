import { App, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { reliefApplication } from '../../workflows/relief-application/definition.ts';
import { routeNames } from '../../workflows/relief-application/state.ts';
import { retryLadder } from '../../workflows/retries.ts';
import { checkDefinition } from '../../infra/local/step-functions/check-definition.ts';
import { routeSchema } from '../../shared/cases/case-file.ts';
import { NeverRetry, RetryLimited, RetryUnlimited } from '../../functions/middleware/task-errors.ts';

type State = {
  Type: string;
  Resource?: string;
  Arguments?: { Payload: { onward?: string } };
  TimeoutSeconds?: number | string;
  Next?: string;
  Default?: string;
  Choices?: { Condition: string; Next: string }[];
  End?: boolean;
  Catch?: { ErrorEquals: string[]; Next: string }[];
  Retry?: { ErrorEquals: string[] }[];
};

/** The definition as Step Functions gets it, with a placeholder ARN for each Lambda. */
function render(): { StartAt: string; QueryLanguage: string; States: Record<string, State> } {
  const stack = new Stack(new App(), 'Rendered');
  const step = (name: string) =>
    lambda.Function.fromFunctionArn(stack, `${name}Lambda`, `arn:aws:lambda:region:000000000000:function:${name}`);
  const steps = {
    checkApplication: step('check-application'),
    requestCorrection: step('request-correction'),
    requestAdvance: step('request-advance'),
    requestReview: step('request-review'),
    requestApproval: step('request-approval'),
    postNotice: step('post-notice'),
    requestObjection: step('request-objection'),
    requestPayment: step('request-payment'),
    climbRung: step('climb-rung'),
    closeCase: step('close-case'),
  };
  new sfn.StateMachine(stack, 'Machine', {
    definitionBody: sfn.DefinitionBody.fromChainable(reliefApplication(stack, steps)),
    queryLanguage: sfn.QueryLanguage.JSONATA,
  });
  const [machine] = Object.values(Template.fromStack(stack).findResources('AWS::StepFunctions::StateMachine'));
  const parts: unknown[] = machine?.['Properties'].DefinitionString['Fn::Join'][1];
  return JSON.parse(parts.map((part) => (typeof part === 'string' ? part : 'aws')).join(''));
}

const definition = render();
const states = Object.entries(definition.States);
const waits = states.filter(([, { Resource }]) => Resource?.endsWith('.waitForTaskToken'));

test('the rendered definition is the one in the repository', async () => {
  await expect(`${JSON.stringify(definition, null, 2)}\n`).toMatchFileSnapshot(
    '../../workflows/relief-application/relief-application.asl.json',
  );
});

describe('the definition', () => {
  test('promise 18: every wait for people ends: it has a time-out, and the time-out climbs a rung and comes back', () => {
    expect(waits.map(([name]) => name).toSorted()).toEqual([
      'AwaitAdvance',
      'AwaitApproval',
      'AwaitCorrection',
      'AwaitNotice',
      'AwaitObjection',
      'AwaitPayment',
      'AwaitReview',
    ]);
    for (const [name, state] of waits) {
      const climb = name.replace('Await', 'Climb');
      expect(state.TimeoutSeconds).toBe('{% $timeoutSeconds %}');
      expect(state.Catch).toMatchObject([
        { ErrorEquals: ['Elsewhere'], Next: 'Route' },
        { ErrorEquals: ['States.Timeout'], Next: climb },
      ]);
      expect(definition.States[climb]?.Next).toBe(name === 'AwaitNotice' ? 'AwaitPayment' : name);
    }
  });

  test('promise 18: every task is limited in time, and tries again by the one ladder', () => {
    const tasks = states.filter(([, { Type }]) => Type === 'Task');
    expect(tasks).toHaveLength(2 * waits.length + 2);
    const ladder = JSON.stringify(retryLadder.map(({ errors }) => errors));
    for (const [, state] of tasks) {
      expect(state.TimeoutSeconds).toBeDefined();
      expect(JSON.stringify(state.Retry?.map(({ ErrorEquals }) => ErrorEquals))).toBe(ladder);
    }
  });

  test('each wait is told where it goes by itself, and goes there; the last ends, and so does Close, wherever else a case ends', () => {
    const target = (name: string) =>
      definition.States['Route']?.Choices?.find(({ Condition }) => Condition === `{% $next = '${name}' %}`)?.Next;
    for (const [name, { Next, Arguments }] of waits) {
      const { onward = '' } = Arguments?.Payload ?? {};
      expect(Next).toBe(name === 'AwaitPayment' ? undefined : target(onward));
      expect(onward === 'end').toBe(name === 'AwaitPayment');
    }
    expect(target('end')).toBe('Close');
    expect(definition.States['CheckIntake']?.Next).toBe('AwaitReview');
    expect(states.filter(([, { End }]) => End === true).map(([name]) => name)).toEqual(['AwaitPayment', 'Close']);
  });

  test('every route has its way, and one that nobody knows fails', () => {
    const route = definition.States['Route'];
    const ways = route?.Choices?.map(({ Condition }) => /'(.+)'/.exec(Condition)?.[1]);
    expect(ways).toEqual([...routeNames]);
    expect(new Set(route?.Choices?.map(({ Next }) => Next)).size).toBe(routeNames.length);
    expect(definition.States[route?.Default ?? '']?.Type).toBe('Fail');
  });

  test('it holds no rule: the choice compares the name of the route and nothing else', () => {
    const choices = states.filter(([, { Type }]) => Type === 'Choice');
    expect(choices.map(([name]) => name)).toEqual(['Route']);
    for (const { Condition } of choices[0]?.[1].Choices ?? []) expect(Condition).toMatch(/^\{% \$next = '[a-z]+' %\}$/);
  });
});

test('the workflow knows exactly the routes that the rules answer', () => {
  expect([...routeNames]).toEqual(routeSchema.shape.next.options);
});

test('the one-machine engine takes the definition as it is', () => {
  expect(
    checkDefinition(JSON.stringify(definition), (resource) => resource.includes(':::lambda:invoke')),
  ).toMatchObject({
    kind: 'valid',
  });
});

test('the ladder tries again what may pass, and never what our Lambdas call hopeless', () => {
  const tried = retryLadder.flatMap(({ errors }) => errors);
  expect(tried).toContain(new RetryLimited().name);
  expect(tried).toContain(new RetryUnlimited().name);
  expect(tried).not.toContain(new NeverRetry().name);
  expect(tried.filter((name) => /^States\.(ALL|TaskFailed|Timeout)$/.test(name))).toEqual([]);
});
