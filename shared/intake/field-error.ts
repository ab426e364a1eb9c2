import type { Words } from '../kernel/fen-schema.ts';

/** What can be wrong with a field. The words for each are on the page's side. */
export type FieldErrorCode =
  | 'required'
  | 'not-money'
  | 'too-many-decimals'
  | 'too-much'
  | 'too-little'
  | 'not-a-date'
  | 'in-the-future'
  | 'not-a-count'
  | 'too-long'
  | 'not-an-option'
  | 'wrong-form'
  | 'too-many-rows'
  | 'not-an-id-number'
  | 'not-a-phone-number'
  | 'not-an-account-number'
  | 'not-the-applicant'
  | 'no-letters'
  | 'is-the-applicant'
  | 'consent-needed'
  | 'contradiction';

/**
 * One fault of a form. `field` is the name of the control (`damage.0.item` for a cell of a list). `params`: `maxFen`, `minFen`
 * in fen, `max`, `min` as plain numbers (characters, rows, people).
 */
export type FieldError = {
  readonly field: string;
  readonly code: FieldErrorCode;
  readonly params?: Readonly<Record<string, string | number>>;
  /** A contradiction is told in the programme's own words. */
  readonly reason?: Words;
};

/** What was typed, by the name of the control, exactly as it was typed. */
export type TypedForm = Readonly<Record<string, string | readonly string[]>>;
