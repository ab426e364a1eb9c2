import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { runSteps, type Step } from './run-steps.ts';

let printed: string[];
beforeEach(() => {
  printed = [];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => void vi.restoreAllMocks());

const saying = (name: string, code: string): Step => ({ name, command: process.execPath, args: ['-e', code] });
const good = saying('good one', 'console.log("all is well")');
const bad = saying('bad one', 'console.log("first"); console.error("it is broken"); process.exitCode = 3');

describe('steps', () => {
  test('come out in their order, each with its time, whoever ends first', async () => {
    const slow = saying('slow one', 'setTimeout(() => {}, 300)');
    const outcomes = await runSteps([slow, good, bad], { width: 3 });
    expect(outcomes.map(({ name, isGood }) => [name, isGood])).toEqual([
      ['slow one', true],
      ['good one', true],
      ['bad one', false],
    ]);
    expect(outcomes[0]!.seconds).toBeGreaterThanOrEqual(0.3);
  });

  test('run as many at a time as there is room for, and one that fails stops no other', async () => {
    const outcomes = await runSteps([bad, good], { width: 1 });
    expect(outcomes.map(({ isGood }) => isGood)).toEqual([false, true]);
    const begun = printed.findIndex((line) => line.startsWith('-- good one'));
    expect(begun).toBeGreaterThan(printed.findIndex((line) => line.startsWith('== bad one: WRONG')));
  });

  test('print what they said in one piece under their name; quietly, only those that failed', async () => {
    await runSteps([good, bad], { width: 2, quiet: true });
    const all = printed.join('\n');
    expect(all).toContain('== bad one\nfirst\nit is broken');
    expect(all).not.toContain('all is well');
    expect(all).toMatch(/== good one: good after [\d.]+ s/);
    await runSteps([good], { width: 1 });
    expect(printed.join('\n')).toContain('== good one\nall is well');
  });

  test('that do not even start count as failed, with the reason', async () => {
    const [outcome] = await runSteps([{ name: 'none', command: 'no-such-command', args: [] }], { width: 1 });
    expect(outcome!.isGood).toBe(false);
    expect(printed.join('\n')).toContain('no-such-command does not start');
  });
});
