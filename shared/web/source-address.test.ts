import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { asInstant } from '../kernel/time.ts';
import { sourceAddress } from './source-address.ts';
import { isWithinAll } from './within-limits.ts';

const app = new Hono().get('/', (c) => c.text(sourceAddress(c)));
const seenAs = async (sourceIp: unknown, headers: Record<string, string> = {}) =>
  (await app.request('/', { headers }, { event: { requestContext: { http: { sourceIp } } } })).text();

test('a sender is who the API saw, whatever a header claims', async () => {
  expect(await seenAs('203.0.113.7', { 'x-forwarded-for': '198.51.100.1', forwarded: 'for=198.51.100.1' })).toBe(
    '203.0.113.7',
  );
  expect(await seenAs(undefined)).toBe('');
  expect(await (await app.request('/')).text()).toBe('');
});

test.each([
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['2001:0DB8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
  ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
  ['2001:db8::1', '2001:db8:0:0::/64'],
  ['2001:db8::', '2001:db8:0:0::/64'],
  ['::1', '0:0:0:0::/64'],
  ['::ffff:203.0.113.7', '203.0.113.7'],
])('of IPv6 the network counts, since its owner has every address in it: %s', async (sourceIp, network) => {
  expect(await seenAs(sourceIp)).toBe(network);
});

test('what is over a sender’s own allowance is counted against nobody else', async () => {
  const hits = new Map<string, number>();
  const count = async (name: string, _window: number, limit: number) => {
    hits.set(name, (hits.get(name) ?? 0) + 1);
    return (hits.get(name) ?? 0) <= limit;
  };
  const now = asInstant('2016-10-10T02:00:00.000Z');
  const allowances = [
    { name: 'sender', most: 2 },
    { name: 'person', most: 9 },
  ];
  const tried = [];
  for (let time = 0; time < 5; time += 1) tried.push(await isWithinAll(count, allowances, 60, now));
  expect(tried).toEqual([true, true, false, false, false]);
  expect(hits.get('person')).toBe(2);
});
