import { describe, expect, test } from 'vitest';
import { actionsFrom, isEnd, type LifecycleTable, transition } from './lifecycle.ts';

type Status = 'waiting' | 'decided' | 'withdrawn';
type Action = 'decide' | 'withdraw';

const table: LifecycleTable<Status, Action> = {
  waiting: { decide: 'decided', withdraw: 'withdrawn' },
  decided: { withdraw: 'withdrawn' },
  withdrawn: {},
};

describe('a lifecycle', () => {
  test('leads from a status by an action to the next', () => {
    expect(transition(table, 'waiting', 'decide')).toEqual({ ok: true, value: 'decided' });
  });

  test('refuses an action and says from where, which, and what is possible instead', () => {
    expect(transition(table, 'decided', 'decide')).toEqual({
      ok: false,
      error: { kind: 'transition-refused', from: 'decided', action: 'decide', available: ['withdraw'] },
    });
  });

  test('lists what can be done, in its own order', () => {
    expect(actionsFrom(table, 'waiting')).toEqual(['decide', 'withdraw']);
    expect(actionsFrom(table, 'withdrawn')).toEqual([]);
  });

  test('ends where nothing more can be done', () => {
    expect(isEnd(table, 'withdrawn')).toBe(true);
    expect(isEnd(table, 'decided')).toBe(false);
  });
});
