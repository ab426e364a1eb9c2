import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SendTaskSuccessCommand, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { openStepFunctions, type StepFunctions } from '../../infra/local/step-functions/index.ts';
import { inFolder } from './in-folder.ts';
import { inParallel } from './in-parallel.ts';
import { atLeast, atMost, median, type Ratio, timed } from './ratios.ts';

const arn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:bench';
const task = 'arn:aws:lambda:eu-west-1:111122223333:function:bench';
const clock = { now: () => Date.now(), onJump: () => () => undefined };

type Opened = { readonly steps: StepFunctions; readonly sfn: SFNClient; readonly tokens: Map<string, string> };

async function open(folder: string, port: number, keepsTokens: () => boolean): Promise<Opened> {
  const tokens = new Map<string, string>();
  const steps = await openStepFunctions({
    file: join(folder, 'steps.sqlite'),
    clock,
    accountId: '111122223333',
    region: 'eu-west-1',
    log: () => undefined,
    async invokeLambda(_function, payload) {
      const { name, token } = Object(payload);
      if (typeof token === 'string' && keepsTokens()) tokens.set(String(name), token);
      return { kind: 'returned', payload: {} };
    },
  });
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  return {
    steps,
    tokens,
    sfn: new SFNClient({ endpoint: `http://127.0.0.1:${port}`, region: 'eu-west-1', credentials }),
  };
}

const put = (steps: StepFunctions, states: Record<string, unknown>) =>
  steps.putStateMachine({
    name: 'bench',
    arn,
    definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states }),
  });

const start = ({ sfn }: Opened, name: string) =>
  sfn.send(new StartExecutionCommand({ stateMachineArn: arn, name, input: JSON.stringify({ name }) }));

const chainLength = 10;

/** Ten tasks one after the other, many executions at once: states entered a second, and how many commits that took. */
const transitions = (port: number, executions: number) =>
  inFolder(async (folder) => {
    const opened = await open(folder, port, () => false);
    const names = Array.from({ length: chainLength }, (_, index) => `Step${index}`);
    await put(
      opened.steps,
      Object.fromEntries(
        names.map((name, index) => [
          name,
          { Type: 'Task', Resource: task, ...(index + 1 < chainLength ? { Next: names[index + 1] } : { End: true }) },
        ]),
      ),
    );
    await opened.steps.listen(port);
    const counted = countCommits();
    const ms = await timed(async () => {
      await inParallel(executions, 16, (index) => start(opened, `chain-${index}`));
      await opened.steps.idle();
    });
    const commits = counted.stop();
    await opened.steps.close();
    return { perSecond: (1_000 * executions * chainLength) / ms, commits };
  });

/** Every COMMIT that this process sends to SQLite. */
function countCommits(): { stop(): number } {
  const exec = DatabaseSync.prototype.exec;
  let commits = 0;
  DatabaseSync.prototype.exec = function counting(this: DatabaseSync, sql: string) {
    if (sql === 'COMMIT') commits += 1;
    return exec.call(this, sql);
  };
  return {
    stop() {
      DatabaseSync.prototype.exec = exec;
      return commits;
    },
  };
}

/** As many bare transactions, each of three rows of the size that a transition writes. */
const rawPerSecond = (commits: number) =>
  inFolder(async (folder) => {
    const db = new DatabaseSync(join(folder, 'raw.sqlite'));
    db.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE row (id INTEGER PRIMARY KEY, body TEXT)',
    );
    const insert = db.prepare('INSERT INTO row (body) VALUES (?)');
    const body = 'x'.repeat(300);
    const ms = await timed(async () => {
      for (let each = 0; each < commits; each += 1) {
        db.exec('BEGIN IMMEDIATE');
        for (let row = 0; row < 3; row += 1) insert.run(body);
        db.exec('COMMIT');
      }
    });
    db.close();
    return (1_000 * commits) / ms;
  });

/** State transitions a second against bare transactions a second of the same number of commits. */
export async function benchTransitions(port: number, rounds: number): Promise<Ratio> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const { perSecond, commits } = await transitions(port, 200);
    ratios.push(perSecond / (await rawPerSecond(commits)));
  }
  return atLeast('engine: transitions ÷ bare SQLite transactions', median(ratios), 0.35);
}

/** How the engine fares with many executions that wait, against few. */
export const benchWaiting = (port: number, waiting: number): Promise<Ratio[]> =>
  inFolder(async (folder) => {
    let keeps = false;
    const emptyStart = await timed(async () => (await reopen(folder, port)).steps.close());
    const opened = await reopen(folder, port, () => keeps);
    await inParallel(100, 32, (index) => start(opened, `few-${index}`));
    const rate = async (name: string) => {
      keeps = true;
      const count = 400;
      const ms = await timed(async () => {
        await inParallel(count, 16, async (index) => {
          await start(opened, `${name}-${index}`);
        });
        await opened.steps.idle();
        await inParallel(count, 16, async (index) => {
          const taskToken = opened.tokens.get(`${name}-${index}`) ?? '';
          await opened.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
        });
      });
      keeps = false;
      opened.tokens.clear();
      return (1_000 * count) / ms;
    };
    await rate('warm');
    const few = await rate('few-decided');
    const before = usedBytes();
    await inParallel(waiting, 64, (index) => start(opened, `many-${index}`));
    await opened.steps.idle();
    const bytes = (usedBytes() - before) / waiting;
    const many = await rate('many-decided');
    await opened.steps.close();
    let restarted: Opened | undefined;
    const fullStart = await timed(async () => {
      restarted = await reopen(folder, port);
    });
    await restarted?.steps.close();
    return [
      atLeast(`engine: start-and-decide rate with ${waiting} waiting ÷ with 100`, many / few, 0.9),
      atMost(`engine: bytes of memory each of ${waiting} waiting takes`, Math.max(0, bytes), 1_000),
      atMost('engine: (restart with them − 2 s) ÷ empty start', Math.max(0, fullStart - 2_000) / emptyStart, 3),
    ];
  });

async function reopen(folder: string, port: number, keeps: () => boolean = () => false): Promise<Opened> {
  const opened = await open(folder, port, keeps);
  await put(opened.steps, {
    Wait: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: {
        FunctionName: task,
        Payload: { name: '{% $states.input.name %}', token: '{% $states.context.Task.Token %}' },
      },
      TimeoutSeconds: 9_999_999,
      End: true,
    },
  });
  await opened.steps.listen(port);
  return opened;
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed + process.memoryUsage().external;
}
