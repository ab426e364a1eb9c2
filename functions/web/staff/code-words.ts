import type { CodeWords } from '../../../shared/i18n/finance-words.ts';
import { formatDateTime } from '../../../shared/i18n/format.ts';
import type { CodeRefusal } from '../../../shared/register/authenticator.ts';
import type { Reading } from './staff-context.ts';

export type SaidOfCode = { readonly said: string; readonly status: 403 | 422 | 429 };

/** Why a one-time code does not count, in words, and as a status. */
export function refusalOfCode<Words extends CodeWords>(c: Reading<Words>, refusal: CodeRefusal): SaidOfCode {
  const { fault } = c.var.words.oneTimeCode;
  switch (refusal.code) {
    case 'used-code':
      return { said: fault.used, status: 422 };
    case 'wrong-code':
      return { said: fault.wrong({ left: refusal.triesLeft }), status: 422 };
    case 'locked':
      return { said: fault.locked({ until: formatDateTime(refusal.until, c.var.lang) }), status: 429 };
    // What concerns setting up is no answer to a code.
    case 'no-authenticator':
    case 'nothing-offered':
    case 'offer-expired':
    case 'same-person':
    case 'not-allowed':
      return { said: fault.none, status: 403 };
    default:
      return refusal satisfies never;
  }
}
