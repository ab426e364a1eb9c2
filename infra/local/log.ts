import { showInstant } from './clock-time.ts';
import { stripVTControlCharacters, styleText } from 'node:util';

export type Level = 'debug' | 'info' | 'warn' | 'error';
export type LogLine = { level: Level; message: string; [field: string]: unknown };
export type Log = (line: LogLine) => void;

const colours = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;

/**
 * Writes one line an event: coloured text with China's time, or JSON for machines. Callers pass route keys, names and durations only;
 * never a path, a body, a mail or a task token, since these carry personal data or open doors.
 */
export function openLog(options: {
  format: 'text' | 'json';
  now: () => number;
  write: (text: string) => void;
  colour?: boolean;
}): Log {
  const { format, now, write } = options;
  if (format === 'json') {
    return ({ level, message, ...fields }) =>
      write(`${JSON.stringify({ time: new Date(now()).toISOString(), level, message, ...fields })}\n`);
  }
  return ({ level, message, ...fields }) => {
    if (level === 'debug') return;
    const time = showInstant(now()).slice(0, 19).replace('T', ' ');
    const rest = Object.entries(fields)
      .filter(([, value]) => value !== undefined)
      .map(([name, value]) => `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
      .join(' ');
    const text = `${styleText('gray', time)} ${styleText(colours[level], level.padEnd(5))} ${message}${rest === '' ? '' : ` ${styleText('gray', rest)}`}`;
    write(`${options.colour === false ? stripVTControlCharacters(text) : text}\n`);
  };
}
