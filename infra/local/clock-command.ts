import { parseArgs } from 'node:util';
import * as z from 'zod';
import { messageOf } from './start-error.ts';

/** `npm run clock -- +3d` moves the clock of a running Reliefline; without an argument it only tells the time. */
const usage = 'Usage: npm run clock -- [+3d | +12h | 2016-03-01T09:00] [--port 4000]';
const answered = z.union([z.object({ now: z.string() }), z.object({ message: z.string() })]);

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { port: { type: 'string', default: '4000' } },
  });
  const [step, ...more] = positionals;
  if (more.length > 0) throw new Error(usage);
  const body = step === undefined ? undefined : JSON.stringify(step.startsWith('+') ? { by: step } : { to: step });
  const response = await fetch(`http://127.0.0.1:${values.port}/_local/clock`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body }),
  }).catch((cause: unknown) => {
    throw new Error(`No Reliefline answers at port ${values.port}. Start it with npm start, or name its --port.`, {
      cause,
    });
  });
  const answer = answered.parse(await response.json());
  if ('now' in answer) {
    console.log(answer.now);
    return 0;
  }
  console.error(answer.message);
  return 1;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(messageOf(error));
  return 1;
});
