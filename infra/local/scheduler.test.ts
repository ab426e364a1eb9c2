import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openClock } from './clock.ts';
import { moveClock } from './move-clock.ts';
import { openScheduler, type Scheduler } from './scheduler.ts';

/** Schedules on the moved clock, over restarts. The real clock stands still, so that only moves count. */
const began = Date.parse('2016-01-30T00:00:00Z');
let folder: string;
let clock: ReturnType<typeof openClock>;
let fired: { name: string; at: string; input: ReturnType<typeof JSON.parse> }[];
let opened: Scheduler | undefined;
/** What each job answers; nothing where it has something to do each time. */
let answers: Record<string, () => string>;

const names: Record<string, [expression: string, timezone: string]> = {
  daily: ['cron(0 9 * * ? *)', 'Asia/Shanghai'],
  monthly: ['cron(0 0 L * ? *)', 'UTC'],
  once: ['at(2016-02-01T12:00:00)', 'UTC'],
  often: ['rate(12 hours)', 'UTC'],
};

function open(...wanted: string[]): Scheduler {
  opened = openScheduler({
    file: join(folder, 'schedules.json'),
    clock,
    accountId: '123456789012',
    region: 'eu-central-1',
    log: () => undefined,
    schedules: wanted.map((name) => {
      const [expression, timezone] = names[name] ?? ['', ''];
      const arn = `arn:aws:events:eu-central-1:123456789012:rule/${name}`;
      return { name, arn, source: 'aws.events' as const, expression, timezone, targets: [{ arn: 'f' }] };
    }),
    async deliver(_arn, input, name) {
      fired.push({ name, at: new Date(clock.now()).toISOString(), input: JSON.parse(input) });
      return answers[name]?.();
    },
  });
  return opened;
}
const move = (scheduler: Scheduler, to: string) =>
  moveClock({ clock, scheduler, nextTimer: () => undefined, settle: async () => undefined }, Date.parse(to));
const told = () => fired.map(({ name, at }) => `${name} ${at.slice(5, 16)}`);

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'schedules-'));
  clock = openClock({ folder, startAt: began, realNow: () => 0 });
  fired = [];
  answers = {};
});
afterEach(() => {
  opened?.close();
  rmSync(folder, { recursive: true });
});

test('each fires at its own time, in order, the month’s last day and the one time among them', async () => {
  await move(open('daily', 'monthly', 'once', 'often'), '2016-02-02T00:30:00Z');
  expect(told()).toEqual([
    'daily 01-30T01:00',
    'often 01-30T12:00',
    'monthly 01-31T00:00',
    'often 01-31T00:00',
    'daily 01-31T01:00',
    'often 01-31T12:00',
    'often 02-01T00:00',
    'daily 02-01T01:00',
    'once 02-01T12:00',
    'often 02-01T12:00',
    'often 02-02T00:00',
  ]);
});

test('the event names the time that was meant, as EventBridge does', async () => {
  await move(open('daily'), '2016-01-30T02:00:00Z');
  expect(fired[0]?.input).toMatchObject({
    'detail-type': 'Scheduled Event',
    source: 'aws.events',
    account: '123456789012',
    time: '2016-01-30T01:00:00Z',
    region: 'eu-central-1',
    resources: ['arn:aws:events:eu-central-1:123456789012:rule/daily'],
    detail: {},
  });
});

test('what fell due while the machine was off fires once at the next start, and then in its own time', async () => {
  open('daily', 'once').close();
  clock.jump(Date.parse('2016-02-05T05:00:00Z'));
  const later = open('daily', 'once');
  await later.fireDue();
  expect(told().toSorted()).toEqual(['daily 02-05T05:00', 'once 02-05T05:00']);
  await move(later, '2016-02-06T02:00:00Z');
  expect(told().slice(2)).toEqual(['daily 02-06T01:00']);
});

test('what has fired fires no second time after a restart', async () => {
  const first = open('once', 'often');
  await move(first, '2016-02-01T13:00:00Z');
  const before = told();
  expect(before.filter((each) => each.startsWith('once'))).toHaveLength(1);
  first.close();
  const second = open('once', 'often');
  await second.fireDue();
  expect(told()).toEqual(before);
  expect(second.nextDue()).toBe(Date.parse('2016-02-02T00:00:00Z'));
});

test('a rate goes on from its first start, not from the restart', async () => {
  open('often').close();
  clock.jump(began + 5 * 3_600_000);
  expect(open('often').nextDue()).toBe(began + 12 * 3_600_000);
});

test('a schedule that is new counts from now: nothing of its past is made up for', async () => {
  open('often').close();
  clock.jump(Date.parse('2016-02-05T05:00:00Z'));
  const later = open('often', 'daily', 'once');
  await later.fireDue();
  expect(told()).toEqual(['often 02-05T05:00']);
  expect(later.nextDue()).toBe(Date.parse('2016-02-05T12:00:00Z'));
});

test('a job that found nothing is let alone while the clock moves, until the time that it names', async () => {
  answers = { often: () => '{"nextAt":"2016-02-03T05:00:00Z"}' };
  await move(open('often'), '2016-02-04T13:00:00Z');
  // From then on as it is due: the time that it names has passed.
  expect(told()).toEqual(['often 01-30T12:00', 'often 02-03T12:00', 'often 02-04T00:00', 'often 02-04T12:00']);
});

test('a job that waits for nothing at all is asked again after anything else has happened', async () => {
  answers = { often: () => '{"nextAt":null}' };
  const scheduler = open('often', 'once');
  await move(scheduler, '2016-02-03T13:00:00Z');
  expect(told()).toEqual([
    'often 01-30T12:00',
    'once 02-01T12:00',
    'often 02-01T12:00',
    'often 02-02T00:00',
    'often 02-03T13:00',
  ]);
});

test('a damaged file is told in one sentence', () => {
  writeFileSync(join(folder, 'schedules.json'), '{');
  expect(() => open('daily')).toThrow(/schedule file .+ is damaged/);
});
