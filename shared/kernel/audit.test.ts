import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { AuditEventName } from './audit-event-names.ts';
import { aggregateName, type AuditFact, canonicalJson, chainFacts, faultInChain, noAudit } from './audit.ts';
import { asInstant } from './time.ts';

const at = asInstant('2016-10-10T02:00:00.000Z');
const fact = (event: AuditEventName, details: AuditFact['details'] = {}): AuditFact => ({
  event,
  by: 'officer-1',
  at,
  details,
});
const aggregate = aggregateName('case', 'c-1');
const facts = [
  fact('case-submitted'),
  fact('vote-cast', { verdict: 'approve', amountFen: 300_000 }),
  fact('award-made', { amountFen: 300_000, isException: false, note: null }),
];
const chained = () => chainFacts(aggregate, noAudit, facts);

describe('an audit chain', () => {
  test('is whole as written, in one go or fact by fact', () => {
    const { events, head } = chained();
    expect(events).toHaveLength(3);
    expect(faultInChain(events, head)).toBeUndefined();
    let last = noAudit;
    const single = facts.flatMap((each) => {
      const next = chainFacts(aggregate, last, [each]);
      last = next.head;
      return next.events;
    });
    expect(single).toEqual(events);
    expect(last).toEqual(head);
    expect(faultInChain([], noAudit)).toBeUndefined();
  });

  test('promise 11: keeps a digest that anybody can work out again from the text that is hashed', () => {
    const { head } = chainFacts(aggregate, noAudit, [fact('case-submitted', { b: 1, a: 'x' })]);
    const hashed =
      '{"aggregate":"case#c-1","at":"2016-10-10T02:00:00.000Z","by":"officer-1","details":{"a":"x","b":1},' +
      '"event":"case-submitted","previousHash":"","sequence":1}';
    expect(head).toEqual({ sequence: 1, hash: createHash('sha256').update(hashed).digest('hex') });
    expect(head.hash).toBe('046db1d828bbd84a467f07d36d65ef8a65c2d9835507cd457ce6018b2b3828e0');
  });

  test.each([
    ['event', { event: 'case-withdraw' as const }],
    ['person', { by: 'officer-2' }],
    ['time', { at: asInstant('2016-10-11T02:00:00.000Z') }],
    ['amount', { details: { verdict: 'approve', amountFen: 900_000 } }],
    ['aggregate', { aggregate: aggregateName('case', 'c-2') }],
  ])('promise 11: an altered %s is found at its place', (_what, change) => {
    const { events, head } = chained();
    const altered = events.map((event, index) => (index === 1 ? { ...event, ...change } : event));
    expect(faultInChain(altered, head)).toMatch(/^event 2 of .* was altered$/);
  });

  test('promise 11: an event that was altered and sealed again breaks the link of the one after it', () => {
    const { events, head } = chained();
    const [first, , third] = events;
    const forged = chainFacts(aggregate, { sequence: 1, hash: first!.hash }, [
      fact('vote-cast', { verdict: 'approve', amountFen: 900_000 }),
    ]).events;
    expect(faultInChain([first!, ...forged, third!], head)).toBe('event 3 of case#c-1 does not follow');
  });

  test('promise 11: a chain rewritten to its end does not meet the head', () => {
    const { head } = chained();
    const rewritten = chainFacts(aggregate, noAudit, [facts[0]!, fact('vote-cast', { amountFen: 1 }), facts[2]!]);
    expect(faultInChain(rewritten.events, head)).toBe('the chain ends before its head (3)');
  });

  test.each([
    [0, 'event 1 of case#c-1 is missing'],
    [1, 'event 2 of case#c-1 is missing'],
    [2, 'the chain ends before its head (3)'],
  ])('promise 11: event %i taken out is missed at its place', (gone, fault) => {
    const { events, head } = chained();
    expect(
      faultInChain(
        events.filter((_, index) => index !== gone),
        head,
      ),
    ).toBe(fault);
  });

  test('promise 11: two events that changed places are found', () => {
    const { events, head } = chained();
    expect(faultInChain([events[1]!, events[0]!, events[2]!], head)).toBe('event 1 of case#c-1 is missing');
  });
});

test('equal values have equal canonical JSON, whatever the order of their keys', () => {
  expect(canonicalJson({ b: [1, { d: null, c: true }], a: undefined, é: '款' })).toBe(
    '{"b":[1,{"c":true,"d":null}],"é":"款"}',
  );
  expect(canonicalJson({ a: 1, b: 2 })).toBe(canonicalJson({ b: 2, a: 1 }));
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]));
});
