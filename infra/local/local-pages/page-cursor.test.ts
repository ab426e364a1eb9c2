import { expect, test } from 'vitest';
import { pageCursors } from './page-cursor.ts';

const place = { pk: { S: '$reliefline#linkHash_594472a9' }, sk: { S: '$link_1' } };

test('a place comes back as it was, and cannot be read off its link', () => {
  const cursors = pageCursors();
  const sealed = cursors.seal(place);
  expect(cursors.open(sealed)).toEqual(place);
  expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('594472a9');
  expect(sealed).toMatch(/^[\w-]+$/);
});

test('what another process sealed, was altered or is none at all begins the list anew', () => {
  const sealed = pageCursors().seal(place);
  const altered = `${sealed.startsWith('A') ? 'B' : 'A'}${sealed.slice(1)}`;
  const cursors = pageCursors();
  for (const text of [sealed, altered, '', 'x', null, '〔〕']) expect(cursors.open(text)).toBeUndefined();
});
