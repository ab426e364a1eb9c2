import { expect, test } from 'vitest';
import { keepMachines } from './machines.ts';
import { openStore } from './store.ts';

const arn = 'arn:aws:states:us-east-1:111111111111:stateMachine:case';
const waiting = (Seconds: number) => ({
  QueryLanguage: 'JSONata',
  StartAt: 'W',
  States: { W: { Type: 'Wait', Seconds, End: true } },
});

test('a definition that was taken before a rule is run as it was taken', () => {
  const store = openStore(':memory:');
  const open = () =>
    keepMachines(
      store,
      () => true,
      () => 0,
    );
  const before = open();
  before.put({ name: 'case', arn, definition: JSON.stringify(waiting(1)), roleArn: 'r' });
  const { definitionId } = before.get(arn);
  const refusedToday = JSON.stringify(waiting(100_000_000));
  expect(before.diagnose(refusedToday)).toHaveLength(1);
  store.db.prepare('UPDATE definitions SET text = ? WHERE id = ?').run(refusedToday, definitionId);
  expect(open().program(definitionId)).toEqual(waiting(100_000_000));
  store.close();
});
