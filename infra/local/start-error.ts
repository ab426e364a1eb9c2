/** A start that cannot go on, told in one line. `main.ts` prints the message alone and exits with 1: no stack trace. */
export class StartError extends Error {
  readonly code = 'START_REFUSED';
}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True for a Node system error with this code (`EADDRINUSE`, `ENOENT`, …). */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
