import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';

/**
 * Runs a project of vitest at length: `--runs` how many histories, `--seed` from which seed; a seed that was not named is drawn. Both
 * are said before and, where a test fails, after, so that the same histories can be had again. Gives the exit code.
 */
export async function longRun(
  project: string,
  {
    command,
    usage,
    runs,
    last,
  }: {
    command: string;
    usage: string;
    runs: number;
    /** What comes after, if all held so far; gives its exit code. */
    last?: () => Promise<number>;
  },
) {
  const { values } = parseArgs({
    options: { runs: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  const chosen = { RUNS: values.runs ?? String(runs), SEED: values.seed ?? String(randomInt(1, 1_000_000)) };
  const again = `npm run ${command} -- --runs ${chosen.RUNS} --seed ${chosen.SEED}`;
  console.log(`The same histories again: ${again}`);
  const child = spawn('npx', ['vitest', 'run', '--project', project], {
    stdio: 'inherit',
    env: { ...process.env, ...chosen },
  });
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)));
  if (code !== 0) console.log(`Something does not hold. The same histories again: ${again}`);
  return code === 0 && last !== undefined ? last() : code;
}
