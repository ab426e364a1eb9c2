import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, expect, test } from 'vitest';

const executions = 60;
const kills = 8;
const machineArn = 'arn:aws:states:eu-central-1:123456789012:stateMachine:case';
const lambda = (name: string) => `arn:aws:lambda:eu-central-1:123456789012:function:${name}`;
const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: {
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: {
        FunctionName: lambda('ask'),
        Payload: { id: '{% $states.input.id %}', token: '{% $states.context.Task.Token %}' },
      },
      TimeoutSeconds: 600,
      Next: 'Rest',
    },
    Rest: { Type: 'Wait', Seconds: 1, Next: 'Tell' },
    Tell: { Type: 'Task', Resource: lambda('tell'), End: true },
  },
});

let folder: string;
let port: number;
let child: ChildProcess;
let sfn: SFNClient;
const tokens = new Map<number, string>();
/** Called at each sign of progress: a token handed out, a call acknowledged. */
let progressed = () => {};

async function launch(): Promise<void> {
  const script = fileURLToPath(new URL('./engine-process.ts', import.meta.url));
  child = spawn(process.execPath, [script, join(folder, 'steps.sqlite'), String(port), definition], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((resolve) => {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      if (line === 'ready') return resolve();
      const { functionArn, payload } = JSON.parse(line) as {
        functionArn: string;
        payload: { id: number; token: string };
      };
      if (functionArn !== lambda('ask')) return;
      tokens.set(payload.id, payload.token);
      progressed();
    });
  });
}

async function kill(): Promise<void> {
  const ended = once(child, 'exit');
  child.kill('SIGKILL');
  await ended;
  await launch();
}

/** Says it again until it is acknowledged, as the sweeper does; an answer lost with the process counts as said. */
async function insist(send: () => Promise<unknown>): Promise<void> {
  for (;;) {
    try {
      await send();
      return progressed();
    } catch (error) {
      const { name } = error as Error;
      if (name === 'TaskTimedOut') return;
      if (!('code' in (error as object)) && name !== 'TimeoutError' && name !== 'ServiceUnavailable') throw error;
    }
  }
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killed-'));
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  port = (server.address() as AddressInfo).port;
  server.close();
  sfn = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: 'eu-central-1',
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  await launch();
});

afterEach(async () => {
  sfn.destroy();
  child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

test('killed again and again while callbacks and timers are in flight, every execution comes to its own end', async () => {
  const ids = Array.from({ length: executions }, (_, id) => id);
  const arnOf = (id: number) => `arn:aws:states:eu-central-1:123456789012:execution:case:e${id}`;
  let killedAt = 0;
  const work = ids.map(async (id) => {
    const start = new StartExecutionCommand({
      stateMachineArn: machineArn,
      name: `e${id}`,
      input: JSON.stringify({ id }),
    });
    await insist(() => sfn.send(start));
    await expect.poll(() => tokens.has(id), { timeout: 30_000 }).toBe(true);
    const taskToken = tokens.get(id)!;
    await insist(() => sfn.send(new SendTaskSuccessCommand({ taskToken, output: JSON.stringify({ decided: id }) })));
  });
  for (let count = 0; count < kills; count += 1) {
    await new Promise<void>((resolve) => {
      progressed = resolve;
    });
    killedAt = Date.now();
    await kill();
  }
  await Promise.all(work);
  let endedAfter = 0;
  for (const id of ids) {
    const describeIt = () => sfn.send(new DescribeExecutionCommand({ executionArn: arnOf(id) }));
    await expect.poll(async () => (await describeIt()).status, { timeout: 30_000 }).toBe('SUCCEEDED');
    if ((await describeIt()).stopDate!.getTime() > killedAt) endedAfter += 1;
    expect((await describeIt()).output).toBe(JSON.stringify({ decided: id }));
    const { events } = await sfn.send(new GetExecutionHistoryCommand({ executionArn: arnOf(id), maxResults: 1000 }));
    expect(events!.map((event) => event.id)).toEqual(events!.map((_, index) => index + 1));
    expect(events!.filter((event) => event.type === 'TaskSucceeded')).toHaveLength(1);
    expect(events!.filter((event) => event.type === 'WaitStateExited')).toHaveLength(1);
  }
  expect(endedAfter).toBeGreaterThan(0);
});
