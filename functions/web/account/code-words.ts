import { authenticatorWordsOf } from '../../../shared/i18n/authenticator-words.ts';
import type { CodeRefusal } from '../../../shared/register/authenticator.ts';
import { refusalOfCode, type SaidOfCode } from '../staff/code-words.ts';
import type { Reading } from '../staff/staff-context.ts';

/** Why a code to set up with, or a first code, does not count, or why nothing is handed over. */
export function refusalOfSetUp(c: Reading, refusal: CodeRefusal): SaidOfCode {
  const { fault, office } = authenticatorWordsOf(c.var.lang);
  switch (refusal.code) {
    case 'no-authenticator':
    case 'nothing-offered':
      return { said: fault.nothingOffered, status: 422 };
    case 'offer-expired':
      return { said: fault.expired, status: 422 };
    case 'wrong-code':
      return { said: fault.wrongEnrolment({ left: refusal.triesLeft }), status: 422 };
    case 'same-person':
      return { said: office.self, status: 403 };
    case 'not-allowed':
      return { said: c.var.words.approver.refusal['not-allowed'], status: 403 };
    case 'used-code':
    case 'locked':
      return refusalOfCode(c, refusal);
    default:
      return refusal satisfies never;
  }
}
