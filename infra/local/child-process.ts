import { spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * Runs beside the program, waits for the end of its input, and kills it then. The input is a pipe that only our process
 * holds, so the child dies with us even after `kill -9`, when no handler of ours can run.
 */
const dieWithParent = 'exec 3<&0; ( read -r _ <&3; kill -9 $$ ) & exec "$@" 3<&- </dev/null';

export type Child = {
  /** Resolves with the program's last words when it ends, asked for or not. */
  ended: Promise<string>;
  running(): boolean;
  /** Asks it to end, and insists after three seconds. */
  stop(): Promise<void>;
};

/** Starts a program in a process group of its own, so that Ctrl-C reaches it only through us, in order. */
export function startChild(command: string, args: string[], options: { cwd?: string } = {}): Child {
  const child = spawn('/bin/sh', ['-c', dieWithParent, 'sh', command, ...args], {
    ...options,
    detached: true,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      words = `${words}${chunk.toString()}`.slice(-2_000);
    });
  }
  let running = true;
  const ended = once(child, 'exit').then(
    () => {
      running = false;
      return words.trim();
    },
    (error: unknown) => {
      running = false;
      return String(error);
    },
  );
  const signal = (name: NodeJS.Signals): void => {
    if (child.pid === undefined || !running) return;
    process.kill(-child.pid, name);
  };
  return {
    ended,
    running: () => running,
    async stop() {
      signal('SIGTERM');
      const insist = setTimeout(() => signal('SIGKILL'), 3_000);
      await ended;
      clearTimeout(insist);
      child.stdin.destroy();
    },
  };
}
