/** The local runtime's clock: it can be moved, and then tells. */
export type Clock = {
  /** Epoch ms of the moved clock. */
  now(): number;
  /** Calls the listener each time the clock was moved; answers with how to stop. */
  onJump(listener: () => void): () => void;
};

/** One line for the operator. It never holds a payload or a task token. */
export type Log = (line: { level: 'info' | 'warn' | 'error'; message: string; [field: string]: unknown }) => void;
