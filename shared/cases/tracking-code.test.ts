import { describe, expect, it } from 'vitest';
import { firstTrackingCode, newTrackingCode, plainTrackingCode, spacedTrackingCode } from './tracking-code.ts';

describe('a tracking code', () => {
  it('has eight letters and digits that cannot be mistaken for one another', () => {
    for (let made = 0; made < 200; made += 1) expect(newTrackingCode()).toMatch(/^[2-9A-HJKMNP-TV-Z]{8}$/);
  });

  it('is the same each time for one case, and another for another case or secret', () => {
    expect(firstTrackingCode('s', 'C1')).toBe(firstTrackingCode('s', 'C1'));
    expect(firstTrackingCode('s', 'C2')).not.toBe(firstTrackingCode('s', 'C1'));
    expect(firstTrackingCode('t', 'C1')).not.toBe(firstTrackingCode('s', 'C1'));
  });

  it('is understood with blanks, dashes, lower case and full-width characters', () => {
    const code = 'K7QM2XPD';
    expect(spacedTrackingCode(code)).toBe('K7QM 2XPD');
    for (const typed of ['k7qm 2xpd', ' K7QM-2XPD ', 'Ｋ７ＱＭ２ＸＰＤ']) expect(plainTrackingCode(typed)).toBe(code);
  });
});
