import { describe, expect, test } from 'vitest';
import { actionRoutes as applicantRoutes, applicantApp } from '../../functions/web/applicant/applicant-app.tsx';
import { actionRoutes as approverRoutes, approverApp } from '../../functions/web/approver/approver-app.tsx';
import { actionRoutes as financeRoutes, financeApp } from '../../functions/web/finance/finance-app.tsx';
import { actionRoutes as resultRoutes, resultsApp } from '../../functions/web/finance/results-app.tsx';
import { actionRoutes as fundRoutes, fundsApp } from '../../functions/web/finance/funds-app.tsx';
import { actionRoutes as officeRoutes, officeApp } from '../../functions/web/office/office-app.tsx';
import { caseLifecycle } from '../../shared/cases/case-lifecycle.ts';
import { recoveryLifecycle } from '../../shared/cases/recovery.ts';
import { scheduledLifecycle } from '../../shared/cases/scheduled-item.ts';
import { batchLifecycle } from '../../shared/disbursement/batch.ts';
import { bankResultLifecycle } from '../../shared/disbursement/bank-result/bank-result.ts';
import { payoutLifecycle } from '../../shared/disbursement/payout.ts';
import { objectionLifecycle } from '../../shared/notice/objection.ts';
import { actionsOf, ofTheMachine } from '../support/lifecycle-actions.ts';

const routed: Readonly<Record<string, readonly [string, string]>> = {
  ...applicantRoutes,
  ...approverRoutes,
  ...financeRoutes,
  ...fundRoutes,
  ...resultRoutes,
  ...officeRoutes,
};

describe.each([
  ['case', caseLifecycle],
  ['payout', payoutLifecycle],
  ['batch', batchLifecycle],
  ["bank's result", bankResultLifecycle],
  ['objection', objectionLifecycle],
  ['scheduled item', scheduledLifecycle],
  ['recovery', recoveryLifecycle],
] as const)('the lifecycle of a %s', (name, table) => {
  const actions = actionsOf(table);

  test('has a route for each action that a person takes', () => {
    const without = actions.filter((action) => !(action in routed) && !ofTheMachine[name]?.includes(action));
    expect(actions.length).toBeGreaterThan(0);
    expect(without).toEqual([]);
  });

  test('has every action that is said to be the machine’s, and no route takes one of them', () => {
    for (const action of ofTheMachine[name] ?? []) {
      expect(actions).toContain(action);
      expect(Object.keys(routed)).not.toContain(action);
    }
  });
});

test('an action changes something only by POST', () => {
  expect(Object.values(routed).map(([method]) => method)).toEqual(Object.keys(routed).map(() => 'POST'));
});

test.each([
  ['applicant', applicantRoutes, applicantApp({} as never)],
  ['approver', approverRoutes, approverApp({} as never)],
  ['finance', financeRoutes, financeApp({} as never)],
  ['funds', fundRoutes, fundsApp({} as never)],
  ["banks' results", resultRoutes, resultsApp({} as never)],
  ['office', officeRoutes, officeApp({} as never)],
] as const)('the %s pages really have the routes that they name', (_, routes, { routes: registered }) => {
  const known = registered.map(({ method, path }) => `${method} ${path}`);
  for (const [method, path] of Object.values(routes)) expect(known).toContain(`${method} ${path}`);
});
