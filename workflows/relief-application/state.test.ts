import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { inputSchema, routeSchema, stepPayloadSchema, waitPayloadSchema } from './state.ts';

const schemas = new Map(
  Object.entries({
    input: inputSchema,
    'step-payload': stepPayloadSchema,
    'wait-payload': waitPayloadSchema,
    route: routeSchema,
  }),
);
const folder = join(import.meta.dirname, 'fixtures');
const released = readdirSync(folder).filter((file) => file.endsWith('.json'));
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), 'utf8'));

test.each(released)('promise 15: %s, once released, is still read', (file) => {
  expect(schemas.get(file.split('.')[0] ?? '')?.parse(read(file))).toEqual(read(file));
});

test('promise 15: every payload has a released example', () => {
  expect(new Set(released.map((file) => file.split('.')[0]))).toEqual(new Set(schemas.keys()));
});

test('promise 15: a field that a later release adds does not stop an older Lambda', () => {
  const later = { next: 'review', timeoutSeconds: 60, priority: 'high' };
  expect(routeSchema.parse(later)).toEqual({ next: 'review', timeoutSeconds: 60 });
});

test('a route without a time to wait, or to nowhere, is refused', () => {
  expect(routeSchema.safeParse({ next: 'review', timeoutSeconds: 0 }).success).toBe(false);
  expect(routeSchema.safeParse({ next: 'nowhere', timeoutSeconds: 60 }).success).toBe(false);
});
