import { join } from 'node:path';
import { StateMachine } from 'aws-local-stepfunctions';
import { engineInMemory } from '../../infra/local/step-functions/in-memory.ts';
import { inFolder } from './in-folder.ts';
import { inParallel } from './in-parallel.ts';
import { atLeast, median, type Ratio, timed } from './ratios.ts';

const task = 'arn:aws:lambda:us-east-1:111111111111:function:bench';
const machineArn = 'arn:aws:states:us-east-1:111111111111:stateMachine:bench';
const atOnce = 16;

/**
 * What both engines can run, with all eight kinds of states, in the shape of our own workflow: a step answers a route and a choice
 * follows it, two branches are asked at once, then each of three items. It is written once; a dialect says what differs.
 */
function definitionIn(dialect: Dialect): Record<string, unknown> {
  const step = (name: string, next: Record<string, unknown>) => ({
    [name]: { Type: 'Task', ...dialect.step, ...next },
  });
  const branch = (name: string) => ({ StartAt: name, States: step(name, { End: true }) });
  return {
    ...dialect.top,
    StartAt: 'Check',
    States: {
      ...step('Check', { Next: 'Route' }),
      Route: {
        Type: 'Choice',
        Choices: [
          { ...dialect.isRoute(1), Next: 'Review' },
          { ...dialect.isRoute(2), Next: 'Both' },
        ],
        Default: 'Unknown',
      },
      ...step('Review', { Next: 'Route' }),
      Both: { Type: 'Parallel', Branches: [branch('Tell'), branch('Note')], ...dialect.keepsInput, Next: 'Each' },
      Each: { Type: 'Map', ...dialect.items, ItemProcessor: branch('Pay'), ...dialect.keepsInput, Next: 'Rest' },
      Rest: { Type: 'Wait', Seconds: 0, Next: 'Keep' },
      Keep: { Type: 'Pass', Next: 'Done' },
      Done: { Type: 'Succeed' },
      Unknown: { Type: 'Fail', Error: 'UnknownRoute' },
    },
  };
}
type Fields = Readonly<Record<string, unknown>>;
type Dialect = {
  readonly top: Fields;
  /** A step puts what its function answers into the place of its input. */
  readonly step: Fields;
  readonly isRoute: (route: number) => Fields;
  readonly items: Fields;
  readonly keepsInput: Fields;
};
/** Check, Route, Review, Route, Both with two branches, Each with three items, Rest, Keep, Done. */
const statesEntered = 14;

const answer = (input: unknown): { id: number; route: number; people: number[] } => {
  const { id = 0, route = 0 } = Object(input);
  return { id: Number(id), route: Number(route) + 1, people: [1, 2, 3] };
};

/** Ours: every transition on the disk before the next call is made; in the process itself, as the other one is called. */
const ours = (executions: number): Promise<number> =>
  inFolder(async (folder) => {
    const clock = { now: () => Date.now(), onJump: () => () => undefined, move: () => undefined };
    const engine = engineInMemory(
      { supports: () => true, run: async (call) => ({ kind: 'succeeded', output: answer(call.arguments) }) },
      { file: join(folder, 'steps.sqlite'), clock },
    );
    const definition = definitionIn({
      top: { QueryLanguage: 'JSONata' },
      step: { Resource: task },
      isRoute: (route) => ({ Condition: `{% $states.input.route = ${route} %}` }),
      items: { Items: '{% $states.input.people %}' },
      keepsInput: { Output: '{% $states.input %}' },
    });
    const roleArn = 'arn:aws:iam::111111111111:role/bench';
    await engine.call('CreateStateMachine', { name: 'bench', roleArn, definition: JSON.stringify(definition) });
    const ms = await timed(async () => {
      await inParallel(executions, atOnce, (index) =>
        engine.call('StartExecution', {
          stateMachineArn: machineArn,
          name: `e${index}`,
          input: JSON.stringify({ id: index }),
        }),
      );
      await engine.engine.idle();
    });
    const last = await engine.call('DescribeExecution', {
      executionArn: `${machineArn.replace('stateMachine', 'execution')}:e${executions - 1}`,
    });
    if (Object(last).status !== 'SUCCEEDED') throw new Error(`our engine did not end: ${JSON.stringify(last)}`);
    await engine.close();
    return (1_000 * executions * statesEntered) / ms;
  });

/** `aws-local-stepfunctions` 3: in JSONPath, in memory alone, nothing left when the process ends. */
async function theirs(executions: number): Promise<number> {
  const definition = definitionIn({
    top: {},
    step: { Resource: task },
    isRoute: (route) => ({ Variable: '$.route', NumericEquals: route }),
    items: { ItemsPath: '$.people' },
    keepsInput: { ResultPath: null },
  });
  const handlers = Object.fromEntries(['Check', 'Review', 'Tell', 'Note', 'Pay'].map((name) => [name, answer]));
  const run = new StateMachine(JSON.parse(JSON.stringify(definition)));
  const ms = await timed(() =>
    inParallel(executions, atOnce, async (index) => {
      const { result } = run.run({ id: index }, { overrides: { taskResourceLocalHandlers: handlers } });
      const ended = await result;
      if (Object(ended).route !== 2) throw new Error(`the other engine did not end: ${JSON.stringify(ended)}`);
    }),
  );
  return (1_000 * executions * statesEntered) / ms;
}

/** Our durable engine against the one kept library, which keeps nothing: transitions a second, taking turns. */
export async function benchPeer(rounds: number, executions: number): Promise<Ratio> {
  const ratios: number[] = [];
  await ours(50);
  await theirs(50);
  for (let round = 0; round < rounds; round += 1) ratios.push((await ours(executions)) / (await theirs(executions)));
  return atLeast('engine: transitions, all on the disk ÷ those of aws-local-stepfunctions 3', median(ratios), 1);
}
