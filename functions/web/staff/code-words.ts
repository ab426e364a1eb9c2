import { formatDateTime } from '../../../shared/i18n/format.ts';
import type { CodeRefusal } from '../../../shared/register/authenticator.ts';
import type { Reading } from './staff-context.ts';

type Said = { readonly said: string; readonly status: 403 | 422 | 429 };

/** Why a code does not count, in words, and as a status. `isEnrolling`: where one is set up, and nothing else was to be done. */
export function refusalOfCode(c: Reading, refusal: CodeRefusal, isEnrolling = false): Said {
  const { fault } = c.var.words.authenticator;
  switch (refusal.code) {
    case 'no-authenticator':
      return { said: fault.none, status: 403 };
    case 'nothing-offered':
      return { said: fault.nothingOffered, status: 422 };
    case 'offer-expired':
      return { said: fault.expired, status: 422 };
    case 'used-code':
      return { said: fault.used, status: 422 };
    case 'wrong-code': {
      const say = isEnrolling ? fault.wrongEnrolment : fault.wrong;
      return { said: say({ left: refusal.triesLeft }), status: 422 };
    }
    case 'locked':
      return { said: fault.locked({ until: formatDateTime(refusal.until, c.var.lang) }), status: 429 };
    case 'same-person':
      return { said: c.var.words.authenticator.office.self, status: 403 };
    case 'not-allowed':
      return { said: c.var.words.approver.refusal['not-allowed'], status: 403 };
    default:
      return refusal satisfies never;
  }
}
