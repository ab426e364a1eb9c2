import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import * as z from 'zod';
import type { MovableClock } from './clock.ts';
import { writeDurably } from './data-folder.ts';
import type { Log } from './log.ts';
import { readSchedule, type Schedule } from './schedule-expression.ts';
import { StartError } from './start-error.ts';
import type { ScheduleDefinition } from './template.ts';

export type Scheduler = {
  /** When the next schedule is due, in epoch milliseconds; while the clock is being moved, the thinned-out time. */
  nextDue(): number | undefined;
  /** Fires what is due at the clock's time, each schedule once however often it was missed. Resolves when all ran. */
  fireDue(): Promise<boolean>;
  /**
   * While the clock is being moved: short rates fire once an hour, and once after anything else happened. A job that answered
   * `{"nextAt": …}`, an instant or null, has found nothing: it is let alone until then, or until anything else happens.
   */
  beginMove(): void;
  noteActivity(): void;
  endMove(): Promise<void>;
  /** Every schedule with when it is due next. */
  seen(): ScheduleSeen[];
  close(): void;
};

export type ScheduleSeen = { name: string; expression: string; due: number | undefined };

type Entry = {
  definition: ScheduleDefinition;
  schedule: Schedule;
  firedAt: number;
  due: number | undefined;
  /** When it has something to do again, as its job answered; Infinity for not before something happens. */
  idleUntil?: number | undefined;
};

const stored = z.record(z.string(), z.object({ start: z.number(), firedAt: z.number() }));
const jobAnswer = z
  .string()
  .transform((text): unknown => JSON.parse(text))
  .pipe(z.object({ nextAt: z.iso.datetime().nullable() }));
const hour = 3_600_000;
const longestTimer = 2_000_000_000;

/**
 * Runs EventBridge's schedules on the moved clock. When each last fired lies in a file, so that one that fell due while
 * the machine was off fires once at the next start.
 */
export function openScheduler(options: {
  file: string;
  schedules: ScheduleDefinition[];
  clock: MovableClock;
  accountId: string;
  region: string;
  log: Log;
  /** Hands the input to a function or a state machine; resolves with what a function answered (JSON) when it has run. */
  deliver: (arn: string, input: string, reason: string) => Promise<string | undefined>;
}): Scheduler {
  const { file, clock, log } = options;
  const kept = readKept(file);
  const entries = options.schedules.map((definition): Entry => {
    const { start = clock.now(), firedAt = start } = kept[definition.name] ?? {};
    const schedule = readSchedule(definition.expression, definition.timezone, start);
    kept[definition.name] = { start, firedAt };
    return { definition, schedule, firedAt, due: schedule.next(firedAt) };
  });
  const save = (): void => {
    for (const { definition, firedAt } of entries) {
      kept[definition.name] = { start: kept[definition.name]?.start ?? firedAt, firedAt };
    }
    writeDurably(file, JSON.stringify(kept));
  };
  save();

  let moving = false;
  let active = false;
  let happenedAt = -Infinity;
  const happened = (): void => {
    active = true;
    happenedAt = clock.now();
  };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<boolean> = Promise.resolve(false);
  let closed = false;

  const isShort = ({ schedule }: Pick<Entry, 'schedule'>): boolean => (schedule.periodMs ?? hour) < hour;
  const dueNow = ({ schedule, due, firedAt, idleUntil }: Entry): number | undefined => {
    if (due === undefined || !moving) return due;
    // At the very instant of what happened it may have looked too early.
    if (idleUntil !== undefined && firedAt > happenedAt) {
      return idleUntil === Infinity ? undefined : Math.max(due, schedule.next(idleUntil - 1) ?? due);
    }
    if (active || !isShort({ schedule })) return due;
    return Math.max(due, schedule.next(firedAt + hour - (schedule.periodMs ?? 0)) ?? due);
  };
  const nextDue = (): number | undefined => {
    const all = entries.map(dueNow).filter((due) => due !== undefined);
    return all.length === 0 ? undefined : Math.min(...all);
  };
  const fire = async (entry: Entry): Promise<void> => {
    const { definition, due = clock.now() } = entry;
    log({ level: 'debug', message: 'schedule', name: definition.name });
    const answers: (number | undefined)[] = [];
    for (const { arn, input } of definition.targets) {
      const given = input?.replaceAll('<aws.scheduler.scheduled-time>', iso(due)) ?? standardInput(entry, due);
      answers.push(idleUntilOf(await options.deliver(arn, given, definition.name)));
    }
    const known = answers.filter((each) => each !== undefined);
    entry.idleUntil = known.length < answers.length ? undefined : Math.min(...known);
  };
  const standardInput = ({ definition }: Entry, due: number): string =>
    JSON.stringify({
      version: '0',
      id: randomUUID(),
      'detail-type': 'Scheduled Event',
      source: definition.source,
      account: options.accountId,
      time: iso(due),
      region: options.region,
      resources: [definition.arn],
      detail: definition.source === 'aws.events' ? {} : '{}',
    });
  const fireNow = async (isDue: (entry: Entry, now: number) => boolean): Promise<boolean> => {
    const now = clock.now();
    const due = entries.filter((entry) => isDue(entry, now));
    if (due.length === 0) return false;
    due.sort((a, b) => (a.due ?? 0) - (b.due ?? 0));
    for (const entry of due) {
      await fire(entry);
      entry.firedAt = now;
      entry.due = entry.schedule.next(now);
    }
    // A short rate that has just looked and found its world unchanged need not look again for an hour.
    active = false;
    if (due.some((entry) => !isShort(entry) && entry.idleUntil === undefined)) happened();
    save();
    return true;
  };
  const enqueue = (isDue: (entry: Entry, now: number) => boolean): Promise<boolean> => {
    running = running.then(() => (closed ? false : fireNow(isDue)));
    return running;
  };
  const isDue = (entry: Entry, now: number): boolean => {
    const due = dueNow(entry);
    return due !== undefined && due <= now;
  };
  const arm = (): void => {
    clearTimeout(timer);
    const due = nextDue();
    if (closed || moving || due === undefined) return;
    timer = setTimeout(() => void enqueue(isDue).then(arm), Math.min(longestTimer, Math.max(0, due - clock.now())));
  };
  arm();

  return {
    nextDue,
    fireDue: () => enqueue(isDue),
    beginMove() {
      moving = true;
      happened();
      clearTimeout(timer);
    },
    noteActivity: happened,
    async endMove() {
      happened();
      await enqueue(isDue);
      moving = false;
      arm();
    },
    seen: () => entries.map(({ definition: { name, expression }, due }) => ({ name, expression, due })),
    close() {
      closed = true;
      clearTimeout(timer);
    },
  };

  function iso(instant: number): string {
    return new Date(instant).toISOString().replace(/\.\d{3}Z$/, 'Z');
  }
}

/** What a job answered about when it has something to do, in epoch milliseconds; undefined if it did something, or says nothing. */
function idleUntilOf(answer: string | undefined): number | undefined {
  const read = jobAnswer.safeParse(answer);
  if (!read.success) return undefined;
  return read.data.nextAt === null ? Infinity : Date.parse(read.data.nextAt);
}

function readKept(file: string): z.infer<typeof stored> {
  if (!existsSync(file)) return {};
  try {
    return stored.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch (cause) {
    throw new StartError(`The schedule file ${file} is damaged. Move it away, or start with --fresh.`, { cause });
  }
}
