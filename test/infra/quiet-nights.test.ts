import { afterAll, beforeAll, expect, test } from 'vitest';
import type { LogLine } from '../../infra/local/log.ts';
import { startTestLocal, type TestLocal } from '../support/local.ts';

const month = 30 * 24 * 3_600_000;
const lines: LogLine[] = [];
let local: TestLocal;
beforeAll(async () => {
  local = await startTestLocal('2016-03-07T09:00', 'demo', { log: (line) => lines.push(line) });
});
afterAll(() => local?.stop());

const proofs = (): number =>
  lines.filter(({ message, function: name }) => message === 'schedule done' && String(name).startsWith('ProveBooks'))
    .length;

test('while the clock is moved, books that agree are proved on the first night and at the end, not on every night between', async () => {
  await local.moveClock(local.now() + month);
  expect(proofs()).toBe(2);
  await local.moveClock(local.now() + month);
  expect(proofs()).toBe(4);
});
