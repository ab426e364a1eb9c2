import * as z from 'zod';
import type { Brand } from './brand.ts';

/** A moment as an ISO text in UTC with milliseconds; it sorts as text: `2016-10-08T02:00:00.000Z`. */
export type Instant = Brand<string, 'Instant'>;

/** A calendar day where the union lives (Asia/Shanghai, UTC+8, no summer time): `2016-10-08`. */
export type LocalDate = Brand<string, 'LocalDate'>;

const shanghaiOffsetMs = 8 * 3_600_000;

const isInstant = (text: string): text is Instant =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(text) && !Number.isNaN(Date.parse(text));

const isLocalDate = (text: string): text is LocalDate =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toISOString().startsWith(text);

export const instantSchema = z.string().refine(isInstant, 'not a moment in UTC').transform(asInstant);
export const localDateSchema = z.string().refine(safeIsLocalDate, 'not a date').transform(asLocalDate);

function safeIsLocalDate(text: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(`${text}T00:00:00Z`)) && isLocalDate(text);
}

/** Throws a RangeError for anything but an ISO moment in UTC with milliseconds. */
export function asInstant(text: string): Instant {
  if (!isInstant(text)) throw new RangeError(`not a moment: ${text}`);
  return text;
}

/** Throws a RangeError for anything but an existing day as YYYY-MM-DD. */
export function asLocalDate(text: string): LocalDate {
  if (!safeIsLocalDate(text) || !isLocalDate(text)) throw new RangeError(`not a date: ${text}`);
  return text;
}

/** From milliseconds since 1970. */
export const instantAt = (epochMs: number): Instant => asInstant(new Date(epochMs).toISOString());
export const epochMsOf = (instant: Instant): number => Date.parse(instant);
export const addMs = (instant: Instant, ms: number): Instant => instantAt(epochMsOf(instant) + ms);
export const addHours = (instant: Instant, hours: number): Instant => addMs(instant, hours * 3_600_000);

/** Whole seconds from one moment to a later one, rounded up; 0 if it is past. */
export const secondsUntil = (now: Instant, later: Instant): number =>
  Math.max(0, Math.ceil((epochMsOf(later) - epochMsOf(now)) / 1000));

/** The day on which a moment falls where the union lives. */
export const localDateOf = (instant: Instant): LocalDate =>
  asLocalDate(new Date(epochMsOf(instant) + shanghaiOffsetMs).toISOString().slice(0, 10));

/** The moment at which a local day begins, plus a time of day in milliseconds. */
export const startOfLocalDate = (date: LocalDate, msIntoDay = 0): Instant =>
  instantAt(Date.parse(`${date}T00:00:00Z`) - shanghaiOffsetMs + msIntoDay);

/** The last day that lies before a moment, at least in part: what ends with the 6th, at the midnight after it, runs up to the 6th. */
export const lastDayBefore = (moment: Instant): LocalDate => localDateOf(addMs(moment, -1));

/** Milliseconds since local midnight. */
export const msIntoLocalDay = (instant: Instant): number =>
  (((epochMsOf(instant) + shanghaiOffsetMs) % 86_400_000) + 86_400_000) % 86_400_000;

export const addLocalDays = (date: LocalDate, days: number): LocalDate =>
  asLocalDate(new Date(Date.parse(`${date}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10));

/** Same day some months later (or earlier); the last day of the month where that day does not exist. */
export function addLocalMonths(date: LocalDate, months: number): LocalDate {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return asLocalDate(first.toISOString().slice(0, 10));
}
