import * as z from 'zod';

/** The clock goes no further: a later time is written with more digits than every text that holds one is read with. */
export const lastInstant = Date.parse('9999-12-31T00:00:00Z');

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/**
 * Reads a point in time: `2016-03-01`, `2016-03-01T09:00`, with seconds and a zone if wanted. Without a zone it is
 * China's (+08:00), where the union's people read their clocks. Epoch milliseconds, or undefined if it is no time.
 */
export function readInstant(text: string): number | undefined {
  const match = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,3})?)?)?(Z|[+-]\d{2}:\d{2})?$/.exec(text);
  if (match === null) return undefined;
  const [, day, minutes = '00:00', seconds = ':00', zone = '+08:00'] = match;
  const instant = Date.parse(`${day}T${minutes}${seconds}${zone}`);
  // JavaScript takes the 31st of February for the 2nd of March.
  return isDay(day) && instant <= lastInstant ? instant : undefined;
}

const isDay = (text = ''): boolean => z.iso.date().safeParse(text).success;

/** Reads a step forward: `+3d`, `+90m`, `+1d12h`, with or without the plus. Milliseconds, or undefined. */
export function readDuration(text: string): number | undefined {
  const body = text.startsWith('+') ? text.slice(1) : text;
  if (!/^(\d+[smhdw])+$/.test(body)) return undefined;
  let total = 0;
  for (const [, count, unit] of body.matchAll(/(\d+)([smhdw])/g)) {
    if (unit === 's' || unit === 'm' || unit === 'h' || unit === 'd' || unit === 'w')
      total += Number(count) * unitMs[unit];
  }
  return total;
}

/** Shows an instant as people in China read it: `2016-03-01T09:00:00+08:00`. */
export function showInstant(epochMs: number): string {
  return new Date(epochMs + 8 * unitMs.h).toISOString().replace(/\.\d{3}Z$/, '+08:00');
}
