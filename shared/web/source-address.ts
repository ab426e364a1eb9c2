import type { Context } from 'hono';

/** The address that a request came from as the API saw it, never as a header claims it; `''` outside of an API. */
export function sourceAddress(c: Context): string {
  const at = (value: unknown, name: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
  const address = at(at(at(at(c.env, 'event'), 'requestContext'), 'http'), 'sourceIp');
  return typeof address === 'string' ? networkOf(address) : '';
}

/** Whoever has one IPv6 address has the whole network behind it: its first four groups count as one sender. */
function networkOf(address: string): string {
  if (!address.includes(':') || address.includes('.')) return address.replace(/^::ffff:/i, '');
  const [head = '', tail] = address.toLowerCase().split('::');
  const groups = head === '' ? [] : head.split(':');
  const missing = tail === undefined ? 0 : 8 - groups.length - (tail === '' ? 0 : tail.split(':').length);
  const whole = [...groups, ...Array.from({ length: missing }, () => '0'), ...(tail ?? '').split(':')];
  return `${whole
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`;
}
