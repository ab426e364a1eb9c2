import { Duration } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';
import type { Construct } from 'constructs';
import { retryLadder } from '../retries.ts';
import { answeredRoute, caseId, goesTo, returnedRoute, taskToken, timeout } from './expressions.ts';
import type { RouteName } from './state.ts';

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
 * The way of an application as a state machine, and little more: it waits and looks again. Every step answers a route;
 * where the case stands is decided in `shared/cases` and read by the one Choice.
 *
 * A wait ends in one of three ways: the callback with a route, the next rung (`States.Timeout`), or a failure that the
 * retry ladder does not know, which fails the execution and rings the alarm.
 */
export function reliefApplication(scope: Construct, steps: ReliefApplicationSteps): sfn.IChainable {
  const route = new sfn.Choice(scope, 'Route', { queryLanguage: sfn.QueryLanguage.JSONATA });
  const climbRung = answeringStep(scope, 'ClimbRung', steps.climbRung);
  const checkIntake = answeringStep(scope, 'CheckIntake', steps.checkApplication);
  const close = answeringStep(scope, 'Close', steps.closeCase);
  const wait = (id: string, step: lambda.IFunction) =>
    waitingStep(scope, id, step).addCatch(climbRung, { errors: ['States.Timeout'] });

  const targets: { readonly [Name in RouteName]: sfn.IChainable & sfn.INextable } = {
    intake: checkIntake,
    correction: wait('AwaitCorrection', steps.requestCorrection),
    advance: wait('AwaitAdvance', steps.requestAdvance),
    review: wait('AwaitReview', steps.requestReview),
    approval: wait('AwaitApproval', steps.requestApproval),
    notice: wait('AwaitNotice', steps.postNotice),
    objection: wait('AwaitObjection', steps.requestObjection),
    disbursement: wait('AwaitPayment', steps.requestPayment),
    end: close,
  };
  for (const [name, target] of Object.entries(targets)) {
    route.when(sfn.Condition.jsonata(goesTo(name)), target);
    if (target !== close) target.next(route);
  }
  climbRung.next(route);
  close.next(sfn.Succeed.jsonata(scope, 'Closed'));
  route.otherwise(
    sfn.Fail.jsonata(scope, 'UnknownRoute', {
      error: 'UnknownRoute',
      cause: 'A step answered a route that this definition does not know.',
    }),
  );
  return checkIntake;
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
function waitingStep(scope: Construct, id: string, step: lambda.IFunction): tasks.LambdaInvoke {
  return withRetries(
    tasks.LambdaInvoke.jsonata(scope, id, {
      lambdaFunction: step,
      integrationPattern: sfn.IntegrationPattern.WAIT_FOR_TASK_TOKEN,
      payload: sfn.TaskInput.fromObject({ caseId, taskToken }),
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
