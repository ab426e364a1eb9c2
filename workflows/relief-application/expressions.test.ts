import jsonata from 'jsonata';
import { expect, test } from 'vitest';
import { answeredRoute, caseId, goesTo, returnedRoute, routeElsewhere, taskToken, timeout } from './expressions.ts';

const states = {
  input: {},
  context: { Execution: { Input: { caseId: 'C1' } }, Task: { Token: 'T1' } },
};
function evaluate(expression: string, variables: Record<string, unknown>): Promise<unknown> {
  const compiled = jsonata(expression.replace(/^\{%|%\}$/g, ''));
  // Step Functions adds it to the language.
  compiled.registerFunction('parse', (text: string): unknown => JSON.parse(text));
  return compiled.evaluate({}, variables);
}

test('the case is the one that the execution was started with', async () => {
  expect(await evaluate(caseId, { states })).toBe('C1');
});

test('the token is that of the running wait', async () => {
  expect(await evaluate(taskToken, { states })).toBe('T1');
});

test('a Lambda’s answer is unwrapped, a callback’s is bare', async () => {
  const route = { next: 'notice', timeoutSeconds: 90 };
  for (const [expressions, result] of [
    [returnedRoute, { Payload: route, StatusCode: 200 }],
    [answeredRoute, route],
  ] as const) {
    const variables = { states: { ...states, result } };
    expect(await evaluate(expressions.next, variables)).toBe('notice');
    expect(await evaluate(expressions.timeoutSeconds, variables)).toBe(90);
  }
});

test('a failure of the name Elsewhere brings the route in its cause', async () => {
  const errorOutput = { Error: 'Elsewhere', Cause: JSON.stringify({ next: 'correction', timeoutSeconds: 60 }) };
  const variables = { states: { ...states, errorOutput } };
  expect(await evaluate(routeElsewhere.next, variables)).toBe('correction');
  expect(await evaluate(routeElsewhere.timeoutSeconds, variables)).toBe(60);
});

test('a wait lasts as long as the step before it said', async () => {
  expect(await evaluate(timeout, { timeoutSeconds: 14_400 })).toBe(14_400);
});

test('a case goes the way of its route and no other', async () => {
  expect(await evaluate(goesTo('review'), { next: 'review' })).toBe(true);
  expect(await evaluate(goesTo('review'), { next: 'approval' })).toBe(false);
});
