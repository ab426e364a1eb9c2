/** What passes between a pool and its workers. Payloads are JSON text, as they are between Lambda and its callers. */
export type WorkerData = {
  codeFolder: string;
  handler: string;
  functionName: string;
  functionArn: string;
  memoryMb: number;
  clock: SharedArrayBuffer;
  compileCache: string;
};
/** `deadline` is on the real clock, in epoch milliseconds: a function's seconds are real ones. */
export type Request = { requestId: string; event: string; deadline: number };
export type Failure = { kind: 'failed'; errorType: string; errorMessage: string; trace?: string[] };
export type Reply = { kind: 'ready' } | { kind: 'returned'; payload: string } | Failure;
export type Outcome = Extract<Reply, { kind: 'returned' }> | Failure;
