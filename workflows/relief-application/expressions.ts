/** The workflow's JSONata, each expression as Step Functions reads it. They pick and compare; they hold no rule. */

/** From the execution's own input, so that no state has to hand it on. */
export const caseId = '{% $states.context.Execution.Input.caseId %}';
/** The token of this very wait; a new one after every time-out. */
export const taskToken = '{% $states.context.Task.Token %}';
/** Set by the step before, together with `next`. */
export const timeout = '{% $timeoutSeconds %}';

/** `lambda:invoke` wraps what the Lambda returned. */
export const returnedRoute = {
  next: '{% $states.result.Payload.next %}',
  timeoutSeconds: '{% $states.result.Payload.timeoutSeconds %}',
};

/** A callback's output comes bare. */
export const answeredRoute = {
  next: '{% $states.result.next %}',
  timeoutSeconds: '{% $states.result.timeoutSeconds %}',
};

/** The route that a failure brings along. */
export const routeElsewhere = {
  next: '{% $parse($states.errorOutput.Cause).next %}',
  timeoutSeconds: '{% $parse($states.errorOutput.Cause).timeoutSeconds %}',
};

/** Whether the last step sent the case this way. */
export const goesTo = (name: string): string => `{% $next = '${name}' %}`;
