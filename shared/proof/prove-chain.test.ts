import { expect, test } from 'vitest';
import { monday } from '../../test/support/small-union.ts';
import { type AuditEvent, chainFacts, noAudit } from '../kernel/audit.ts';
import { proveChain } from './prove-chain.ts';

const fact = { event: 'batch.begun', by: 'finance-1', at: monday, details: {} } as const;
const begun = chainFacts('batch#1', noAudit, [fact], { 'batch#1': 'first', 'payout#1': 'p' });
const released = chainFacts('batch#1', begun.head, [{ ...fact, event: 'batch.released' }], { 'batch#1': 'second' });
const events: readonly AuditEvent[] = [...begun.events, ...released.events];
const stored = new Map([
  ['batch#1', 'second'],
  ['payout#1', 'p'],
]);

test('a chain that is whole, and what was put last, agree', () => {
  expect(proveChain('batch#1', events, released.head, stored)).toEqual([]);
});

test.each([
  ['whose end is missing', events.slice(0, 1), released.head],
  ['whose beginning is missing', events.slice(1), released.head],
  ['of which nothing is left', [], released.head],
  ['that goes on after its head', events, begun.head],
])('a chain %s is named', (_, left, head) => {
  expect(proveChain('batch#1', left, head, stored)).toContainEqual(
    expect.objectContaining({ item: 'batch#1', code: 'chain-broken' }),
  );
});

test('a chain is held against itself where its head cannot be read', () => {
  expect(proveChain('batch#1', events, undefined, stored)).toEqual([]);
  expect(proveChain('batch#1', events.slice(1), undefined, stored)).toContainEqual(
    expect.objectContaining({ item: 'batch#1', code: 'chain-broken' }),
  );
  expect(proveChain('batch#1', [], undefined, new Map())).toEqual([]);
});

test('an item is named that is not as it was put last, that nobody put, or that is gone', () => {
  const at = (change: readonly (readonly [string, string])[]) =>
    proveChain('batch#1', events, released.head, new Map([...stored, ...change]));
  expect(at([['batch#1', 'first']])).toEqual([{ item: 'batch#1', code: 'altered' }]);
  expect(at([['payout#2', 'p']])).toEqual([{ item: 'payout#2', code: 'not-sealed' }]);
  expect(proveChain('batch#1', events, released.head, new Map([['batch#1', 'second']]))).toEqual([
    { item: 'payout#1', code: 'missing' },
  ]);
});
