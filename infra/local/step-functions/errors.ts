/** A state that failed: an error name that Retry and Catch match on, and a cause for people. */
export class StateError extends Error {
  override readonly name = 'StateError';
  readonly error: string | null;
  readonly reason: string | null;
  /** A missed heartbeat is reported as States.Timeout, yet `States.HeartbeatTimeout` in ErrorEquals matches it. */
  readonly isHeartbeat: boolean;

  constructor(error: string | null, reason: string | null, options: { isHeartbeat?: boolean } = {}) {
    super(reason ?? error ?? 'the state failed');
    this.error = error;
    this.reason = reason;
    this.isHeartbeat = options.isHeartbeat ?? false;
  }
}

/** An expression or a field's value that could not be used; becomes an EvaluationFailed event and States.QueryEvaluationError. */
export class EvaluationError extends Error {
  override readonly name = 'EvaluationError';
  /** Path of the field inside its state, as AWS reports it: `Output/result`. Absent for a state's input. */
  readonly location: string | null;

  constructor(location: string | null, reason: string) {
    super(reason);
    this.location = location;
  }
}

/** A call of the API that AWS would answer with this error. `code` is AWS's own name, e.g. `TaskTimedOut`. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}
