/**
 * How every step of every workflow is tried again: one ladder, read by the error's name. Our Lambdas fail by one of three
 * names (`functions/middleware/task-errors.ts`); `NeverRetry` is on no rung, so it ends the execution and rings the alarm.
 */
export type RetryRung = {
  readonly errors: readonly string[];
  readonly intervalSeconds: number;
  readonly backoffRate: number;
  readonly maxDelaySeconds: number;
  readonly maxAttempts: number;
};

/** Lambda itself was out of order, throttled us, or stopped the function at its time limit. */
const lambdaTransient = [
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.ClientExecutionTimeoutException',
  'Lambda.TooManyRequestsException',
  'Lambda.Unknown',
  'Sandbox.Timedout',
] as const;

export const retryLadder: readonly RetryRung[] = [
  // About half an hour of trying, so that a short outage needs no person.
  {
    errors: ['RetryLimited', ...lambdaTransient],
    intervalSeconds: 2,
    backoffRate: 2,
    maxDelaySeconds: 300,
    maxAttempts: 12,
  },
  // Four tries an hour for as long as an execution may last; 99,999,999 is the most that Step Functions takes.
  { errors: ['RetryUnlimited'], intervalSeconds: 5, backoffRate: 2, maxDelaySeconds: 900, maxAttempts: 99_999_999 },
];
