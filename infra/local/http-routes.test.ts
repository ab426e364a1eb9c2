import { expect, test } from 'vitest';
import { makeRouter } from './http-routes.ts';

const router = (...keys: string[]) => {
  const route = makeRouter(keys.map((routeKey) => ({ routeKey, functionArn: 'f', timeoutMs: 1 })));
  return (method: string, path: string) => {
    const match = route(method, path);
    return match && [match.route.routeKey, match.pathParameters];
  };
};

test('a full match comes before a variable, that before a greedy one, that before $default', () => {
  const route = router('$default', 'ANY /a/{proxy+}', 'GET /a/{id}', 'GET /a/new');
  expect(route('GET', '/a/new')).toEqual(['GET /a/new', undefined]);
  expect(route('GET', '/a/7%2F8')).toEqual(['GET /a/{id}', { id: '7/8' }]);
  expect(route('GET', '/a/b/c')).toEqual(['ANY /a/{proxy+}', { proxy: 'b/c' }]);
  expect(route('POST', '/a/7')).toEqual(['ANY /a/{proxy+}', { proxy: '7' }]);
  expect(route('GET', '/z')).toEqual(['$default', undefined]);
});

test('a named method comes before ANY, and HEAD is no GET', () => {
  const route = router('ANY /a', 'GET /a', 'GET /b');
  expect(route('GET', '/a')?.[0]).toBe('GET /a');
  expect(route('HEAD', '/a')?.[0]).toBe('ANY /a');
  expect(route('HEAD', '/b')).toBeUndefined();
});
