import { StartError } from './start-error.ts';

/** A schedule's times: the first instant after the given one (epoch milliseconds), or undefined if there is none. */
export type Schedule = { next(after: number): number | undefined; periodMs: number | undefined };

const minute = 60_000;
const units: Record<string, number> = { minute, hour: 60 * minute, day: 1_440 * minute };

/**
 * Reads EventBridge's `rate(5 minutes)`, `cron(0 9 ? * MON-FRI *)` and `at(2016-03-01T09:00:00)`; cron and at follow
 * the time zone. A rate counts from `start`.
 *
 * @throws StartError when the expression is not understood
 */
export function readSchedule(expression: string, timezone: string, start: number): Schedule {
  const [, kind, body = ''] = /^(rate|cron|at)\((.*)\)$/.exec(expression) ?? [];
  if (kind === 'rate') {
    const [, count = '', unit = ''] = /^(\d+) (minute|hour|day)s?$/.exec(body) ?? [];
    const periodMs = Number(count) * (units[unit] ?? 0);
    if (periodMs > 0) {
      return { periodMs, next: (after) => start + (Math.floor(Math.max(0, after - start) / periodMs) + 1) * periodMs };
    }
  }
  if (kind === 'at') {
    const wall = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(body) ? Date.parse(`${body}Z`) : Number.NaN;
    if (!Number.isNaN(wall)) {
      const instant = fromWall(wall, timezone);
      return { periodMs: undefined, next: (after) => (instant > after ? instant : undefined) };
    }
  }
  if (kind === 'cron') {
    const cron = readCron(body);
    if (cron !== undefined) return { periodMs: undefined, next: (after) => nextCron(cron, timezone, after) };
  }
  throw new StartError(`The schedule ${expression} is not understood.`);
}

type Field = (value: number) => boolean;
type Cron = {
  minute: Field;
  hour: Field;
  month: Field;
  year: Field;
  day: (year: number, month: number, day: number) => boolean;
};

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const dayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

function readCron(body: string): Cron | undefined {
  const [minutes, hours, days, months, weekdays, years, ...more] = body.trim().split(/\s+/);
  if (!minutes || !hours || !days || !months || !weekdays || !years || more.length > 0) return undefined;
  if ((days === '?') === (weekdays === '?')) return undefined;
  const fields = {
    minute: readField(minutes, 0, 59),
    hour: readField(hours, 0, 23),
    month: readField(months, 1, 12, monthNames, 1),
    year: readField(years, 1970, 2199),
  };
  const day = days === '?' ? readWeekdays(weekdays) : readDays(days);
  const { minute: minuteField, hour, month, year } = fields;
  if (!minuteField || !hour || !month || !year || !day) return undefined;
  return { minute: minuteField, hour, month, year, day };
}

function readField(text: string, low: number, high: number, names: string[] = [], base = 0): Field | undefined {
  const number = (part: string): number => {
    const named = names.indexOf(part.toUpperCase());
    return named === -1 ? Number(part) : named + base;
  };
  const allowed = new Set<number>();
  for (const item of text.split(',')) {
    const [range = '', step] = item.split('/');
    const [first = '', last] = range.split('-');
    const from = first === '*' ? low : number(first);
    const to = first === '*' || (step !== undefined && last === undefined) ? high : number(last ?? first);
    const by = step === undefined ? 1 : Number(step);
    if (![from, to, by].every(Number.isInteger) || from < low || to > high || from > to || by < 1) return undefined;
    for (let value = from; value <= to; value += by) allowed.add(value);
  }
  return (value) => allowed.has(value);
}

const lastDay = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();
const weekday = (year: number, month: number, day: number): number =>
  new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 1;

function readDays(text: string): Cron['day'] | undefined {
  if (text === 'L') return (year, month, day) => day === lastDay(year, month);
  const nearest = /^(\d{1,2})W$/.exec(text);
  if (nearest !== null) {
    const wanted = Number(nearest[1]);
    return (year, month, day) => {
      const target = Math.min(wanted, lastDay(year, month));
      const of = weekday(year, month, target);
      const moved =
        of === 7
          ? target === 1
            ? 3
            : target - 1
          : of === 1
            ? target === lastDay(year, month)
              ? target - 2
              : target + 1
            : target;
      return day === moved;
    };
  }
  const field = readField(text, 1, 31);
  return field && ((_year, _month, day) => field(day));
}

function readWeekdays(text: string): Cron['day'] | undefined {
  const nth = /^(\d|[A-Z]{3})#([1-5])$/i.exec(text);
  const last = /^(\d|[A-Z]{3})L$/i.exec(text);
  const special = nth ?? last;
  const field = readField(special?.[1] ?? text, 1, 7, dayNames, 1);
  if (field === undefined) return undefined;
  return (year, month, day) => {
    if (!field(weekday(year, month, day))) return false;
    if (nth !== null) return Math.ceil(day / 7) === Number(nth[2]);
    return last === null || day + 7 > lastDay(year, month);
  };
}

function nextCron(cron: Cron, timezone: string, after: number): number | undefined {
  let wall = Math.floor(toWall(after, timezone) / minute) * minute + minute;
  const end = wall + 8 * 366 * 1_440 * minute;
  while (wall < end) {
    const at = new Date(wall);
    const [year, month, day] = [at.getUTCFullYear(), at.getUTCMonth() + 1, at.getUTCDate()];
    if (!cron.year(year) || !cron.month(month) || !cron.day(year, month, day))
      wall = Date.UTC(year, month - 1, day + 1);
    else if (!cron.hour(at.getUTCHours())) wall = Date.UTC(year, month - 1, day, at.getUTCHours() + 1);
    else if (!cron.minute(at.getUTCMinutes())) wall += minute;
    else {
      const instant = fromWall(wall, timezone);
      // As EventBridge does: a time that is left out is skipped, one that comes twice is met once.
      if (instant > after && toWall(instant, timezone) === wall) return instant;
      wall += minute;
    }
  }
  return undefined;
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** What a clock on the wall in the zone shows, as if it were UTC. */
function toWall(instant: number, timezone: string): number {
  if (timezone === 'UTC') return instant;
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-GB', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timezone, format);
  }
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute: minutes = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minutes, second);
}

/**
 * The instant at which the wall shows this time: the first one where clocks go back and it comes twice. A time that is left out
 * when clocks go forward is none; what is given then lies beside it on the wall.
 */
function fromWall(wall: number, timezone: string): number {
  const day = 1_440 * minute;
  const offsets = [wall - day, wall + day].map((near) => toWall(near, timezone) - near);
  const instants = offsets.map((offset) => wall - offset).toSorted((a, b) => a - b);
  return instants.find((instant) => toWall(instant, timezone) === wall) ?? instants[0] ?? wall;
}
