import { afterAll, beforeAll, expect, test } from 'vitest';
import { newThread } from './execution.ts';
import { type Look, lookInto, type Wait } from './look.ts';
import { keepMachines } from './machines.ts';
import { openStore, type Store } from './store.ts';

const arn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:way';
const definition = JSON.stringify({
  QueryLanguage: 'JSONata',
  StartAt: 'Ask',
  States: { Ask: { Type: 'Wait', Seconds: 60, Next: 'Over' }, Over: { Type: 'Succeed' } },
});
const many = 100_000;
let store: Store;
let look: Look;

/** A hundred thousand executions that wait, made by the database itself, and one that has gone its way twice around. */
beforeAll(() => {
  store = openStore(':memory:');
  const machines = keepMachines(
    store,
    () => true,
    () => 0,
  );
  machines.put({ name: 'way', arn, definition, roleArn: 'role' });
  look = lookInto(store, machines);
  const root = newThread({ id: 1, parentId: null, ordinal: 0, place: [], state: 'Ask', input: {}, variables: {} });
  const { id: _id, parentId: _parent, phase: _phase, due: _due, ...body } = root;
  const numbers = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${many})`;
  store.transaction(() => {
    store.db.exec(`${numbers} INSERT INTO executions SELECT i, replace('${arn}', 'stateMachine', 'execution') || ':C' || i,
      'C' || i, '${arn}', 'way', 'role', 1, iif(i % 10 = 0, 'FAILED', 'RUNNING'), '{}', NULL, NULL, NULL, i, NULL, NULL, 9, 2 FROM n`);
    store.db.exec(
      `${numbers} INSERT INTO threads SELECT i, 1, NULL, 'sleeping', 1000 + i / 3, '${JSON.stringify(body)}' FROM n`,
    );
    const entered = store.db.prepare('INSERT INTO events VALUES (7, ?, ?, ?, 0, ?)');
    const way: [number, number, string, string | null][] = [
      [1, 0, 'ExecutionStarted', null],
      [2, 0, 'WaitStateEntered', 'Ask'],
      [3, 2, 'WaitStateExited', 'Ask'],
      [4, 3, 'ChoiceStateEntered', 'Route'],
      [5, 4, 'ChoiceStateExited', 'Route'],
      [6, 5, 'WaitStateEntered', 'Ask'],
      [7, 6, 'WaitStateExited', 'Ask'],
      [8, 7, 'ChoiceStateEntered', 'Route'],
    ];
    for (const [id, previous, type, name] of way) {
      entered.run(id, previous, type, name === null ? null : JSON.stringify({ name }));
    }
  });
});
afterAll(() => store.close());

test('the way of an execution is told by how often it went from where to where', () => {
  expect(look.steps(7).sort((a, b) => (a.from ?? '').localeCompare(b.from ?? ''))).toEqual([
    { from: null, to: 'Ask', count: 1 },
    { from: 'Ask', to: 'Route', count: 2 },
    { from: 'Route', to: 'Ask', count: 1 },
  ]);
});

test('executions are counted by status, found by name, and listed from the newest on, page by page', () => {
  expect(look.machines().map(({ name, counts }) => [name, counts])).toEqual([
    ['way', { RUNNING: many * 0.9, FAILED: many * 0.1 }],
  ]);
  expect(look.find('C4711')?.id).toBe(4711);
  expect(look.find("C1' OR 1=1")).toBeNull();
  expect(look.executions(arn, 'FAILED', 41, 3).map(({ id }) => id)).toEqual([40, 30, 20]);
  expect(look.execution(7)?.definition.StartAt).toBe('Ask');
  expect(look.execution(many + 1)).toBeNull();
});

test('of many running executions the newest are counted by where they stand', () => {
  expect([...look.standing(arn, 1_000)]).toEqual([['Ask', 1_000]]);
});

test('waits come in the order of their time, each once, however the pages fall on those of one moment', () => {
  const seen: Wait[] = [];
  let after: Wait | null = null;
  for (let page = 0; page < 5; page += 1) {
    const found: Wait[] = look.waits(after, 10);
    seen.push(...found);
    after = found.at(-1) ?? null;
  }
  expect(seen.map(({ executionId }) => executionId)).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
  expect(seen.map(({ due }) => due)).toEqual(seen.map(({ executionId }) => 1000 + Math.floor(executionId / 3)));
  expect(look.waiting()).toBe(many);
});

test('with a hundred thousand executions a page of each list is read by an index', () => {
  const began = performance.now();
  look.executions(arn, 'RUNNING', many, 26);
  look.waits({ due: 20_000, executionId: 1, threadId: 1 }, 26);
  look.find('C99999');
  look.steps(7);
  look.standing(arn, 1_000);
  expect(performance.now() - began).toBeLessThan(1_000);
});
