import { join } from 'node:path';
import { backupPage } from './backup-page.ts';
import { openClock } from './clock.ts';
import { openChaos } from './chaos/index.ts';
import type { ChaosOptions } from './chaos/fault-kinds.ts';
import { clockPage } from './clock-page.ts';
import { readInstant, showInstant } from './clock-time.ts';
import { openDataFolder } from './data-folder.ts';
import { startDynamoDb } from './dynamodb.ts';
import { functionEnvironment, type LogLevel } from './environment.ts';
import { startHttpApi } from './http-api.ts';
import { startKms } from './kms.ts';
import { lookingPages } from './local-pages/index.ts';
import { localRouter } from './local-pages/router.ts';
import { openLambdas } from './lambda.ts';
import { idsIn, type Log, openLog } from './log.ts';
import { startMail } from './mail.ts';
import { moveClock } from './move-clock.ts';
import { claimPorts, findPorts } from './ports.ts';
import { invokeProver } from './invoke-prover.ts';
import { provePage } from './prove-page.ts';
import { repositoryRoot } from './repository.ts';
import { startS3 } from './s3.ts';
import { openScheduler } from './scheduler.ts';
import { seed } from './seed.ts';
import { messageOf, StartError } from './start-error.ts';
import { startExecution } from './start-execution.ts';
import type { InvokeLambda } from './step-functions/task-runner.ts';
import { openStepFunctions } from './step-functions/index.ts';
import { synthesize } from './synth.ts';
import { takeBackup } from './take-backup.ts';
import { loadModel, type Model } from './template.ts';
import { expireItems } from './time-to-live.ts';
import { tellWhereabouts } from './whereabouts.ts';

export type LocalOptions = {
  /** Folder that keeps everything. */
  data: string;
  /** First of six ports; left out, six free ones are found (tests). */
  port?: number;
  fresh?: boolean;
  /** Where the clock starts: epoch milliseconds, or text as for `--clock`. */
  clock?: number | string | undefined;
  /** The profile of the first data; false starts empty. Default `demo`. */
  seed?: false | string;
  parameters?: Record<string, string>;
  /** A synthesized stack; left out, the repository's own is synthesized. */
  cdkOut?: string;
  log?: Log;
  /** Functions say nothing below this level; default `INFO`. */
  logLevel?: LogLevel;
  /** Lets calls go wrong as they do on AWS. */
  chaos?: ChaosOptions;
  /** Where a function finds the database, if something that listens stands between them. */
  databaseOf?: (functionName: string, endpoint: string) => string;
};

export type Local = {
  url: string;
  inboxUrl: string;
  ports: { web: number; inbox: number; s3: number; dynamodb: number; stepFunctions: number; kms: number };
  dynamoDbUrl: string;
  model: Model;
  /** Epoch milliseconds of the moved time. */
  now(): number;
  /** Moves the clock to an instant (epoch milliseconds, or text); resolves when the services are still again. */
  moveClock(to: number | string): Promise<void>;
  /** Resolves when no task and no function runs. */
  settle(): Promise<void>;
  /** Resolves when it cannot go on; what was acknowledged is on the disk, and the next start goes on from there. */
  failed: Promise<StartError>;
  stop(): Promise<void>;
};

/**
 * Runs the synthesized stack on this machine.
 *
 * @throws StartError for everything that a person can put right, in one sentence
 */
export async function startLocal(options: LocalOptions): Promise<Local> {
  const stops: (() => Promise<void> | void)[] = [];
  const stop = async (): Promise<void> => {
    for (const end of stops.splice(0).reverse()) await end();
  };
  try {
    return await start(options, stops, stop);
  } catch (error) {
    await stop();
    throw error;
  }
}

