/**
 * What a task's failure means to the workflow: the `name` of the error is what the state machine's Retry reads.
 * Three names, one ladder, for every step.
 */

/** The world is out of order for a moment: try again a few times, then let a person look. */
export class RetryLimited extends Error {
  override readonly name = 'RetryLimited';
  readonly code = 'retry-limited';
}

/** The step must happen in the end and trying costs nothing: try again for as long as it takes. */
export class RetryUnlimited extends Error {
  override readonly name = 'RetryUnlimited';
  readonly code = 'retry-unlimited';
}

/** Trying again gives the same answer: a broken promise, a defect, a payload that nobody can read. */
export class NeverRetry extends Error {
  override readonly name = 'NeverRetry';
  readonly code = 'never-retry';
}

const passing = new Set([
  'InternalServerError',
  'InternalServerException',
  'InternalFailure',
  'ItemCollectionSizeLimitExceededException',
  'KMSInternalException',
  'KMSInvalidStateException',
  'LimitExceededException',
  'NetworkingError',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'StoreBusyError',
  'Throttling',
  'ThrottlingException',
  'ThrottledException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

const passingCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
]);

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

/** A cancelled transaction passes by itself if nothing but conflicts and throttling stood against it. */
function isPassingCancellation(error: Error): boolean {
  const reasons = property(error, 'CancellationReasons');
  if (error.name !== 'TransactionCanceledException' || !Array.isArray(reasons)) return false;
  const codes = reasons.map((reason) => String(property(reason, 'Code') ?? 'None')).filter((code) => code !== 'None');
  return (
    codes.length > 0 &&
    codes.every(
      (code) =>
        code === 'TransactionConflict' || code === 'ProvisionedThroughputExceeded' || code.startsWith('Throttling'),
    )
  );
}

function isPassing(error: Error): boolean {
  const status = property(property(error, '$metadata'), 'httpStatusCode');
  const code = property(error, 'code');
  return (
    passing.has(error.name) ||
    (typeof code === 'string' && passingCodes.has(code)) ||
    isPassingCancellation(error) ||
    property(error, '$retryable') !== undefined ||
    (typeof status === 'number' && status >= 500)
  );
}

/**
 * Any failure as one of the three. Ours pass unchanged; AWS's throttling, conflicts, outages and a lost network become
 * `RetryLimited`, also as the cause of another error; everything else is `NeverRetry`. The cause is kept.
 */
export function asTaskError(error: unknown): RetryLimited | RetryUnlimited | NeverRetry {
  if (error instanceof RetryLimited || error instanceof RetryUnlimited || error instanceof NeverRetry) return error;
  for (let each: unknown = error, depth = 0; each instanceof Error && depth < 5; each = each.cause, depth++) {
    if (isPassing(each)) return new RetryLimited(`${each.name}: this may pass`, { cause: error });
  }
  const name = error instanceof Error ? error.name : typeof error;
  return new NeverRetry(`${name}: trying again would not help`, { cause: error });
}
