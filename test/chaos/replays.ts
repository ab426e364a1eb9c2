import { spawn } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { inParallel } from '../replay/world.ts';

/** More at once would only wait for each other on a machine of two cores. */
const width = 2;
/** Two that begin at the same moment would synthesize the stack side by side. */
const apartMs = 20_000;

/**
 * Replays the year 2016 while calls go wrong, once for each seed from 1 on, and says of each whether its figures are the same to the
 * fen. Gives the exit code.
 */
export async function replaysUnderChaos(seeds: number): Promise<number> {
  console.log(`The year 2016 under chaos, seeds 1 to ${seeds}`);
  const codes = await inParallel(
    Array.from({ length: seeds }, (_, index) => index + 1),
    async (seed, index) => {
      if (index < width) await pause(index * apartMs);
      return replay(seed);
    },
    width,
  );
  const failed = codes.flatMap((code, index) => (code === 0 ? [] : [index + 1]));
  for (const seed of failed) console.log(`Again: npm run replay -- --chaos ${seed}`);
  return failed.length === 0 ? 0 : 1;
}

async function replay(seed: number): Promise<number> {
  const child = spawn(process.execPath, ['test/replay/main.ts', '--json', '--chaos', String(seed)], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let words = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      words = `${words}${chunk.toString()}`.slice(-3_000);
    });
  }
  const code = await new Promise<number>((resolve) => child.once('close', (status) => resolve(status ?? 1)));
  console.log(`${code === 0 ? ' ' : '✗'} chaos ${seed}: ${words.trim().split('\n').slice(-2).join(' · ')}`);
  if (code !== 0) console.log(words);
  return code;
}