async function start(
  options: LocalOptions,
  stops: (() => Promise<void> | void)[],
  stop: () => Promise<void>,
): Promise<Local> {
  const data = openDataFolder(options.data, { fresh: options.fresh ?? false });
  stops.push(data.release);
  const file = (name: string): string => join(data.path, name);
  const clock = openClock({ folder: data.path, startAt: readStart(options.clock) });
  const log = options.log ?? openLog({ format: 'json', now: clock.now, write: () => undefined });
  const [cdkOut, ports] = await Promise.all([
    options.cdkOut ?? synthesize(repositoryRoot),
    options.port === undefined ? findPorts() : claimPorts(options.port),
  ]);
  const url = `http://127.0.0.1:${ports.web}`;
  const model = loadModel({ cdkOut, url, parameters: options.parameters ?? {} });
  for (const message of model.warnings) log({ level: 'warn', message });
  const { accountId, region } = model;

  const chaos = options.chaos && openChaos(options.chaos, log);
  // Chaos takes the known ports, and the services stand behind it.
  const behind = chaos === undefined ? ports : await findPorts();
  if (chaos !== undefined) stops.push(chaos.close);

  const services = await Promise.allSettled([
    startDynamoDb({ port: behind.dynamodb, folder: data.path, tables: model.tables }),
    startS3({ port: behind.s3, folder: file('objects'), buckets: model.buckets }),
    startMail({ port: behind.inbox, file: file('mails.jsonl'), now: clock.now }),
    startKms({ port: behind.kms, keyFile: file('master-key.json'), keys: model.keys }),
  ]);
  for (const service of services) if (service.status === 'fulfilled') stops.push(service.value.close);
  const failed = services.find((service) => service.status === 'rejected');
  if (failed !== undefined) throw failed.reason;
  const [database, objects, mail] = services;
  if (database.status === 'rejected') throw database.reason;
  if (mail.status === 'rejected') throw mail.reason;
  const dynamoDbEndpoint = database.value.endpoint;
  await chaos?.standBefore(ports, behind, dynamoDbEndpoint);
  const functionsDynamoDb = chaos === undefined ? dynamoDbEndpoint : `http://127.0.0.1:${ports.dynamodb}`;

  const lambdas = openLambdas({
    definitions: model.functions,
    environment: (definition) =>
      functionEnvironment(definition, {
        ports,
        dynamoDbEndpoint: options.databaseOf?.(definition.name, functionsDynamoDb) ?? functionsDynamoDb,
        region,
        ...(options.logLevel !== undefined && { logLevel: options.logLevel }),
      }),
    clock: clock.shared,
    compileCache: join(repositoryRoot, 'node_modules', '.cache', 'reliefline', 'compiled'),
    log,
  });
  stops.push(lambdas.close);

  const invokeLambda: InvokeLambda = async (functionArn, payload) => {
    const why = { kind: 'task', about: idsIn(payload) } as const;
    const outcome = await lambdas.invoke(functionArn, JSON.stringify(payload), why);
    if (outcome === undefined) {
      return {
        kind: 'unreachable',
        errorName: 'Lambda.ResourceNotFoundException',
        message: `Function not found: ${functionArn}`,
      };
    }
    return outcome.kind === 'failed' ? outcome : { kind: 'returned', payload: JSON.parse(outcome.payload) };
  };

  const engine = await openStepFunctions({
    file: file('step-functions.sqlite'),
    clock,
    accountId,
    region,
    log,
    invokeLambda: chaos?.tasks(invokeLambda) ?? invokeLambda,
    dynamoDbEndpoint: functionsDynamoDb,
  }).catch((cause: unknown) => {
    throw new StartError(
      `The executions in ${file('step-functions.sqlite')} cannot be read (${messageOf(cause)}). Move the file away, or start with --fresh.`,
      { cause },
    );
  });
  stops.push(engine.close);
  for (const machine of model.machines) await engine.putStateMachine(machine);
  await engine.listen(behind.stepFunctions);

  const settle = async (): Promise<void> => {
    do {
      await lambdas.idle();
      await engine.idle();
    } while (lambdas.busy() > 0);
  };
  if (options.seed !== false) {
    await seed({ folder: data.path, profile: options.seed ?? 'demo', functions: model.functions, lambdas });
  }
  chaos?.begin();
  const scheduler = openScheduler({
    file: file('schedules.json'),
    schedules: model.schedules,
    clock,
    accountId,
    region,
    log,
    async deliver(arn, input, reason) {
      const why = { kind: 'schedule', name: reason } as const;
      const run = async (): Promise<string | undefined> => {
        const outcome = await lambdas.invoke(arn, input, why);
        return outcome?.kind === 'returned' ? outcome.payload : undefined;
      };
      if (lambdas.has(arn)) return chaos?.schedules(run, reason) ?? run();
      if (arn.includes(':stateMachine:')) await startExecution(behind.stepFunctions, arn, input);
      else log({ level: 'warn', message: 'A schedule has a target that does not run here', name: reason });
      return undefined;
    },
  });
  stops.push(scheduler.close);

  let turn: Promise<unknown> = Promise.resolve();
  /** What changes the clock or the tables past every function, and a backup, happen one after the other. */
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.catch(() => undefined).then(work);
    turn = done;
    return done;
  };
  const expire = () => expireItems(dynamoDbEndpoint, model.tables, clock.now());
  const move = (to: number): Promise<void> =>
    inTurn(async () => {
      await moveClock({ clock, scheduler, nextTimer: () => engine.nextDue() ?? undefined, settle }, to);
      await expire();
      log({ level: 'info', message: 'clock moved', to: showInstant(clock.now()) });
    });
  const doors = [objects, mail].map((service) => (service.status === 'fulfilled' ? [service.value.gate] : [])).flat();
  const backupPages = backupPage((to) =>
    inTurn(() => takeBackup({ folder: data.path, to, database: database.value, lambdas, doors, now: clock.now })),
  );
  const provePages = provePage(() => invokeProver(model.functions, lambdas));
  const inboxUrl = `http://127.0.0.1:${ports.inbox}`;
  const pages = lookingPages({
    site: url,
    inboxUrl,
    folder: data.path,
    dynamoDbEndpoint,
    tables: model.tables.map(({ name }) => name),
    look: engine.look,
    mails: mail.value.mails,
    schedules: scheduler.seen,
    now: clock.now,
    move,
  });
  const api = await startHttpApi({
    port: ports.web,
    model,
    lambdas,
    now: clock.now,
    log,
    localPages: localRouter([clockPage({ now: clock.now, move }), backupPages, provePages, ...pages], log),
  });
  stops.push(api.close);
  const expiry = setInterval(() => void inTurn(expire).catch(() => 0), 3_600_000);
  stops.push(() => clearInterval(expiry), tellWhereabouts(data.path, url));

  return {
    url,
    inboxUrl,
    ports,
    dynamoDbUrl: dynamoDbEndpoint,
    model,
    now: clock.now,
    moveClock: (to) => move(readStart(to) ?? clock.now()),
    settle,
    failed: database.value.ended.then(
      () => new StartError('The database has ended by itself. Nothing that was acknowledged is lost: start again.'),
    ),
    stop,
  };
}

function readStart(clock: number | string | undefined): number | undefined {
  if (typeof clock !== 'string') return clock;
  const instant = readInstant(clock);
  if (instant === undefined) throw new StartError(`${clock} is no time; write it like 2016-01-01T09:00.`);
  return instant;
}
