import { spawn } from 'node:child_process';

export type Step = {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
};
export type Outcome = { readonly name: string; readonly isGood: boolean; readonly seconds: number };

/** The npm script of this name, without npm's own lines. */
export const script = (name: string, command: string, ...args: string[]): Step => ({
  name,
  command: 'npm',
  args: ['run', '--silent', command, ...(args.length === 0 ? [] : ['--', ...args])],
});

/**
 * Runs the steps in their order, `width` at a time: whoever is done takes the next. What a step printed stands together, under its
 * name, when it has ended; `quiet` leaves out what good ones printed. Outcomes come in the order of the steps.
 */
export async function runSteps(
  steps: readonly Step[],
  { width, quiet = false }: { readonly width: number; readonly quiet?: boolean },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const queue = [...steps.entries()];
  const work = async (): Promise<void> => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      const [index, step] = next;
      console.log(`-- ${step.name} …`);
      const started = performance.now();
      const { isGood, printed } = await run(step);
      const seconds = Math.round((performance.now() - started) / 100) / 10;
      if (!isGood || !quiet) console.log(`\n== ${step.name}\n${printed.trimEnd()}`);
      console.log(`== ${step.name}: ${isGood ? 'good' : 'WRONG'} after ${seconds} s`);
      outcomes[index] = { name: step.name, isGood, seconds };
    }
  };
  await Promise.all(Array.from({ length: width }, work));
  return outcomes;
}

function run({ command, args, env }: Step): Promise<{ isGood: boolean; printed: string }> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.once('error', (error) => resolve({ isGood: false, printed: `${command} does not start: ${error.message}` }));
    child.once('close', (code) => resolve({ isGood: code === 0, printed: Buffer.concat(chunks).toString('utf8') }));
  });
}
