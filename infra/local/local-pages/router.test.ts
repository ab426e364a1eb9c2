import { expect, test } from 'vitest';
import type { LogLine } from '../log.ts';
import { localRouter } from './router.ts';

const asked = { method: 'GET', path: '/_local/x', query: new URLSearchParams(), body: Buffer.alloc(0) };

test.each([
  [
    'at once',
    () => {
      throw new RangeError('somebody typed this');
    },
  ],
  ['later', () => Promise.reject(new RangeError('somebody typed this'))],
])('a page that fails %s is a 500, and the log has the name of its error and no word of it', async (_, page) => {
  const lines: LogLine[] = [];
  const answer = await localRouter([() => undefined, page], (line) => lines.push(line))(asked);
  expect(answer).toMatchObject({ status: 500, body: Buffer.from('{"message":"Internal Server Error"}') });
  expect(lines).toMatchObject([{ level: 'error', message: 'a page of this machine failed', error: 'RangeError' }]);
  expect(JSON.stringify(lines)).not.toContain('typed');
});
