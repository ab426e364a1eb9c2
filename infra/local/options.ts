import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { type ChaosOptions, chaosUsage, readChaos } from './chaos/fault-kinds.ts';
import { readInstant } from './clock-time.ts';
import { messageOf, StartError } from './start-error.ts';

export type Options = {
  port: number;
  data: string;
  fresh: boolean;
  clock: number | undefined;
  log: 'text' | 'json';
  seed: false | string;
  parameters: Record<string, string>;
  cdkOut?: string;
  chaos?: ChaosOptions;
  help: boolean;
};

export const usage = `npm start -- [options]
  --port 4000               pages here; inbox, S3, DynamoDB, Step Functions, KMS on the five ports after it
  --data .reliefline        folder that keeps everything
  --fresh                   empty the folder first
  --clock 2016-01-01T09:00  start the clock there (China's time unless a zone is given); it goes forward only
  --log text|json           how log lines look
  --no-seed                 start empty
  --seed-profile demo       which first data: demo or replay
  --parameter NAME=VALUE    a parameter of the stack
  --cdk-out FOLDER          a stack synthesized before, instead of this repository's
${chaosUsage}`;

/** Reads the command line. @throws StartError naming the option that is wrong. */
export function readOptions(args: string[]): Options {
  const { values } = parse(args);
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 1 || port > 65_530)
    throw new StartError(`--port ${values.port}: a number from 1 to 65530.`);
  const clock = values.clock === undefined ? undefined : readInstant(values.clock);
  if (values.clock !== undefined && clock === undefined) {
    throw new StartError(`--clock ${values.clock}: write it like 2016-01-01 or 2016-01-01T09:00.`);
  }
  if (values.log !== 'text' && values.log !== 'json') throw new StartError(`--log ${values.log}: text or json.`);
  const parameters = values.parameter.map((pair): [string, string] => {
    const equals = pair.indexOf('=');
    if (equals < 1) throw new StartError(`--parameter ${pair}: write it NAME=VALUE.`);
    return [pair.slice(0, equals), pair.slice(equals + 1)];
  });
  const chaos = readChaos(values.chaos, values['chaos-rate']);
  return {
    port,
    data: resolve(values.data),
    fresh: values.fresh,
    clock,
    log: values.log,
    seed: values['no-seed'] ? false : values['seed-profile'],
    parameters: Object.fromEntries(parameters),
    ...(values['cdk-out'] === undefined ? {} : { cdkOut: resolve(values['cdk-out']) }),
    ...(chaos === undefined ? {} : { chaos }),
    help: values.help,
  };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', default: '4000' },
        data: { type: 'string', default: '.reliefline' },
        fresh: { type: 'boolean', default: false },
        clock: { type: 'string' },
        log: { type: 'string', default: 'text' },
        'no-seed': { type: 'boolean', default: false },
        'seed-profile': { type: 'string', default: 'demo' },
        parameter: { type: 'string', multiple: true, default: [] },
        'cdk-out': { type: 'string' },
        chaos: { type: 'string' },
        'chaos-rate': { type: 'string', multiple: true, default: [] },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (cause) {
    throw new StartError(messageOf(cause), { cause });
  }
}
