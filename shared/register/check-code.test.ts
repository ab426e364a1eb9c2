import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noAudit } from '../kernel/audit.ts';
import { personIdSchema } from '../kernel/ids.ts';
import { isEnd, transition } from '../kernel/lifecycle.ts';
import { addMs, asInstant, type Instant } from '../kernel/time.ts';
import { type Authenticator, authenticatorLifecycle } from './authenticator.ts';
import { mostTries, useCode } from './check-code.ts';
import { codeOfStep, stepOf, stepsOfCode, totpUri } from './totp.ts';

const now = asInstant('2016-03-01T02:00:00.000Z');
/** The key of RFC 6238's own test values, in base 32. */
const secret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

const active: Authenticator = {
  personId: personIdSchema.parse('p1'),
  status: 'active',
  secret,
  lastStep: 0,
  wrongTries: 0,
  recoveryHashes: ['r1', 'r2'],
  version: 1,
  audit: noAudit,
};

const digitsOf = (step: number) => ({ kind: 'digits', digits: codeOfStep(secret, step) }) as const;
const use = (before: Authenticator, step: number, at: Instant = now) =>
  useCode(before, { typed: digitsOf(step), purpose: 'release-payout', now: at });

describe('codes of an app', () => {
  it('are those of RFC 6238, the last six digits of its appendix B', () => {
    const published = [
      ['1970-01-01T00:00:59.000Z', '287082'],
      ['2005-03-18T01:58:29.000Z', '081804'],
      ['2005-03-18T01:58:31.000Z', '050471'],
      ['2009-02-13T23:31:30.000Z', '005924'],
      ['2033-05-18T03:33:20.000Z', '279037'],
    ] as const;
    for (const [at, code] of published) expect([at, codeOfStep(secret, stepOf(asInstant(at)))]).toEqual([at, code]);
  });

  it('are read by an app from an address that tells everything', () => {
    const uri = new URL(totpUri(secret, { issuer: '职工救助', label: '计秋实' }));
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/职工救助:计秋实',
    ]);
    expect(Object.fromEntries(uri.searchParams)).toEqual({
      issuer: '职工救助',
      secret,
      algorithm: 'SHA1',
      digits: '6',
      period: '30',
    });
  });

  it('promise 7: count in their step and the one before and after, and nowhere else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 4_000_000_000 }), fc.integer({ min: -4, max: 4 }), (second, aside) => {
        const at = asInstant(new Date(second * 1000).toISOString());
        const step = Math.max(0, stepOf(at) + aside);
        const isNear = Math.abs(step - stepOf(at)) <= 1;
        // Two steps have the same code by chance once in a million.
        expect(stepsOfCode(secret, codeOfStep(secret, step), at).includes(step)).toBe(isNear);
      }),
    );
  });

  it('promise 7: count once: of any sequence of tries each step at most once, and never backwards', () => {
    const tries = fc.array(fc.tuple(fc.integer({ min: 0, max: 40 }), fc.integer({ min: -2, max: 2 })), {
      maxLength: 30,
    });
    fc.assert(
      fc.property(tries, (steps) => {
        let held = active;
        let at = now;
        const used: number[] = [];
        for (const [seconds, aside] of steps) {
          at = addMs(at, seconds * 1000);
          const step = stepOf(at) + aside;
          const decided = use(held, step, at);
          if (decided.kind !== 'changed') continue;
          held = decided.after;
          if (decided.refusal === undefined) used.push(step);
        }
        expect(used).toEqual([...new Set(used)].toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('tries', () => {
  const wrong = { kind: 'digits', digits: codeOfStep(secret, 1) } as const;
  const guess = (before: Authenticator, at = now) => {
    const decided = useCode(before, { typed: wrong, purpose: 'release-payout', now: at });
    if (decided.kind !== 'changed') throw new Error(decided.refusal.code);
    return decided;
  };
  const guessed = (times: number): Authenticator => {
    let held = active;
    for (let each = 0; each < times; each += 1) held = guess(held).after;
    return held;
  };

  it('promise 7: are counted by what is written, and the fifth locks for a quarter of an hour', () => {
    expect(guess(guessed(mostTries - 2)).refusal).toEqual({ code: 'wrong-code', triesLeft: 1 });
    const last = guess(guessed(mostTries - 1));
    const until = addMs(now, 15 * 60_000);
    expect(last.refusal).toEqual({ code: 'locked', until });
    expect(last.facts.map(({ event }) => event)).toEqual(['authenticator.code-refused', 'authenticator.locked']);
    expect(use(last.after, stepOf(now))).toEqual({ kind: 'refused', refusal: { code: 'locked', until } });
    expect(use(last.after, stepOf(until), until)).toMatchObject({ kind: 'changed', after: { wrongTries: 0 } });
    expect(use(last.after, stepOf(until), until)).not.toHaveProperty('after.lockedUntil');
  });

  it('begin anew with a right code, and after a lock', () => {
    const right = use(guessed(mostTries - 1), stepOf(now));
    expect(right).toMatchObject({ kind: 'changed', after: { wrongTries: 0 } });
    const { after } = guess(guessed(mostTries - 1));
    const later = guess(after, addMs(now, 15 * 60_000));
    expect(later.refusal).toEqual({ code: 'wrong-code', triesLeft: mostTries - 1 });
  });

  it('a code that was used is none', () => {
    const first = use(active, stepOf(now));
    if (first.kind !== 'changed') throw new Error('refused');
    expect(use(first.after, stepOf(now))).toEqual({ kind: 'refused', refusal: { code: 'used-code' } });
    expect(use(first.after, stepOf(now) - 1)).toEqual({ kind: 'refused', refusal: { code: 'used-code' } });
  });
});

it('promise 7: a recovery code is gone once it was used, and what is not one of them is a try', () => {
  const typed = { kind: 'printed', hash: 'r1' } as const;
  const first = useCode(active, { typed, purpose: 'release-payout', now });
  if (first.kind !== 'changed') throw new Error('refused');
  expect([first.refusal, first.after.recoveryHashes]).toEqual([undefined, ['r2']]);
  const again = useCode(first.after, { typed, purpose: 'release-payout', now });
  expect(again).toMatchObject({ kind: 'changed', after: { wrongTries: 1 }, refusal: { code: 'wrong-code' } });
});

it('promise 7: only one in use takes codes; from every other status there is a way to a new one', () => {
  for (const status of ['none', 'offered', 'opened', 'active', 'revoked'] as const) {
    const decided = use({ ...active, status }, stepOf(now));
    expect([status, decided.kind]).toEqual([status, status === 'active' ? 'changed' : 'refused']);
    expect(transition(authenticatorLifecycle, status, 'offer')).toEqual({ ok: true, value: 'offered' });
    expect(isEnd(authenticatorLifecycle, status)).toBe(false);
  }
  expect(useCode(undefined, { typed: digitsOf(1), purpose: 'x', now }).kind).toBe('refused');
});
