import { expect, test } from 'vitest';
import { scoresOf, showScores } from './scores.ts';

const mutants = (counts: Record<string, number>) => ({
  mutants: Object.entries(counts).flatMap(([status, count]) => Array.from({ length: count }, () => ({ status }))),
});

test('a file is good enough from four noticed changes in five on; what did not compile counts on neither side', () => {
  const scores = scoresOf({
    'just.ts': mutants({ Killed: 7, Timeout: 1, Survived: 1, NoCoverage: 1, RuntimeError: 9, CompileError: 9 }),
    'below.ts': mutants({ Killed: 79, Survived: 21 }),
  });
  expect(scores.map(({ percent, isEnough }) => [percent, isEnough])).toEqual([
    [80, true],
    [79, false],
  ]);
});

test('a score is never rounded up to the bar', () => {
  expect(scoresOf({ 'nearly.ts': mutants({ Killed: 7_999, Survived: 2_001 }) })[0]!.isEnough).toBe(false);
});

test('a file in which nothing could be changed is not enough: something is wrong with the run', () => {
  expect(scoresOf({ 'none.ts': mutants({}) })[0]!.isEnough).toBe(false);
});

test('the table marks what is not enough and counts all', () => {
  const shown = showScores(scoresOf({ 'a.ts': mutants({ Killed: 1, Survived: 1 }), 'b.ts': mutants({ Killed: 2 }) }));
  expect(shown.split('\n')).toEqual([
    '  100.0 %     2 of    2  b.ts',
    '✗  50.0 %     1 of    2  a.ts',
    '3 of 4 changes were noticed by a test',
  ]);
});
