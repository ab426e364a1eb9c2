import { describe, expect, test } from 'vitest';
import { failureFields } from './lambda.ts';
import { readLine } from './lambda-output.ts';
import { idsIn, type LogLine, openLog } from './log.ts';

const at = Date.parse('2016-03-07T01:00:00Z');
function written(line: LogLine, options: Partial<Parameters<typeof openLog>[0]> = {}): string {
  let text = '';
  openLog({ format: 'text', colour: false, now: () => at, write: (more) => (text += more), ...options })(line);
  return text;
}

const request: LogLine = { level: 'info', message: 'POST 303', route: 'POST /apply/{id}', ms: 12 };

test('a line in text has China’s time, the level, what happened and its fields', () => {
  expect(written(request)).toBe('2016-03-07 09:00:00 info  POST 303 route=POST /apply/{id} ms=12\n');
});

test('in a terminal a line is coloured by its level, elsewhere it is plain', () => {
  const colours = (level: LogLine['level']) => written({ level, message: 'x' }, { colour: true });
  expect(colours('error')).toContain('\u001b[31m');
  expect(colours('warn')).toContain('\u001b[33m');
  expect(written(request)).not.toContain('\u001b');
});

test('a line in JSON is one object with the moment in UTC', () => {
  expect(JSON.parse(written(request, { format: 'json' }))).toEqual({ time: '2016-03-07T01:00:00.000Z', ...request });
});

test('what is said for debugging is left out of both formats unless it is asked for', () => {
  const line: LogLine = { level: 'debug', message: 'schedule done' };
  for (const format of ['text', 'json'] as const) {
    expect(written(line, { format })).toBe('');
    expect(written(line, { format, isVerbose: true })).toContain('schedule done');
  }
});

test('an error’s own account stands below its line, a part a line', () => {
  const error = { name: 'RetryLater', code: 'busy', at: ['at send (outbox.ts:3)', 'at run (task.ts:9)'] };
  expect(written({ level: 'error', message: 'task failed', caseId: 'C1', error }).split('\n')).toEqual([
    '2016-03-07 09:00:00 error task failed caseId=C1',
    '  error:',
    '    name: RetryLater',
    '    code: busy',
    '    at:',
    '      0: at send (outbox.ts:3)',
    '      1: at run (task.ts:9)',
    '',
  ]);
});

describe('what a line may tell of a task', () => {
  test('the ids of its payload, and neither its token nor anything that is no id', () => {
    const payload = {
      caseId: 'C31df13e2ce3b51d70ee2223',
      taskToken: 'AAAA',
      personId: '张三 110',
      note: 'x',
      count: 3,
    };
    expect(idsIn(payload)).toEqual({ caseId: 'C31df13e2ce3b51d70ee2223' });
    expect([idsIn(null), idsIn('C1'), idsIn(undefined)]).toEqual([{}, {}, {}]);
  });

  test('of a failure its error’s name and first place, and no line of its message', () => {
    const trace = [
      'Error: 郗望潮',
      'lives at Salt Road',
      '    at decide (file:///vote.mjs:1:2)',
      '    at next (x:3:4)',
    ];
    const outcome = {
      kind: 'failed',
      errorType: 'TypeError',
      errorMessage: '郗望潮\nlives at Salt Road',
      trace,
    } as const;
    expect(failureFields(outcome)).toEqual({ error: 'TypeError', at: 'decide (file:///vote.mjs:1:2)' });
    expect(failureFields({ ...outcome, trace: ['Error: 郗望潮'] })).toEqual({ error: 'TypeError' });
    expect(failureFields({ kind: 'returned', payload: '{}' })).toEqual({});
  });
});

describe('what a function writes', () => {
  test('a structured error keeps its fields and loses what the local line says itself', () => {
    const line = JSON.stringify({
      timestamp: 1,
      level: 'ERROR',
      message: 'task failed',
      caseId: 'C1',
      cold_start: true,
    });
    expect(readLine(line, 'Close')).toEqual({
      level: 'error',
      message: 'task failed',
      caseId: 'C1',
      function: 'Close',
    });
  });

  test('its own account of a request that went well is for debugging: the gateway has that line', () => {
    expect(readLine(JSON.stringify({ level: 'INFO', message: 'request' }), 'Web').level).toBe('debug');
  });

  test('words that are no log line are for debugging, since nobody knows what they quote', () => {
    for (const words of ['郗望潮', '{"level":1}', '']) expect(readLine(words, 'Web').level).toBe('debug');
  });
});
