import { describe, expect, test } from 'vitest';
import { StateError } from './errors.ts';
import { backoffMs, matchesError } from './retry.ts';

const error = (name: string, isHeartbeat = false) => new StateError(name, null, { isHeartbeat });

describe('an error name', () => {
  test.each([
    ['itself', 'Busy', error('Busy'), true],
    ['not another', 'Busy', error('Idle'), false],
    ['anything under States.ALL', 'States.ALL', error('Busy'), true],
    ['not a fault of the definition under States.ALL', 'States.ALL', error('States.Runtime'), false],
    ['not a result over the limit under States.ALL', 'States.ALL', error('States.DataLimitExceeded'), false],
    ['a time-out under States.ALL', 'States.ALL', error('States.Timeout'), true],
    ['no time-out under States.TaskFailed', 'States.TaskFailed', error('States.Timeout'), false],
    ['a failed task under States.TaskFailed', 'States.TaskFailed', error('Busy'), true],
    ['a missed heartbeat as a time-out', 'States.Timeout', error('States.Timeout', true), true],
    ['a missed heartbeat by its own name', 'States.HeartbeatTimeout', error('States.Timeout', true), true],
    ['no plain time-out as a missed heartbeat', 'States.HeartbeatTimeout', error('States.Timeout'), false],
  ])('matches %s', (_, wanted, found, expected) => {
    expect(matchesError([wanted], found)).toBe(expected);
  });
});

describe('the pause before the next try', () => {
  test('is one second, doubled each time, where nothing is said', () => {
    expect([0, 1, 2].map((used) => backoffMs({ ErrorEquals: ['x'] }, used, () => 1))).toEqual([1000, 2000, 4000]);
  });

  test('never exceeds MaxDelaySeconds, after any number of tries', () => {
    const retrier = { ErrorEquals: ['x'], IntervalSeconds: 5, MaxDelaySeconds: 900 };
    expect(backoffMs(retrier, 10, () => 1)).toBe(900_000);
    expect(backoffMs(retrier, 5_000, () => 1)).toBe(900_000);
  });

  test('with full jitter lies anywhere below', () => {
    const retrier = { ErrorEquals: ['x'], IntervalSeconds: 8, JitterStrategy: 'FULL' as const };
    expect([0, 0.5].map((share) => backoffMs(retrier, 0, () => share))).toEqual([0, 4000]);
  });
});
