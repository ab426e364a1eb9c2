import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { openBank } from './bank.ts';
import { openPostOffice } from './post-office.ts';
import { readBooks } from './finance.ts';
import { usualYear, yearFrom } from './plan.ts';
import { startReliefline } from './reliefline.ts';
import { compare, expectationsOf, showTable } from './report.ts';
import type { World } from './world.ts';
import { replayYear } from './year.ts';

const usage = `npm run replay [-- --json] [-- --seed 7] [-- --chaos 7]
  Replays the year 2016 on a fresh Reliefline of its own, through its pages and mails only.
  --json    one JSON object as the last line
  --seed    other people, other days and another order, to the same figures; the same seed, the same year
  --chaos   calls between the running system's parts go wrong by chance from this seed, to the same figures
  --chaos-rate NAME=PERCENT   as npm start takes it, may be given again
  REPLAY_DEBUG=1 in the environment shows what the running system complains of, and where the replay stopped`;

const signals = ['SIGINT', 'SIGTERM'] as const;
const firstMoment = '2016-01-04T09:00';

/** Exit code 0 if every figure of the year comes out to the fen. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean' },
      seed: { type: 'string' },
      chaos: { type: 'string' },
      'chaos-rate': { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean' },
    },
  });
  if (values.help === true) {
    console.log(usage);
    return 0;
  }
  const plan = values.seed === undefined ? usualYear : yearFrom(seedOf(values.seed));
  const begun = performance.now();
  const seconds = (): number => Math.round((performance.now() - begun) / 100) / 10;
  const facts = new URL('../facts/2016.json', import.meta.url);
  const expected = expectationsOf(JSON.parse(readFileSync(facts, 'utf8')));
  const { chaos } = values;
  const reliefline = await startReliefline({
    clock: firstMoment,
    ...(chaos === undefined ? {} : { folder: `replay-chaos-${chaos}` }),
    options: [
      ...(chaos === undefined ? [] : ['--chaos', chaos]),
      ...values['chaos-rate'].flatMap((rate) => ['--chaos-rate', rate]),
    ],
  });
  const stop = (): void => void reliefline.stop().finally(() => process.exit(130));
  for (const signal of signals) process.once(signal, stop);
  try {
    let today = firstMoment.slice(0, 10);
    const say = (line: string): void => console.log(`${today} ${String(seconds()).padStart(6)} s  ${line}`);
    const world: World = {
      site: reliefline.site,
      // What could not be sent at once is sent by a sweep within two minutes.
      post: openPostOffice(reliefline.inbox, chaos === undefined ? undefined : () => world.moveClock({ by: '+2m' })),
      bank: openBank(),
      today: () => today,
      async moveClock(step) {
        const moment = await reliefline.moveClock(step);
        today = moment.toLocaleDateString('sv-SE', { timeZone: 'Asia/Shanghai' });
      },
      say,
    };
    say(`Reliefline runs at ${reliefline.site}, its mail at ${reliefline.inbox}`);
    const applications = await replayYear(world, plan);
    const books = await readBooks(world);
    const mails = (await world.post.letters()).length;
    const result = compare(expected, books, world.bank.paidFen());
    console.log(`\n${showTable(result, books)}`);
    for (const fault of result.faults) console.log(`✗ ${fault}`);
    console.log(`${applications} applications, ${mails} mails, ${seconds()} s`);
    if (values.json === true) {
      const { ok, programmes, totalPaidFen } = result;
      console.log(JSON.stringify({ ok, programmes, totalPaidFen, applications, mails, seconds: seconds() }));
    }
    return result.ok ? 0 : 1;
  } finally {
    for (const signal of signals) process.removeListener(signal, stop);
    const faults = Object.values(await reliefline.stop()).reduce((sum, count) => sum + count, 0);
    if (chaos !== undefined) console.log(`${faults} faults by chaos ${chaos}`);
  }
}

function seedOf(text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text);
  throw new RangeError(`--seed is a whole number from 1 on, not ${text}`);
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? (process.env.REPLAY_DEBUG === undefined ? error.message : error) : error);
  return 1;
});
