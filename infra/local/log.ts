import { showInstant } from './clock-time.ts';
import { stripVTControlCharacters, styleText } from 'node:util';

export type Level = 'debug' | 'info' | 'warn' | 'error';
export type LogLine = { level: Level; message: string; [field: string]: unknown };
export type Log = (line: LogLine) => void;

const colours = { debug: 'gray', info: 'green', warn: 'yellow', error: 'red' } as const;

/** Whether to colour at all is the caller's to say, not `styleText`'s own guess at the terminal. */
const paint = (colour: Parameters<typeof styleText>[0], text: string): string =>
  styleText(colour, text, { validateStream: false });

/** The ids that a task's payload names (`caseId`, …), for its line: nothing else of it, a task token least of all. */
export function idsIn(payload: unknown): Record<string, string> {
  if (typeof payload !== 'object' || payload === null) return {};
  return Object.fromEntries(
    Object.entries(payload).filter(
      (entry): entry is [string, string] =>
        /[a-z]Id$/.test(entry[0]) && typeof entry[1] === 'string' && /^[\w-]{1,40}$/.test(entry[1]),
    ),
  );
}

/**
 * Writes one line an event: coloured text with China's time, or JSON for machines. An error's own account (places,
 * cause) follows its text line indented, a line each. What is said for debugging is left out unless asked for.
 * Callers pass route keys, names, ids and durations only; never a path, a body, a mail or a task token, since these
 * carry personal data or open doors.
 */
export function openLog(options: {
  format: 'text' | 'json';
  now: () => number;
  write: (text: string) => void;
  colour?: boolean;
  isVerbose?: boolean;
}): Log {
  const { format, now, write, isVerbose = false } = options;
  const show = format === 'json' ? asJson : asText;
  return (line) => {
    if (line.level === 'debug' && !isVerbose) return;
    const text = show(line, now());
    write(`${options.colour === false ? stripVTControlCharacters(text) : text}\n`);
  };
}

const asJson = ({ level, message, ...fields }: LogLine, at: number): string =>
  JSON.stringify({ time: new Date(at).toISOString(), level, message, ...fields });

function asText({ level, message, ...fields }: LogLine, at: number): string {
  const time = showInstant(at).slice(0, 19).replace('T', ' ');
  const said = Object.entries(fields).filter(([, value]) => value !== undefined);
  const short = said.filter(([, value]) => typeof value !== 'object');
  const rest = short.map(([name, value]) => `${name}=${String(value)}`).join(' ');
  const more = said
    .filter(([, value]) => typeof value === 'object')
    .flatMap(([name, value]) => unfold(name, value, '  '));
  const first = `${paint('gray', time)} ${paint(colours[level], level.padEnd(5))} ${message}`;
  return [rest === '' ? first : `${first} ${paint('gray', rest)}`, ...more.map((line) => paint('gray', line))].join(
    '\n',
  );
}

/** What has parts of its own, as an error has, under its name: a line each. */
function unfold(name: string, value: unknown, indent: string): string[] {
  if (typeof value !== 'object' || value === null) return [`${indent}${name}: ${String(value)}`];
  const parts = Object.entries(value);
  return [`${indent}${name}:`, ...parts.flatMap(([part, inner]) => unfold(part, inner, `${indent}  `))];
}
