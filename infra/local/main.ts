import { stdout } from 'node:process';
import { showInstant } from './clock-time.ts';
import { openLog } from './log.ts';
import { readOptions, usage } from './options.ts';
import { type Local, startLocal } from './run.ts';
import { messageOf, StartError } from './start-error.ts';

/** Longer than any start takes: a clock further on than this was not set just now. */
const startTakesMs = 60_000;

/** `npm start`: runs Reliefline on this machine until Ctrl-C. Options: see `usage`. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(usage);
    return;
  }
  let local: Local | undefined;
  const isVerbose = process.env.RELIEFLINE_DEBUG !== undefined;
  const log = openLog({
    format: options.log,
    now: () => local?.now() ?? Date.now(),
    write: (text) => stdout.write(text),
    colour: stdout.isTTY === true && process.env.NO_COLOR === undefined,
    isVerbose,
  });
  let ending = false;
  const end = (): void => {
    // A second Ctrl-C does not wait.
    if (ending) process.exit(130);
    ending = true;
    void (local?.stop() ?? Promise.resolve()).then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  // Whoever read our log has gone (npm start | head): the services go on without it.
  stdout.on('error', () => undefined);
  process.on('SIGINT', end);
  process.on('SIGTERM', end);
  // What functions tell of their usual work would be left out of the log.
  local = await startLocal({ ...options, log, logLevel: isVerbose ? 'INFO' : 'WARN' });
  // Without it, work would fail that only has to wait: like a kill, an end loses nothing.
  void local.failed.then(fail);
  if (options.clock !== undefined) {
    if (local.now() < options.clock) await local.moveClock(options.clock);
    else if (local.now() - options.clock > startTakesMs) {
      const message = `The clock of this data stands at ${showInstant(local.now())} already and goes forward only`;
      log({ level: 'warn', message });
    }
  }
  sayReady(local, options.log);
}

function sayReady({ url, inboxUrl }: Local, format: 'text' | 'json'): void {
  const places = {
    apply: `${url}/`,
    track: `${url}/track`,
    inbox: inboxUrl,
    finance: `${url}/finance`,
    office: `${url}/office`,
    codes: `${url}/_local/codes`,
    local: `${url}/_local`,
  };
  const ready = `Reliefline is ready at ${url}`;
  if (format === 'json') {
    console.log(JSON.stringify({ level: 'info', message: ready, ...places }));
    return;
  }
  const who: Record<keyof typeof places, string> = {
    apply: 'for relief',
    track: 'an application',
    inbox: 'every mail that is sent',
    finance: 'payouts to make',
    office: 'the union office',
    codes: 'one-time codes with which finance pays',
    local: 'what runs here, and the clock',
  };
  console.log(ready);
  for (const [name, address] of Object.entries(places)) {
    const what = Object.entries(who).find(([key]) => key === name)?.[1] ?? '';
    console.log(`  ${name.padEnd(8)} ${address.padEnd(32)} ${what}`);
  }
}

function fail(error: unknown): void {
  console.error(error instanceof StartError ? error.message : `Reliefline stopped: ${messageOf(error)}`);
  if (!(error instanceof StartError) && process.env.RELIEFLINE_DEBUG !== undefined) console.error(error);
  process.exit(1);
}

await main().catch(fail);
