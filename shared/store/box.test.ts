import { randomBytes } from 'node:crypto';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openBox, sealBox } from './box.ts';
import { newSecretToken, tokenHash } from './secret-token.ts';

const key = Buffer.alloc(32, 7);

describe('a sealed box', () => {
  test('opens with its key at its place to what was put in, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, place) => {
        expect(openBox(key, place, sealBox(key, place, text))).toBe(text.toWellFormed());
      }),
    );
  });

  test('shows nothing of what is in it, and is another one each time', () => {
    const [one, other] = [sealBox(key, 'place', '金丝雀'), sealBox(key, 'place', '金丝雀')];
    expect(one).toMatch(/^[\w-]+$/);
    expect(Buffer.from(one, 'base64url').toString()).not.toContain('金丝雀');
    expect(one).not.toBe(other);
    // Nonce, tag, and as many bytes as the text has.
    expect(Buffer.from(one, 'base64url')).toHaveLength(12 + 16 + 9);
  });

  test('does not open with another key, at another place, or after any one bit was turned', () => {
    const box = sealBox(key, 'place', '金丝雀');
    expect(() => openBox(Buffer.alloc(32, 8), 'place', box)).toThrow();
    expect(() => openBox(key, 'elsewhere', box)).toThrow();
    const bytes = Buffer.from(box, 'base64url');
    for (let index = 0; index < bytes.length; index += 1) {
      const altered = Buffer.from(bytes);
      altered[index]! ^= 1;
      expect(() => openBox(key, 'place', altered.toString('base64url')), `byte ${index}`).toThrow();
    }
    expect(() => openBox(key, 'place', bytes.subarray(0, 20).toString('base64url'))).toThrow();
  });

  test('sealed by an earlier release still opens', () => {
    const box = 'vQmc5afm17VBAfnfwI-yMWZ3iOMYJy8R26_229SrP7MAvQoxFw';
    expect(openBox(key, 'place', box)).toBe('金丝雀');
  });
});

describe('a secret token', () => {
  test('promise 9: has 256 bits that nobody has had before, in letters that a link may hold', () => {
    const tokens = Array.from({ length: 50 }, newSecretToken);
    for (const token of tokens) expect(token).toMatch(/^[\w-]{43}$/);
    expect(new Set(tokens).size).toBe(tokens.length);
    expect(Buffer.from(tokens[0]!, 'base64url')).toHaveLength(randomBytes(32).length);
  });

  test('promise 9: is stored as its SHA-256, the same at every release', () => {
    expect(tokenHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });
});
