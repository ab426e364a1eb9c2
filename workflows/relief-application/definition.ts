import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { retryLadder } from '../retries.ts';
import { answeredRoute, caseId, goesTo, returnedRoute, routeElsewhere, taskToken, timeout } from './expressions.ts';
import { elsewhere, type RouteName } from './state.ts';

/** The Lambdas that the workflow calls, one for each state but `Route`. */
export type ReliefApplicationSteps = {
  readonly checkApplication: lambda.IFunction;
  readonly requestCorrection: lambda.IFunction;
  readonly requestAdvance: lambda.IFunction;
  readonly requestReview: lambda.IFunction;
  readonly requestApproval: lambda.IFunction;
  readonly postNotice: lambda.IFunction;
  readonly requestObjection: lambda.IFunction;
  readonly requestPayment: lambda.IFunction;
  readonly climbRung: lambda.IFunction;
  readonly closeCase: lambda.IFunction;
};

/**
 * The way of an application as a state machine, and little more: it waits and looks again. Where the case stands is decided in
 * `shared/cases`. Each wait is told its usual way, and goes there by itself; only whoever finds the case elsewhere says so, by a failure
 * of that name with the route, and then the one Choice is asked.
 *
 * A wait ends in one of four ways: it succeeds; the case is elsewhere; the next rung is due (`States.Timeout`); or a failure
 * that the retry ladder does not know, which fails the execution and rings the alarm.
 */
export function reliefApplication(scope: Construct, steps: ReliefApplicationSteps): sfn.IChainable {
  const route = new sfn.Choice(scope, 'Route', { queryLanguage: sfn.QueryLanguage.JSONATA });
  const check = answeringStep(scope, 'CheckIntake', steps.checkApplication);
  const close = answeringStep(scope, 'Close', steps.closeCase);
  const wait = (name: string, step: lambda.IFunction, onward: RouteName) => ({
    wait: waitingStep(scope, `Await${name}`, step, onward).addCatch(route, {
      errors: [elsewhere],
      assign: routeElsewhere,
      outputs: {},
    }),
    climb: answeringStep(scope, `Climb${name}`, steps.climbRung),
    onward,
  });
  const waits = {
    correction: wait('Correction', steps.requestCorrection, 'intake'),
    advance: wait('Advance', steps.requestAdvance, 'disbursement'),
    review: wait('Review', steps.requestReview, 'approval'),
    approval: wait('Approval', steps.requestApproval, 'notice'),
    notice: wait('Notice', steps.postNotice, 'disbursement'),
    objection: wait('Objection', steps.requestObjection, 'notice'),
    disbursement: wait('Payment', steps.requestPayment, 'end'),
  } as const;

  const targets: { readonly [Name in RouteName]: sfn.IChainable } = {
    intake: check,
    correction: waits.correction.wait,
    advance: waits.advance.wait,
    review: waits.review.wait,
    approval: waits.approval.wait,
    notice: waits.notice.wait,
    objection: waits.objection.wait,
    disbursement: waits.disbursement.wait,
    end: close,
  };
  for (const [name, target] of Object.entries(targets)) route.when(sfn.Condition.jsonata(goesTo(name)), target);
  check.next(waits.review.wait);
  for (const [name, { wait: waiting, climb, onward }] of Object.entries(waits)) {
    waiting.addCatch(climb, { errors: ['States.Timeout'], outputs: {} });
    // Who hands the last answer over takes it out of the outbox too: nothing is left to close.
    if (onward !== 'end') waiting.next(targets[onward]);
    // The time of a notice ends it; after any other rung the same people are waited for.
    climb.next(name === 'notice' ? targets[onward] : waiting);
  }
  route.otherwise(
    sfn.Fail.jsonata(scope, 'UnknownRoute', {
      error: 'UnknownRoute',
      cause: 'A step answered a route that this definition does not know.',
    }),
  );
  return check;
}

/** A step that works and answers at once. */
function answeringStep(scope: Construct, id: string, step: lambda.IFunction): tasks.LambdaInvoke {
  return withRetries(
    tasks.LambdaInvoke.jsonata(scope, id, {
      lambdaFunction: step,
      payload: sfn.TaskInput.fromObject({ caseId }),
      assign: returnedRoute,
      outputs: {},
      taskTimeout: sfn.Timeout.duration(Duration.minutes(5)),
      retryOnServiceExceptions: false,
    }),
  );
}

/** A step that asks people and is woken by their answer, or by the time of the next rung. */
function waitingStep(scope: Construct, id: string, step: lambda.IFunction, onward: RouteName): tasks.LambdaInvoke {
  return withRetries(
    tasks.LambdaInvoke.jsonata(scope, id, {
      lambdaFunction: step,
      integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: sfn.TaskInput.fromObject({ caseId, taskToken, onward }),
      assign: answeredRoute,
      outputs: {},
      taskTimeout: sfn.Timeout.jsonata(timeout),
      retryOnServiceExceptions: false,
    }),
  );
}

function withRetries(step: tasks.LambdaInvoke): tasks.LambdaInvoke {
  for (const rung of retryLadder) {
    step.addRetry({
      errors: [...rung.errors],
      interval: Duration.seconds(rung.intervalSeconds),
      backoffRate: rung.backoffRate,
      maxDelay: Duration.seconds(rung.maxDelaySeconds),
      maxAttempts: rung.maxAttempts,
      jitterStrategy: sfn.JitterType.FULL,
    });
  }
  return step;
}
