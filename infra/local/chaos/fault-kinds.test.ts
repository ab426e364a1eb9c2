import { expect, test } from 'vitest';
import { readOptions, usage } from '../options.ts';
import { openDice } from './dice.ts';
import { readChaos, usualRates } from './fault-kinds.ts';

test('without --chaos nothing goes wrong, and a rate alone is refused', () => {
  expect(readOptions([]).chaos).toBeUndefined();
  expect(() => readOptions(['--chaos-rate', 'ses-lost=5'])).toThrow('--chaos-rate goes with --chaos SEED.');
});

test('a seed brings the usual rates; the last word on a kind counts', () => {
  expect(readOptions(['--chaos', '7']).chaos).toEqual({ seed: 7, rates: usualRates });
  const rates = readChaos('7', ['all=0', 'ses-lost=12.5', 'task-twice=3', 'task-twice=100'])?.rates;
  expect([...(rates ?? [])].filter(([, percent]) => percent > 0)).toEqual([
    ['task-twice', 100],
    ['ses-lost', 12.5],
  ]);
});

test('every kind of fault is named in the usage, with its usual rate', () => {
  for (const [kind, percent] of usualRates) expect(usage).toContain(`${kind}=${percent}`);
});

test.each([
  [['--chaos', 'seven'], '--chaos seven: a whole number'],
  [['--chaos', '-1'], '--chaos'],
  [['--chaos', '7', '--chaos-rate', 'ses-lost'], 'write it NAME=PERCENT'],
  [['--chaos', '7', '--chaos-rate', 'ses-lost=101'], 'from 0 to 100'],
  [['--chaos', '7', '--chaos-rate', 'moon-lost=1'], 'there is no fault moon-lost'],
])('%j is answered in one sentence', (args, sentence) => {
  expect(() => readOptions(args)).toThrow(sentence);
});

test('the same seed gives the same fate, whatever other kinds were asked in between; another seed another', () => {
  const fates = (seed: number, isDisturbed: boolean): boolean[] => {
    const dice = openDice({ seed, rates: new Map([['ses-lost', 30]]) }, () => undefined);
    return Array.from({ length: 200 }, () => {
      if (isDisturbed) dice.roll(['kms-lost']);
      return dice.roll(['ses-lost']) !== undefined;
    });
  };
  expect(fates(7, true)).toEqual(fates(7, false));
  expect(fates(8, false)).not.toEqual(fates(7, false));
  const struck = fates(7, false).filter(Boolean).length;
  expect(struck).toBeGreaterThan(30);
  expect(struck).toBeLessThan(90);
});
