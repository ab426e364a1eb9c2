import { describe, expect, it } from 'vitest';
import { documentFor } from './documents.ts';
import { inventAccount, inventPerson, units } from './people.ts';

const people = Array.from({ length: 100 }, (_, order) => inventPerson(order));

describe('invented people', () => {
  it('are all different, and the same at every run', () => {
    for (const key of ['name', 'idNumber', 'phone', 'email', 'account'] as const) {
      expect(new Set(people.map((person) => person[key])).size, key).toBe(people.length);
    }
    expect(inventPerson(7)).toEqual(people[7]);
    expect(new Set(people.map(({ unit }) => unit))).toEqual(new Set(units));
  });

  it('have numbers that pass every check and belong to nobody', () => {
    for (const { idNumber, account, phone } of people) {
      expect(idNumber).toMatch(/^190000\d{11}[\dX]$/);
      const values = [...idNumber].map((digit) => (digit === 'X' ? 10 : Number(digit)));
      const sum = values.reduce((total, value, index) => total + value * (2 ** (17 - index) % 11), 0);
      expect(sum % 11).toBe(1);
      expect(account).toMatch(/^9\d{18}$/);
      expect(phone.startsWith('0000-')).toBe(true);
    }
    expect(inventAccount(3, 2)).not.toBe(inventAccount(3, 1));
  });
});

describe('invented documents', () => {
  it('begin as files of their kind do', () => {
    const kinds = { 'image/jpeg': 'ffd8ff', 'image/png': '89504e470d0a1a0a', 'application/pdf': '255044462d' };
    const files = ['photographs', 'id-card', 'invoice'].flatMap((id) => [documentFor(id, 1), documentFor(id, 2)]);
    expect(new Set(files.map(({ contentType }) => contentType))).toEqual(new Set(Object.keys(kinds)));
    for (const { contentType, bytes } of files) {
      const magic = Object.entries(kinds).find(([kind]) => kind === contentType)?.[1] ?? 'none';
      expect(Buffer.from(bytes).toString('hex').startsWith(magic)).toBe(true);
    }
  });
});
