import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StatementSync } from 'node:sqlite';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { engineInMemory } from '../../infra/local/step-functions/in-memory.ts';
import { manualClock } from '../../infra/local/step-functions/manual-clock.ts';
import { runsAndSeed } from '../support/runs.ts';
import { seededRandom } from '../support/seeded-random.ts';

/**
 * Seconds are the bench's (`npm run bench -- --only waiting`, with 100,000); here is counted what cannot be noise: how many rows are
 * read from the disk for one start and one decision, for a restart, and how much memory a waiting execution takes.
 */
const { seed } = runsAndSeed(1);
const [few, many] = [100, 2_000];
const place = 'arn:aws:states:us-east-1:111111111111';

let folder: string;
let clock: ReturnType<typeof manualClock>;
let opened: ReturnType<typeof engineInMemory>;
const tokens = new Map<string, string>();

const open = (): void => {
  opened = engineInMemory(
    {
      supports: () => true,
      async run({ arguments: asked }) {
        const { name, token } = Object(Object(asked).Payload);
        tokens.set(String(name), String(token));
        return { kind: 'succeeded', output: null };
      },
    },
    { file: join(folder, 'steps.sqlite'), clock },
  );
};
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'many-waiting-'));
  clock = manualClock('2026-01-01T00:00:00Z');
  tokens.clear();
  open();
});
afterEach(async () => {
  await opened.close();
  rmSync(folder, { recursive: true });
});

const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: {
        FunctionName: 'f',
        Payload: { name: '{% $states.input.name %}', token: '{% $states.context.Task.Token %}' },
      },
      TimeoutSeconds: '{% $states.input.seconds %}',
      End: true,
    },
  },
});
async function start(name: string, seconds: number): Promise<void> {
  const input = JSON.stringify({ name, seconds });
  await opened.call('StartExecution', { stateMachineArn: `${place}:stateMachine:case`, name, input });
}
async function startMany(from: number, to: number, seconds: () => number): Promise<void> {
  for (let index = from; index < to; index += 1) await start(`e${index}`, seconds());
  await opened.engine.idle();
}
const decide = async (name: string): Promise<void> => {
  await opened.call('SendTaskSuccess', { taskToken: tokens.get(name), output: '1' });
  await opened.engine.idle();
};
const statusOf = async (name: string): Promise<unknown> =>
  Object(await opened.call('DescribeExecution', { executionArn: `${place}:execution:case:${name}` })).status;

/** Rows that SQLite gives back while something is done. */
async function rowsRead(work: () => Promise<void> | void): Promise<number> {
  const { all, get } = StatementSync.prototype;
  let rows = 0;
  Object.assign(StatementSync.prototype, {
    all(this: StatementSync, ...values: unknown[]) {
      const found: unknown[] = Reflect.apply(all, this, values);
      rows += found.length;
      return found;
    },
    get(this: StatementSync, ...values: unknown[]) {
      rows += 1;
      return Reflect.apply(get, this, values);
    },
  });
  try {
    await work();
    return rows;
  } finally {
    Object.assign(StatementSync.prototype, { all, get });
  }
}

function usedBytes(): number {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
  return process.memoryUsage().heapUsed;
}

test(`promise 30: ${many} that wait are served as ${few} are: the same reads for a start and a decision, none for a restart, no memory (seed ${seed})`, async () => {
  const random = seededRandom(seed);
  await opened.call('CreateStateMachine', { name: 'case', definition, roleArn: 'arn:aws:iam::111111111111:role/r' });
  const waits = (): number => 1_000 + Math.floor(random() * 1_000_000);
  const aRound = (name: string) =>
    rowsRead(async () => {
      await start(name, waits());
      await opened.engine.idle();
      await decide(name);
    });

  await startMany(0, few, waits);
  await aRound('warm');
  const among = await aRound('among-few');
  const before = usedBytes();
  await startMany(few, many, waits);
  const kept = [...tokens].reduce((sum, [name, token]) => sum + 2 * (name.length + token.length) + 64, 0);
  expect((usedBytes() - before - kept) / (many - few)).toBeLessThan(1_000);
  expect(among).toBeGreaterThan(0);
  expect(await aRound('among-many')).toBeLessThanOrEqual(among);

  await opened.close();
  const restart = await rowsRead(async () => {
    open();
    await opened.engine.idle();
  });
  expect(restart).toBeLessThan(20);

  // Any of them goes on, at random, also after the restart; and who is not asked in time, by the clock.
  const chosen = new Set(Array.from({ length: 20 }, () => `e${Math.floor(random() * many)}`));
  for (const name of chosen) {
    await decide(name);
    expect(await statusOf(name)).toBe('SUCCEEDED');
  }
  clock.move(1_001_001);
  await opened.engine.idle();
  const { executions } = Object(
    await opened.call('ListExecutions', { stateMachineArn: `${place}:stateMachine:case`, statusFilter: 'RUNNING' }),
  );
  expect(executions).toEqual([]);
});
