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
/** How the executions begin whose tokens are kept, to decide them. */
const decided = 'decided-';
const clock = { now: () => Date.now(), onJump: () => () => undefined };

type Opened = { readonly steps: StepFunctions; readonly sfn: SFNClient; readonly tokens: Map<string, string> };

async function open(folder: string, port: number): Promise<Opened> {
  const tokens = new Map<string, string>();
  const steps = await openStepFunctions({
    file: join(folder, 'steps.sqlite'),
    clock,
    accountId: '111122223333',
    region: 'eu-west-1',
    log: () => undefined,
    async invokeLambda(_function, payload) {
      const { name, token } = Object(payload);
      if (typeof token === 'string' && String(name).startsWith(decided)) tokens.set(String(name), token);
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
    const opened = await open(folder, port);
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

/** How the engine fares with many executions that wait, against one with few; they take turns. */
export const benchWaiting = (port: number, waiting: number): Promise<Ratio[]> =>
  inFolder((fewFolder) =>
    inFolder(async (manyFolder) => {
      const emptyStart = await timed(async () => (await reopen(fewFolder, port)).steps.close());
      const few = await reopen(fewFolder, port);
      const many = await reopen(manyFolder, port + 1);
      for (const each of [few, many]) await decidedPerSecond(each, 'warm');
      await inParallel(100, 32, (index) => start(few, `waits-${index}`));
      const before = usedBytes();
      await inParallel(waiting, 64, (index) => start(many, `waits-${index}`));
      await many.steps.idle();
      const bytes = (usedBytes() - before) / waiting;
      const ratio = await decidedRatio(many, few, 9);
      await few.steps.close();
      await many.steps.close();
      let restarted: Opened | undefined;
      const fullStart = await timed(async () => {
        restarted = await reopen(manyFolder, port + 1);
      });
      await restarted?.steps.close();
      return [
        atLeast(`engine: start-and-decide rate with ${waiting} waiting ÷ with 100`, ratio, 0.9),
        atMost(`engine: bytes of memory each of ${waiting} waiting takes`, Math.max(0, bytes), 1_000),
        atMost('engine: (restart with them − 2 s) ÷ empty start', Math.max(0, fullStart - 2_000) / emptyStart, 3),
      ];
    }),
  );

/** The median of how fast one engine starts and decides against another, in rounds. */
async function decidedRatio(one: Opened, other: Opened, rounds: number): Promise<number> {
  const ratios: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ratios.push((await decidedPerSecond(one, String(round))) / (await decidedPerSecond(other, String(round))));
  }
  return median(ratios);
}

async function decidedPerSecond(opened: Opened, round: string): Promise<number> {
  const count = 400;
  const ms = await timed(async () => {
    await inParallel(count, 16, (index) => start(opened, `${decided}${round}-${index}`));
    await opened.steps.idle();
    await inParallel(count, 16, async (index) => {
      const taskToken = opened.tokens.get(`${decided}${round}-${index}`) ?? '';
      await opened.sfn.send(new SendTaskSuccessCommand({ taskToken, output: '{}' }));
    });
  });
  opened.tokens.clear();
  return (1_000 * count) / ms;
}

async function reopen(folder: string, port: number): Promise<Opened> {
  const opened = await open(folder, port);
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
