import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openClock } from './clock.ts';
import { FolderInUse, holdsData, openDataFolder } from './data-folder.ts';
import { startDynamoDb } from './dynamodb.ts';
import { functionEnvironment } from './environment.ts';
import { invokeProver, type Proof, proofSchema } from './invoke-prover.ts';
import { startKms } from './kms.ts';
import { openLambdas } from './lambda.ts';
import { openLog } from './log.ts';
import { findPorts } from './ports.ts';
import { repositoryRoot } from './repository.ts';
import { messageOf, StartError } from './start-error.ts';
import { synthesize } from './synth.ts';
import { loadModel } from './template.ts';
import { whereaboutsOf } from './whereabouts.ts';

/** `npm run prove` proves the books of a data folder, of a running Reliefline or of one that is stopped. It changes nothing. */
const usage = `npm run prove -- [--data .reliefline] [--lang zh|en] [--json]
  --data  the folder that keeps everything; whether a Reliefline runs on it or not
  --lang  the language of the report: zh or en
  --json  the last line is the report as one JSON object
  It ends with 1 if anything does not agree.`;

async function prove(data: string): Promise<Proof> {
  if (!existsSync(data) || !holdsData(data))
    throw new StartError(`There is no data in ${data}. Name its folder with --data.`);
  try {
    return await proveStopped(data);
  } catch (error) {
    if (error instanceof FolderInUse) return askRunning(data);
    throw error;
  }
}

/** Only what the books lie in is started: no workflow goes on, no mail is sent, no schedule fires. */
async function proveStopped(data: string): Promise<Proof> {
  const stops: (() => Promise<void> | void)[] = [];
  try {
    const folder = openDataFolder(data, { fresh: false });
    stops.push(folder.release);
    const clock = openClock({ folder: folder.path });
    const [cdkOut, ports] = await Promise.all([synthesize(repositoryRoot), findPorts()]);
    const model = loadModel({ cdkOut, url: `http://127.0.0.1:${ports.web}`, parameters: {} });
    const database = await startDynamoDb({ port: ports.dynamodb, folder: folder.path, tables: model.tables });
    stops.push(database.close);
    const keyFile = join(folder.path, 'master-key.json');
    const kms = await startKms({ port: ports.kms, keyFile, keys: model.keys });
    stops.push(kms.close);
    const lambdas = openLambdas({
      definitions: model.functions,
      environment: (definition) =>
        functionEnvironment(definition, { ports, dynamoDbEndpoint: database.endpoint, region: model.region }),
      clock: clock.shared,
      compileCache: join(repositoryRoot, 'node_modules', '.cache', 'reliefline', 'compiled'),
      log: openLog({ format: 'json', now: clock.now, write: () => undefined }),
    });
    stops.push(lambdas.close);
    return await invokeProver(model.functions, lambdas);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}

async function askRunning(data: string): Promise<Proof> {
  const url = whereaboutsOf(data);
  const response =
    url === undefined ? undefined : await fetch(`${url}/_local/prove`, { method: 'POST' }).catch(() => undefined);
  if (response === undefined)
    throw new StartError(`The Reliefline that runs on ${data} does not answer. Wait until it is ready, or stop it.`);
  if (!response.ok) throw new StartError(await response.text());
  return proofSchema.parse(await response.json());
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      data: { type: 'string', default: '.reliefline' },
      lang: { type: 'string', default: 'zh' },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  const { ok, checked, wrong, lines } = await prove(resolve(values.data));
  const report = lines[values.lang];
  if (report === undefined) throw new StartError(`--lang ${values.lang}: ${Object.keys(lines).join(' or ')}.`);
  for (const line of report) console.log(line);
  if (values.json) console.log(JSON.stringify({ ok, checked, wrong }));
  return ok ? 0 : 1;
}

if (import.meta.main) {
  process.exitCode = await main().catch((error: unknown) => {
    console.error(messageOf(error));
    return 1;
  });
}
