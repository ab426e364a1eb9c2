import type { Answer } from '../programmes/form-field.ts';

/**
 * A number as it was meant, however it was typed: full-width and plain, upper and lower case, with blanks and dashes or
 * without, all give the same text. Empty for an unanswered field and for a list.
 */
export const normalisedKeyPart = (answer: Answer | undefined): string =>
  answer === undefined || typeof answer === 'object'
    ? ''
    : String(answer)
        .normalize('NFKC')
        .toUpperCase()
        .replace(/[\s\p{Pd}\p{Cc}\p{Cf}_]/gu, '');
