import { describe, expect, test } from 'vitest';
import { openGate } from './gate.ts';

describe('a gate', () => {
  test('lets what is inside end, holds what comes, and lets it go in the order in which it came', async () => {
    const gate = openGate();
    const done: string[] = [];
    const first = Promise.withResolvers<void>();
    const inside = gate.pass(async () => {
      await first.promise;
      done.push('inside');
    });
    const shut = gate.shut(1_000).then((isShut) => done.push(`shut ${isShut}`));
    const later = ['a', 'b'].map((name) => gate.pass(async () => void done.push(name)));
    expect(gate.held()).toBe(2);
    first.resolve();
    await Promise.all([inside, shut]);
    expect(done).toEqual(['inside', 'shut true']);
    gate.open();
    await Promise.all(later);
    expect(done).toEqual(['inside', 'shut true', 'a', 'b']);
    expect(gate.held()).toBe(0);
  });

  test('opens again by itself where something inside does not end in time', async () => {
    const gate = openGate();
    const endless = Promise.withResolvers<void>();
    const inside = gate.pass(() => endless.promise);
    expect(await gate.shut(5)).toBe(false);
    expect(await gate.pass(async () => 'goes on')).toBe('goes on');
    endless.resolve();
    await inside;
  });
});
