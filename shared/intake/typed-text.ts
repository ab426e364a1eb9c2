import type { TypedForm } from './field-error.ts';

/** The first value typed under a name, as the one who typed it sees it: trimmed, without control characters. */
export const typedText = (typed: TypedForm, name: string): string => {
  const value = Object.hasOwn(typed, name) ? typed[name] : undefined;
  return cleaned((typeof value === 'string' ? value : value?.[0]) ?? '');
};

/**
 * Strips what cannot be seen and would break a mail, a bank file or a log: control characters but the line break, halves of
 * characters, marks that turn the direction of writing. Everything else, emoji and tags too, is ordinary text;
 * but a text of invisible characters alone is none.
 */
export const cleaned = (text: string): string => {
  const kept = text
    .replace(/\r\n?/g, '\n')
    .replace(/\t/g, ' ')
    .replace(/[\p{Cc}\p{Cs}\u202A-\u202E\u2066-\u2069\uFEFF]/gu, (character) => (character === '\n' ? '\n' : ''))
    .trim();
  return /[^\s\p{Cf}]/u.test(kept) ? kept : '';
};

/** For one-line answers: line breaks and runs of blanks become one blank. */
export const oneLine = (text: string): string => text.replace(/\s+/gu, ' ');

/** For numbers of every kind: full-width characters become plain ones, blanks go. */
export const compact = (text: string): string => text.normalize('NFKC').replace(/\s/gu, '');

/** Whether there is any letter in it, of whatever script: digits, signs and emoji alone name nobody and nothing. */
export const hasLetters = (text: string): boolean => /\p{L}/u.test(text.normalize('NFKC'));

/** Characters as a person counts them, not UTF-16 units. */
export const lengthOf = (text: string): number => [...text].length;
