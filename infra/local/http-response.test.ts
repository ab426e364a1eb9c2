import { expect, test } from 'vitest';
import { makeAnswer } from './http-response.ts';

const answer = (value: unknown) => {
  const { status, headers, body } = makeAnswer({ kind: 'returned', payload: JSON.stringify(value) });
  return [status, headers, body.toString()];
};
const json: [string, string] = ['content-type', 'application/json'];
const plain: [string, string] = ['content-type', 'text/plain;charset=UTF-8'];
const failed = [500, [json], '{"message":"Internal Server Error"}'];

test.each<[string, unknown, unknown[]]>([
  ['an answer with its status is taken as written', { statusCode: 201, body: 'a' }, [201, [plain], 'a']],
  ['a status in a text counts', { statusCode: '404', body: '' }, [404, [], '']],
  ['without a status the whole value is JSON', { found: 1 }, [200, [json], '{"found":1}']],
  ['a bare text is the body of a 200', 'hello', [200, [json], 'hello']],
  ['nothing is null', null, [200, [json], 'null']],
  [
    'header names become lower case, numbers become texts',
    { statusCode: 200, headers: { 'X-Count': 3, 'Content-Type': 'text/html' }, body: 'a' },
    [
      200,
      [
        ['x-count', '3'],
        ['content-type', 'text/html'],
      ],
      'a',
    ],
  ],
  [
    'each cookie is a header of its own',
    { statusCode: 303, headers: { location: '/' }, cookies: ['a=1', 'b=2'] },
    [
      303,
      [
        ['location', '/'],
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
      '',
    ],
  ],
  ['base64 becomes bytes', { statusCode: 200, body: 'YWJj', isBase64Encoded: true }, [200, [plain], 'abc']],
  [
    'headers of the connection are the gateway’s own',
    { statusCode: 200, headers: { connection: 'close', 'content-length': '99', 'transfer-encoding': 'chunked' } },
    [200, [], ''],
  ],
  ['a status that is none is an error', { statusCode: 99 }, failed],
  ['a status that ends no exchange is an error', { statusCode: 101 }, failed],
  ['a header that HTTP cannot carry is an error', { statusCode: 200, headers: { location: '/a\nb' } }, failed],
  ['a header’s name that HTTP cannot carry is an error', { statusCode: 200, headers: { 'a b': '1' } }, failed],
  ['a cookie that HTTP cannot carry is an error', { statusCode: 200, cookies: ['name=职工'] }, failed],
  ['a body that is no text is an error', { statusCode: 200, body: { a: 1 } }, failed],
])('%s', (_, value, expected) => {
  expect(answer(value)).toEqual(expected);
});

test('a function that failed is a 500 that tells nothing of why', () => {
  const { status, body } = makeAnswer({ kind: 'failed', errorType: 'TypeError', errorMessage: 'the name of a person' });
  expect([status, body.toString()]).toEqual([500, '{"message":"Internal Server Error"}']);
});
