import { createInterface } from 'node:readline';
import type { Worker } from 'node:worker_threads';
import * as z from 'zod';
import type { Level, Log, LogLine } from './log.ts';

/** What the local line says itself, and what means nothing on one machine. */
const ownFields = /^(level|message|timestamp|service|cold_start|function_.*|sampling_rate|xray_.*)$/;

const structured = z.looseObject({ level: z.string(), message: z.unknown() });

/**
 * Passes on what a function writes. A structured line keeps its level and its fields; the house's logger has already
 * left personal values out of it. Of anything else nobody knows what it quotes: it is told for debugging only, and
 * once, that something was said on stderr.
 */
export function forwardOutput(worker: Worker, functionName: string, log: Log): void {
  let hasTold = false;
  createInterface({ input: worker.stdout }).on('line', (line) => log(readLine(line, functionName)));
  createInterface({ input: worker.stderr }).on('line', (line) => {
    if (!hasTold) {
      const message = 'A function wrote to stderr; with RELIEFLINE_DEBUG=1 its words are shown';
      log({ level: 'warn', message, function: functionName });
    }
    hasTold = true;
    log(readLine(line, functionName));
  });
}

/** The line of the log for a line that a function wrote. */
export function readLine(line: string, functionName: string): LogLine {
  const parsed = structured.safeParse(parse(line));
  if (!parsed.success) return { level: 'debug', message: line, function: functionName };
  const { level, message } = parsed.data;
  const fields = Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !ownFields.test(name)));
  return { ...fields, level: levelOf(level), message: String(message), function: functionName };
}

function levelOf(level: string): Level {
  switch (level.toUpperCase()) {
    case 'CRITICAL':
    case 'ERROR':
    case 'FATAL':
      return 'error';
    case 'WARN':
      return 'warn';
    default:
      // A function's own account of its work; the request or task has its line already.
      return 'debug';
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
