import { describe, expect, test } from 'vitest';
import { caseIdSchema, randomId } from './ids.ts';

describe('an id', () => {
  test('is made of 16 letters that can be read aloud, never twice the same', () => {
    const ids = Array.from({ length: 1_000 }, randomId);
    for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(new Set(ids).size).toBe(1_000);
    expect(caseIdSchema.parse(ids[0])).toBe(ids[0]);
  });

  test.each(['', '-a', 'a b', 'a/b', '案', 'a#b', 'a'.repeat(81), '<script>'])('is never %j', (text) => {
    expect(caseIdSchema.safeParse(text).success).toBe(false);
  });
});
